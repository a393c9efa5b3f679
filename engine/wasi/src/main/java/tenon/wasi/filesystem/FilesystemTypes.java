package tenon.wasi.filesystem;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandles;
import java.util.Optional;
import tenon.runtime.HostInterface;
import tenon.runtime.value.Result;
import tenon.runtime.value.Unit;
import tenon.wasi.io.InputStream;
import tenon.wasi.io.IoError;
import tenon.wasi.io.OutputStream;
import tenon.wasi.io.Streams;

/** {@code wasi:filesystem/types@0.2}: the functions of descriptors. Immutable. */
public final class FilesystemTypes {
    /** The interface, for a Linker. */
    public static final HostInterface INTERFACE = describe();

    /** The functions; what they do is the descriptors' own. */
    public FilesystemTypes() {}

    private static HostInterface describe() {
        var builder = HostInterface.of("wasi:filesystem/types@0.2.12", FilesystemTypes.class, MethodHandles.lookup())
                .resourceOf("error", IoError.INTERFACE)
                .resourceOf("input-stream", Streams.INTERFACE)
                .resourceOf("output-stream", Streams.INTERFACE)
                .resource("descriptor", Descriptor.class)
                .resource("directory-entry-stream", DirectoryEntryStream.class);
        descriptors(builder);
        paths(builder);
        return builder.build();
    }

    private static void descriptors(HostInterface.Builder builder) {
        builder.function(
                        "[method]descriptor.read-via-stream",
                        "readViaStream",
                        methodType(Result.class, Descriptor.class, long.class))
                .function(
                        "[method]descriptor.write-via-stream",
                        "writeViaStream",
                        methodType(Result.class, Descriptor.class, long.class))
                .function(
                        "[method]descriptor.append-via-stream",
                        "appendViaStream",
                        methodType(Result.class, Descriptor.class))
                .function(
                        "[method]descriptor.advise",
                        "advise",
                        methodType(Result.class, Descriptor.class, long.class, long.class, Advice.class))
                .function("[method]descriptor.sync-data", "syncData", methodType(Result.class, Descriptor.class))
                .function("[method]descriptor.get-flags", "getFlags", methodType(Result.class, Descriptor.class))
                .function("[method]descriptor.get-type", "getType", methodType(Result.class, Descriptor.class))
                .function(
                        "[method]descriptor.set-size",
                        "setSize",
                        methodType(Result.class, Descriptor.class, long.class))
                .function(
                        "[method]descriptor.set-times",
                        "setTimes",
                        methodType(Result.class, Descriptor.class, NewTimestamp.class, NewTimestamp.class))
                .function(
                        "[method]descriptor.read",
                        "read",
                        methodType(Result.class, Descriptor.class, long.class, long.class))
                .function(
                        "[method]descriptor.write",
                        "write",
                        methodType(Result.class, Descriptor.class, byte[].class, long.class))
                .function(
                        "[method]descriptor.read-directory",
                        "readDirectory",
                        methodType(Result.class, Descriptor.class))
                .function("[method]descriptor.sync", "sync", methodType(Result.class, Descriptor.class))
                .function("[method]descriptor.stat", "stat", methodType(Result.class, Descriptor.class))
                .function(
                        "[method]descriptor.is-same-object",
                        "isSameObject",
                        methodType(boolean.class, Descriptor.class, Descriptor.class))
                .function(
                        "[method]descriptor.metadata-hash", "metadataHash", methodType(Result.class, Descriptor.class))
                .function(
                        "[method]directory-entry-stream.read-directory-entry",
                        "readDirectoryEntry",
                        methodType(Result.class, DirectoryEntryStream.class))
                .function("filesystem-error-code", "filesystemErrorCode", methodType(Optional.class, IoError.class));
    }

    private static void paths(HostInterface.Builder builder) {
        builder.function(
                        "[method]descriptor.create-directory-at",
                        "createDirectoryAt",
                        methodType(Result.class, Descriptor.class, String.class))
                .function(
                        "[method]descriptor.stat-at",
                        "statAt",
                        methodType(Result.class, Descriptor.class, PathFlags.class, String.class))
                .function(
                        "[method]descriptor.set-times-at",
                        "setTimesAt",
                        methodType(
                                Result.class,
                                Descriptor.class,
                                PathFlags.class,
                                String.class,
                                NewTimestamp.class,
                                NewTimestamp.class))
                .function(
                        "[method]descriptor.link-at",
                        "linkAt",
                        methodType(
                                Result.class,
                                Descriptor.class,
                                PathFlags.class,
                                String.class,
                                Descriptor.class,
                                String.class))
                .function(
                        "[method]descriptor.open-at",
                        "openAt",
                        methodType(
                                Result.class,
                                Descriptor.class,
                                PathFlags.class,
                                String.class,
                                OpenFlags.class,
                                DescriptorFlags.class))
                .function(
                        "[method]descriptor.readlink-at",
                        "readlinkAt",
                        methodType(Result.class, Descriptor.class, String.class))
                .function(
                        "[method]descriptor.remove-directory-at",
                        "removeDirectoryAt",
                        methodType(Result.class, Descriptor.class, String.class))
                .function(
                        "[method]descriptor.rename-at",
                        "renameAt",
                        methodType(Result.class, Descriptor.class, String.class, Descriptor.class, String.class))
                .function(
                        "[method]descriptor.symlink-at",
                        "symlinkAt",
                        methodType(Result.class, Descriptor.class, String.class, String.class))
                .function(
                        "[method]descriptor.unlink-file-at",
                        "unlinkFileAt",
                        methodType(Result.class, Descriptor.class, String.class))
                .function(
                        "[method]descriptor.metadata-hash-at",
                        "metadataHashAt",
                        methodType(Result.class, Descriptor.class, PathFlags.class, String.class));
    }

    /** Something that gives a value or an error code. */
    @FunctionalInterface
    private interface Attempt<T> {
        T run() throws RefusedException;
    }

    /** Something that gives nothing or an error code. */
    @FunctionalInterface
    private interface Action {
        void run() throws RefusedException;
    }

    private static <T> Result<T, ErrorCode> tried(Attempt<T> attempt) {
        try {
            return Result.ok(attempt.run());
        } catch (RefusedException e) {
            return Result.err(e.code());
        }
    }

    private static Result<Unit, ErrorCode> done(Action action) {
        try {
            action.run();
            return Result.ok();
        } catch (RefusedException e) {
            return Result.err(e.code());
        }
    }

    Result<InputStream, ErrorCode> readViaStream(Descriptor descriptor, long offset) {
        return tried(() -> descriptor.readViaStream(offset));
    }

    Result<OutputStream, ErrorCode> writeViaStream(Descriptor descriptor, long offset) {
        return tried(() -> descriptor.writeViaStream(offset));
    }

    Result<OutputStream, ErrorCode> appendViaStream(Descriptor descriptor) {
        return tried(() -> descriptor.appendViaStream());
    }

    Result<Unit, ErrorCode> advise(Descriptor descriptor, long offset, long length, Advice advice) {
        return done(() -> descriptor.advise(offset, length, advice));
    }

    Result<Unit, ErrorCode> syncData(Descriptor descriptor) {
        return done(() -> descriptor.sync(false));
    }

    Result<DescriptorFlags, ErrorCode> getFlags(Descriptor descriptor) {
        return tried(() -> descriptor.flags());
    }

    Result<DescriptorType, ErrorCode> getType(Descriptor descriptor) {
        return tried(() -> descriptor.type());
    }

    Result<Unit, ErrorCode> setSize(Descriptor descriptor, long size) {
        return done(() -> descriptor.setSize(size));
    }

    Result<Unit, ErrorCode> setTimes(Descriptor descriptor, NewTimestamp access, NewTimestamp modification) {
        return done(() -> descriptor.setTimes(access, modification));
    }

    Result<Descriptor.Piece, ErrorCode> read(Descriptor descriptor, long length, long offset) {
        return tried(() -> descriptor.read(length, offset));
    }

    Result<Long, ErrorCode> write(Descriptor descriptor, byte[] buffer, long offset) {
        return tried(() -> descriptor.write(buffer, offset));
    }

    Result<DirectoryEntryStream, ErrorCode> readDirectory(Descriptor descriptor) {
        return tried(() -> new DirectoryEntryStream(descriptor.directory()));
    }

    Result<Unit, ErrorCode> sync(Descriptor descriptor) {
        return done(() -> descriptor.sync(true));
    }

    Result<Unit, ErrorCode> createDirectoryAt(Descriptor descriptor, String path) {
        return done(() -> Paths.createDirectoryAt(descriptor, path));
    }

    Result<DescriptorStat, ErrorCode> stat(Descriptor descriptor) {
        return tried(() -> descriptor.stat());
    }

    Result<DescriptorStat, ErrorCode> statAt(Descriptor descriptor, PathFlags flags, String path) {
        return tried(() -> Paths.statAt(descriptor, flags, path));
    }

    Result<Unit, ErrorCode> setTimesAt(
            Descriptor descriptor, PathFlags flags, String path, NewTimestamp access, NewTimestamp modification) {
        return done(() -> Paths.setTimesAt(descriptor, flags, path, access, modification));
    }

    Result<Unit, ErrorCode> linkAt(
            Descriptor descriptor, PathFlags flags, String path, Descriptor newDescriptor, String newPath) {
        return done(() -> Paths.linkAt(descriptor, flags, path, newDescriptor, newPath));
    }

    Result<Descriptor, ErrorCode> openAt(
            Descriptor descriptor, PathFlags pathFlags, String path, OpenFlags openFlags, DescriptorFlags flags) {
        return tried(() -> Paths.openAt(descriptor, pathFlags, path, openFlags, flags));
    }

    Result<String, ErrorCode> readlinkAt(Descriptor descriptor, String path) {
        return tried(() -> Paths.readlinkAt(descriptor, path));
    }

    Result<Unit, ErrorCode> removeDirectoryAt(Descriptor descriptor, String path) {
        return done(() -> Paths.removeDirectoryAt(descriptor, path));
    }

    Result<Unit, ErrorCode> renameAt(Descriptor descriptor, String path, Descriptor newDescriptor, String newPath) {
        return done(() -> Paths.renameAt(descriptor, path, newDescriptor, newPath));
    }

    Result<Unit, ErrorCode> symlinkAt(Descriptor descriptor, String target, String path) {
        return done(() -> Paths.symlinkAt(descriptor, target, path));
    }

    Result<Unit, ErrorCode> unlinkFileAt(Descriptor descriptor, String path) {
        return done(() -> Paths.unlinkFileAt(descriptor, path));
    }

    boolean isSameObject(Descriptor descriptor, Descriptor other) {
        return tried(() -> descriptor.isSameObject(other)) instanceof Result.Ok<Boolean, ErrorCode>(Boolean same)
                && same;
    }

    Result<MetadataHashValue, ErrorCode> metadataHash(Descriptor descriptor) {
        return tried(() -> descriptor.metadataHash());
    }

    Result<MetadataHashValue, ErrorCode> metadataHashAt(Descriptor descriptor, PathFlags flags, String path) {
        return tried(() -> Paths.metadataHashAt(descriptor, flags, path));
    }

    Result<Optional<DirectoryEntry>, ErrorCode> readDirectoryEntry(DirectoryEntryStream stream) {
        return stream.readDirectoryEntry();
    }

    Optional<ErrorCode> filesystemErrorCode(IoError error) {
        return error.detail().filter(ErrorCode.class::isInstance).map(ErrorCode.class::cast);
    }
}

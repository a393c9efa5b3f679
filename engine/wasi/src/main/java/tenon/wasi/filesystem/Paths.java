package tenon.wasi.filesystem;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import tenon.wasi.filesystem.PathResolution.Place;

/** What a descriptor does with a path below it: each function resolves the path, then works relative to the directory it led to. */
final class Paths {
    private Paths() {}

    static DescriptorStat statAt(Descriptor base, PathFlags flags, String path) throws RefusedException {
        try (var place = PathResolution.resolve(base.directory(), path, flags.symlinkFollow())) {
            if (place.name().isEmpty()) {
                BasicFileAttributes attributes = Descriptor.attributes(place.directory());
                return Descriptor.stat(
                        attributes, attributes.size(), place.directory().more());
            }
            String name = place.requireName();
            BasicFileAttributes attributes = place.directory().attributes(name);
            Object key = attributes.fileKey();
            var more = key == null
                    ? Optional.<java.util.Map<String, Object>>empty()
                    : place.directory().more(name, key);
            return Descriptor.stat(attributes, attributes.size(), more);
        }
    }

    static MetadataHashValue metadataHashAt(Descriptor base, PathFlags flags, String path) throws RefusedException {
        try (var place = PathResolution.resolve(base.directory(), path, flags.symlinkFollow())) {
            return Descriptor.metadataHash(
                    place.name().isEmpty()
                            ? Descriptor.attributes(place.directory())
                            : place.directory().attributes(place.requireName()));
        }
    }

    static void setTimesAt(
            Descriptor base, PathFlags flags, String path, NewTimestamp access, NewTimestamp modification)
            throws RefusedException {
        try (var place = PathResolution.resolve(base.mutableDirectory(), path, flags.symlinkFollow())) {
            if (place.name().isEmpty()) {
                Descriptor.setTimes(place.directory().view(), access, modification);
            } else {
                // the JDK opens it for that, and would wait for the other end of a pipe
                if (place.directory().attributes(place.requireName()).isOther()) {
                    throw new RefusedException(ErrorCode.NOT_PERMITTED);
                }
                Descriptor.setTimes(place.directory().view(place.requireName()), access, modification);
            }
        }
    }

    static void createDirectoryAt(Descriptor base, String path) throws RefusedException {
        try (var place = PathResolution.resolve(base.mutableDirectory(), path, false)) {
            String name = place.name().orElseThrow(() -> new RefusedException(ErrorCode.EXIST));
            Staging.make(
                    base.root(), place.directory(), name, Files::createDirectory, BasicFileAttributes::isDirectory);
        }
    }

    static void symlinkAt(Descriptor base, String target, String path) throws RefusedException {
        if (target.startsWith("/")) {
            throw new RefusedException(ErrorCode.NOT_PERMITTED);
        }
        if (target.isEmpty()) {
            throw new RefusedException(ErrorCode.NO_ENTRY);
        }
        Path to;
        try {
            to = Path.of(target);
        } catch (InvalidPathException e) {
            throw RefusedException.badPath(e);
        }
        try (var place = PathResolution.resolve(base.mutableDirectory(), path, false)) {
            requireNoSlash(place);
            Staging.make(
                    base.root(),
                    place.directory(),
                    place.name().orElseThrow(() -> new RefusedException(ErrorCode.EXIST)),
                    at -> Files.createSymbolicLink(at, to),
                    BasicFileAttributes::isSymbolicLink);
        }
    }

    static void linkAt(Descriptor base, PathFlags flags, String path, Descriptor newBase, String newPath)
            throws RefusedException {
        if (flags.symlinkFollow()) {
            throw new RefusedException(ErrorCode.INVALID);
        }
        try (var from = PathResolution.resolve(base.mutableDirectory(), path, false);
                var to = PathResolution.resolve(newBase.mutableDirectory(), newPath, false)) {
            requireNoSlash(to);
            String name = from.name().orElseThrow(() -> new RefusedException(ErrorCode.NOT_PERMITTED));
            BasicFileAttributes meant = from.directory().attributes(name);
            if (!meant.isRegularFile()) {
                throw new RefusedException(ErrorCode.NOT_PERMITTED);
            }
            from.directory().requireInPlace();
            Path existing = from.directory().path().resolve(Directory.single(name));
            Object key = meant.fileKey();
            Staging.make(
                    newBase.root(),
                    to.directory(),
                    to.name().orElseThrow(() -> new RefusedException(ErrorCode.EXIST)),
                    at -> Files.createLink(at, existing),
                    made -> key != null && key.equals(made.fileKey()));
        }
    }

    static String readlinkAt(Descriptor base, String path) throws RefusedException {
        try (var place = PathResolution.resolve(base.directory(), path, false)) {
            String name = place.requireName();
            if (!place.directory().attributes(name).isSymbolicLink()) {
                throw new RefusedException(ErrorCode.INVALID);
            }
            String target = place.directory().readLink(name);
            if (target.startsWith("/")) {
                throw new RefusedException(ErrorCode.NOT_PERMITTED);
            }
            return target;
        }
    }

    static void removeDirectoryAt(Descriptor base, String path) throws RefusedException {
        try (var place = PathResolution.resolve(base.mutableDirectory(), path, false)) {
            String name = place.requireName();
            if (!place.directory().attributes(name).isDirectory()) {
                throw new RefusedException(ErrorCode.NOT_DIRECTORY);
            }
            place.directory().stream().deleteDirectory(Directory.single(name));
        } catch (IOException e) {
            throw new RefusedException(e);
        }
    }

    static void unlinkFileAt(Descriptor base, String path) throws RefusedException {
        try (var place = PathResolution.resolve(base.mutableDirectory(), path, false)) {
            String name = place.name().orElseThrow(() -> new RefusedException(ErrorCode.IS_DIRECTORY));
            if (place.directory().attributes(name).isDirectory()) {
                throw new RefusedException(ErrorCode.IS_DIRECTORY);
            }
            place.directory().stream().deleteFile(Directory.single(name));
        } catch (IOException e) {
            throw new RefusedException(e);
        }
    }

    static void renameAt(Descriptor base, String path, Descriptor newBase, String newPath) throws RefusedException {
        try (var from = PathResolution.resolve(base.mutableDirectory(), path, false);
                var to = PathResolution.resolve(newBase.mutableDirectory(), newPath, false)) {
            String name = from.name().orElseThrow(() -> new RefusedException(ErrorCode.BUSY));
            String newName = to.name().orElseThrow(() -> new RefusedException(ErrorCode.BUSY));
            BasicFileAttributes moved = from.directory().attributes(name);
            if (to.mustBeDirectory() && !moved.isDirectory()) {
                throw new RefusedException(ErrorCode.NOT_DIRECTORY);
            }
            from.directory().stream().move(Directory.single(name), to.directory().stream(), Directory.single(newName));
            for (OpenFile file : base.root().openFiles()) {
                if (file.key().equals(moved.fileKey())) {
                    file.moved(to.directory(), newName);
                }
            }
        } catch (IOException e) {
            throw new RefusedException(e);
        }
    }

    static Descriptor openAt(Descriptor base, PathFlags pathFlags, String path, OpenFlags open, DescriptorFlags flags)
            throws RefusedException {
        Directory from = base.directory();
        boolean changes = flags.has(DescriptorFlags.WRITE)
                || flags.has(DescriptorFlags.MUTATE_DIRECTORY)
                || open.create()
                || open.truncate();
        if (changes && !base.flags().has(DescriptorFlags.MUTATE_DIRECTORY)) {
            throw new RefusedException(ErrorCode.READ_ONLY);
        }
        boolean follow = pathFlags.symlinkFollow() && !(open.create() && open.exclusive());
        try (var place = PathResolution.resolve(from, path, follow)) {
            Descriptor.Node node = open(base.root(), place, open, flags);
            return new Descriptor(base.readiness(), node, base.root(), flags);
        }
    }

    private static Descriptor.Node open(Directory root, Place place, OpenFlags open, DescriptorFlags flags)
            throws RefusedException {
        if (place.name().isEmpty()) {
            requireDirectoryFlags(open, flags);
            return new Descriptor.Node.Open(place.directory().retain());
        }
        String name = place.requireName();
        Optional<BasicFileAttributes> found = place.directory().find(name);
        if (found.isPresent() && found.get().isDirectory()) {
            requireDirectoryFlags(open, flags);
            return new Descriptor.Node.Open(place.directory().open(name));
        }
        if (found.isEmpty() && !open.create()) {
            throw new RefusedException(ErrorCode.NO_ENTRY);
        }
        if (open.directory()) {
            throw new RefusedException(found.isPresent() ? ErrorCode.NOT_DIRECTORY : ErrorCode.INVALID);
        }
        if (found.isEmpty() && place.mustBeDirectory()) {
            throw new RefusedException(ErrorCode.IS_DIRECTORY);
        }
        if (found.isPresent() && found.get().isSymbolicLink()) {
            throw new RefusedException(open.create() && open.exclusive() ? ErrorCode.EXIST : ErrorCode.LOOP);
        }
        if (found.isPresent() && !found.get().isRegularFile()) {
            // opening a pipe or a device can block, and can do things
            throw new RefusedException(ErrorCode.NOT_PERMITTED);
        }
        return new Descriptor.Node.OfFile(openFile(root, place.directory(), name, open, flags));
    }

    private static void requireDirectoryFlags(OpenFlags open, DescriptorFlags flags) throws RefusedException {
        if (open.create() && open.exclusive()) {
            throw new RefusedException(ErrorCode.EXIST);
        }
        if (flags.has(DescriptorFlags.WRITE) || open.truncate() || (open.create() && !open.directory())) {
            throw new RefusedException(ErrorCode.IS_DIRECTORY);
        }
    }

    private static OpenFile openFile(
            Directory root, Directory directory, String name, OpenFlags open, DescriptorFlags flags)
            throws RefusedException {
        SeekableByteChannel channel = channel(directory, name, options(open, flags));
        try {
            // the name may lead elsewhere by now: then what is known of the file is not of this file
            BasicFileAttributes attributes = directory.attributes(name);
            Object key = attributes.fileKey();
            if (channel instanceof FileChannel file && attributes.isRegularFile() && key != null) {
                return new OpenFile(file, root, directory, name, attributes, key);
            }
            throw new RefusedException(ErrorCode.BUSY);
        } catch (RefusedException e) {
            close(directory, channel);
            throw e;
        }
    }

    private static void close(Directory directory, SeekableByteChannel channel) throws RefusedException {
        try {
            directory.opened().close(channel);
        } catch (IOException e) {
            throw new RefusedException(e);
        }
    }

    private static SeekableByteChannel channel(Directory directory, String name, Set<OpenOption> options)
            throws RefusedException {
        Path single = Directory.single(name);
        return directory.opened().open(() -> directory.stream().newByteChannel(single, options));
    }

    private static Set<OpenOption> options(OpenFlags open, DescriptorFlags flags) throws RefusedException {
        var options = new HashSet<OpenOption>();
        options.add(LinkOption.NOFOLLOW_LINKS);
        boolean write = flags.has(DescriptorFlags.WRITE);
        // a file that is created must be opened for writing, in the JDK's view of things
        if (write || open.create()) {
            options.add(StandardOpenOption.WRITE);
        }
        if (flags.has(DescriptorFlags.READ) || !write) {
            options.add(StandardOpenOption.READ);
        }
        if (open.create()) {
            options.add(open.exclusive() ? StandardOpenOption.CREATE_NEW : StandardOpenOption.CREATE);
        }
        if (open.truncate()) {
            if (!write) {
                throw new RefusedException(ErrorCode.INVALID);
            }
            options.add(StandardOpenOption.TRUNCATE_EXISTING);
        }
        if (flags.has(DescriptorFlags.FILE_INTEGRITY_SYNC)) {
            options.add(StandardOpenOption.SYNC);
        } else if (flags.has(DescriptorFlags.DATA_INTEGRITY_SYNC)) {
            options.add(StandardOpenOption.DSYNC);
        }
        return options;
    }

    private static void requireNoSlash(Place place) throws RefusedException {
        if (place.mustBeDirectory() && place.name().isPresent()) {
            throw new RefusedException(ErrorCode.NO_ENTRY);
        }
    }
}

package tenon.wasi.filesystem;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tenon.wasi.clocks.WallClock.Datetime;
import tenon.wasi.io.InputStream;
import tenon.wasi.io.OutputStream;
import tenon.wasi.io.Readiness;

/**
 * {@code wasi:filesystem/types.descriptor}: an open file or directory, with what may be done with it. Confined to the Store.
 *
 * <p>Here is what a descriptor does by itself; {@link Paths} has what it does with a path.
 */
public final class Descriptor implements AutoCloseable {
    private static final int MOST_BYTES = 64 * 1024;
    private static final byte[] SECRET = secret();

    private final Readiness readiness;
    private final Node node;
    private final Directory root;
    private final DescriptorFlags flags;

    Descriptor(Readiness readiness, Node node, Directory root, DescriptorFlags flags) {
        this.readiness = readiness;
        this.node = node;
        this.root = root.retain();
        this.flags = flags;
    }

    /** What is open. */
    sealed interface Node {
        /** A directory; the descriptor's to release. */
        record Open(Directory directory) implements Node {}

        /** A file; the descriptor's to release. */
        record OfFile(OpenFile file) implements Node {}
    }

    DescriptorFlags flags() {
        return flags;
    }

    /** The granted directory that this descriptor was reached from. */
    Directory root() {
        return root;
    }

    Readiness readiness() {
        return readiness;
    }

    Directory directory() throws RefusedException {
        return switch (node) {
            case Node.Open(Directory directory) -> directory;
            case Node.OfFile _ -> throw new RefusedException(ErrorCode.NOT_DIRECTORY);
        };
    }

    /** The same, if it may be changed. */
    Directory mutableDirectory() throws RefusedException {
        Directory directory = directory();
        if (!flags.has(DescriptorFlags.MUTATE_DIRECTORY)) {
            throw new RefusedException(ErrorCode.READ_ONLY);
        }
        return directory;
    }

    private OpenFile file(int flag) throws RefusedException {
        OpenFile file = switch (node) {
            case Node.Open _ -> throw new RefusedException(ErrorCode.IS_DIRECTORY);
            case Node.OfFile(OpenFile open) -> open;
        };
        if (!flags.has(flag)) {
            throw new RefusedException(ErrorCode.BAD_DESCRIPTOR);
        }
        return file;
    }

    InputStream readViaStream(long offset) throws RefusedException {
        return new InputStream(readiness, new FileSource(file(DescriptorFlags.READ), position(offset)));
    }

    OutputStream writeViaStream(long offset) throws RefusedException {
        return new OutputStream(readiness, new FileSink(file(DescriptorFlags.WRITE), position(offset)));
    }

    OutputStream appendViaStream() throws RefusedException {
        return new OutputStream(readiness, FileSink.appending(file(DescriptorFlags.WRITE)));
    }

    /** What was read, and whether that was the end. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Piece(byte[] bytes, boolean end) {}

    Piece read(long length, long offset) throws RefusedException {
        OpenFile file = file(DescriptorFlags.READ);
        int most = length < 0 || length > MOST_BYTES ? MOST_BYTES : (int) length;
        var buffer = ByteBuffer.allocate(most);
        try {
            int count = Math.max(0, file.channel().read(buffer, position(offset)));
            boolean end = offset + count >= file.channel().size();
            return new Piece(Arrays.copyOf(buffer.array(), count), end);
        } catch (IOException e) {
            throw new RefusedException(e);
        }
    }

    long write(byte[] bytes, long offset) throws RefusedException {
        OpenFile file = file(DescriptorFlags.WRITE);
        var buffer = ByteBuffer.wrap(bytes);
        long at = position(offset);
        try {
            while (buffer.hasRemaining()) {
                at += file.channel().write(buffer, at);
            }
        } catch (IOException e) {
            throw new RefusedException(e);
        }
        return bytes.length;
    }

    /** Advice is heard, and the JDK has nobody to tell it to. */
    void advise(long offset, long length, Advice advice) throws RefusedException {
        if (node instanceof Node.Open) {
            throw new RefusedException(ErrorCode.BAD_DESCRIPTOR);
        }
        Objects.requireNonNull(advice);
        position(offset);
        position(length);
    }

    void setSize(long size) throws RefusedException {
        OpenFile file = file(DescriptorFlags.WRITE);
        long wanted = position(size);
        try {
            long now = file.channel().size();
            if (wanted < now) {
                file.channel().truncate(wanted);
            } else if (wanted > now) {
                file.channel().write(ByteBuffer.wrap(new byte[1]), wanted - 1);
            }
        } catch (IOException e) {
            throw new RefusedException(e);
        }
    }

    void sync(boolean metadata) throws RefusedException {
        if (node instanceof Node.OfFile(OpenFile file) && flags.has(DescriptorFlags.WRITE)) {
            try {
                file.channel().force(metadata);
            } catch (IOException e) {
                throw new RefusedException(e);
            }
        }
    }

    DescriptorType type() throws RefusedException {
        return switch (node) {
            case Node.Open _ -> DescriptorType.DIRECTORY;
            case Node.OfFile(OpenFile file) -> DescriptorType.of(file.attributes());
        };
    }

    private BasicFileAttributes attributes() throws RefusedException {
        return switch (node) {
            case Node.Open(Directory directory) -> attributes(directory);
            case Node.OfFile(OpenFile file) -> file.attributes();
        };
    }

    static BasicFileAttributes attributes(Directory directory) throws RefusedException {
        try {
            return directory.attributes();
        } catch (IOException e) {
            throw new RefusedException(e);
        }
    }

    DescriptorStat stat() throws RefusedException {
        return switch (node) {
            case Node.Open(Directory directory) -> {
                BasicFileAttributes attributes = attributes(directory);
                yield stat(attributes, attributes.size(), directory.more());
            }
            case Node.OfFile(OpenFile file) ->
                stat(file.attributes(), file.size(), file.directory().more(file.name(), file.key()));
        };
    }

    static DescriptorStat stat(BasicFileAttributes attributes, long size, Optional<Map<String, Object>> more) {
        long links = more.map(map -> map.get("nlink"))
                .map(Number.class::cast)
                .map(Number::longValue)
                .orElse(1L);
        Optional<Datetime> changed =
                more.map(map -> map.get("ctime")).map(FileTime.class::cast).flatMap(DescriptorStat::timestamp);
        return new DescriptorStat(
                DescriptorType.of(attributes),
                links,
                size,
                DescriptorStat.timestamp(attributes.lastAccessTime()),
                DescriptorStat.timestamp(attributes.lastModifiedTime()),
                changed);
    }

    void setTimes(NewTimestamp access, NewTimestamp modification) throws RefusedException {
        switch (node) {
            case Node.Open(Directory directory) -> {
                mutableDirectory();
                setTimes(directory.view(), access, modification);
            }
            case Node.OfFile(OpenFile file) -> {
                file(DescriptorFlags.WRITE);
                if (!file.key().equals(file.directory().attributes(file.name()).fileKey())) {
                    throw new RefusedException(ErrorCode.UNSUPPORTED);
                }
                setTimes(file.directory().view(file.name()), access, modification);
            }
        }
    }

    static void setTimes(BasicFileAttributeView view, NewTimestamp access, NewTimestamp modification)
            throws RefusedException {
        try {
            view.setTimes(time(modification), time(access), null);
        } catch (IOException e) {
            throw new RefusedException(e);
        }
    }

    private static @Nullable FileTime time(NewTimestamp to) throws RefusedException {
        return switch (to) {
            case NewTimestamp.NoChange() -> null;
            case NewTimestamp.Now() -> FileTime.from(Instant.now());
            case NewTimestamp.Timestamp(Datetime datetime) -> {
                if (datetime.seconds() < 0 || datetime.seconds() > Instant.MAX.getEpochSecond()) {
                    throw new RefusedException(ErrorCode.OVERFLOW);
                }
                yield FileTime.from(Instant.ofEpochSecond(datetime.seconds(), datetime.nanoseconds()));
            }
        };
    }

    boolean isSameObject(Descriptor other) throws RefusedException {
        return Objects.equals(identity(), other.identity());
    }

    /** What tells the object from all others of the host; never shown to a guest. */
    @Nullable Object identity() throws RefusedException {
        return attributes().fileKey();
    }

    MetadataHashValue metadataHash() throws RefusedException {
        return metadataHash(attributes());
    }

    /** A hash of what identifies an object and of what changes with it; the secret keeps inode numbers from the guest. */
    static MetadataHashValue metadataHash(BasicFileAttributes attributes) {
        String text = attributes.fileKey() + " " + attributes.lastModifiedTime() + " " + attributes.size();
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(SECRET);
            var hash = ByteBuffer.wrap(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
            return new MetadataHashValue(hash.getLong(), hash.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every platform has SHA-256", e);
        }
    }

    private static byte[] secret() {
        byte[] bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    private static long position(long offset) throws RefusedException {
        if (offset < 0) {
            throw new RefusedException(ErrorCode.INVALID);
        }
        return offset;
    }

    /** The destructor. */
    @Override
    public void close() {
        switch (node) {
            case Node.Open(Directory directory) -> directory.release();
            case Node.OfFile(OpenFile file) -> file.release();
        }
        root.release();
    }
}

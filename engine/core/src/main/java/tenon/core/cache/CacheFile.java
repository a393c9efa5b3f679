package tenon.core.cache;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UTFDataFormatException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.zip.CRC32C;

/**
 * A file of the cache, open for reading: a head with a table of classes, then their bytes. The head has a checksum that is compared when
 * the file is opened, each class one that is compared when it is read. Thread-safe; the file is closed when nobody refers to it.
 *
 * <p>All numbers are big-endian. {@code magic u64, length of the head u32, checksum of the head u32}; then the head: {@code key 32 bytes,
 * valid u8, traits utf, label utf, bytes of the module u32, classes u32}, and of each class {@code name utf, length u32, checksum u32,
 * methods u32, huge methods u32}; then the classes' bytes in the same order. {@code utf} is Java's modified UTF-8 with its length before it.
 */
final class CacheFile {
    static final int KEY_BYTES = 32;

    private static final long MAGIC = 0x54_45_4e_4f_4e_43_43_01L;
    private static final int PREFIX_BYTES = 16;
    private static final int MOST_HEAD_BYTES = 64 << 20;

    private final RandomAccessFile file;
    private final Head head;
    private final Map<String, Long> offsets;

    private CacheFile(RandomAccessFile file, Head head, Map<String, Long> offsets) {
        this.file = file;
        this.head = head;
        this.offsets = offsets;
    }

    /** What is wrong with a file. */
    static final class DamagedException extends IOException {
        private static final long serialVersionUID = 1L;

        DamagedException(String fact) {
            super(fact);
        }
    }

    /**
     * What stands before the classes.
     *
     * @param key of the file: SHA-256 of all that its classes depend on
     * @param valid whether the module was found valid
     * @param traits of the engine, as text
     * @param label for people: the module's own name
     * @param moduleBytes length of the module
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Head(
            byte[] key,
            boolean valid,
            String traits,
            String label,
            int moduleBytes,
            SequencedMap<String, Stored> classes) {

        /** The same with other classes. */
        Head with(boolean nowValid, SequencedMap<String, Stored> others) {
            return new Head(key, nowValid, traits, label, moduleBytes, others);
        }

        private byte[] bytes() throws IOException {
            var bytes = new ByteArrayOutputStream();
            var out = new DataOutputStream(bytes);
            out.write(key);
            out.writeBoolean(valid);
            out.writeUTF(traits);
            out.writeUTF(label);
            out.writeInt(moduleBytes);
            out.writeInt(classes.size());
            for (var each : classes.entrySet()) {
                out.writeUTF(each.getKey());
                Stored stored = each.getValue();
                out.writeInt(stored.length());
                out.writeInt(stored.checksum());
                out.writeInt(stored.methods());
                out.writeInt(stored.hugeMethods());
            }
            return bytes.toByteArray();
        }

        private static Head read(DataInputStream in) throws IOException {
            byte[] key = in.readNBytes(KEY_BYTES);
            boolean valid = in.readBoolean();
            String traits = in.readUTF();
            String label = in.readUTF();
            int moduleBytes = in.readInt();
            int count = in.readInt();
            var classes = new LinkedHashMap<String, Stored>();
            for (int i = 0; i < count; i++) {
                classes.put(in.readUTF(), new Stored(in.readInt(), in.readInt(), in.readInt(), in.readInt()));
            }
            return new Head(key, valid, traits, label, moduleBytes, classes);
        }
    }

    /** A class in a file: the length of its bytes and their CRC-32C, its methods, and those that the JIT refuses. */
    record Stored(int length, int checksum, int methods, int hugeMethods) {
        static Stored of(CachedClass compiled) {
            return new Stored(
                    compiled.bytes().length,
                    crc(compiled.bytes(), 0, compiled.bytes().length),
                    compiled.methods(),
                    compiled.hugeMethods());
        }
    }

    /**
     * Opens a file.
     *
     * @throws DamagedException if it is not one that {@link #write} wrote, whole
     * @throws java.nio.file.NoSuchFileException if there is none
     */
    static CacheFile open(Path path) throws IOException {
        if (!Files.exists(path)) {
            throw new java.nio.file.NoSuchFileException(path.toString());
        }
        var file = new RandomAccessFile(path.toFile(), "r");
        try {
            Head head = head(file);
            var offsets = new LinkedHashMap<String, Long>();
            long offset = file.getFilePointer();
            for (var each : head.classes().entrySet()) {
                offsets.put(each.getKey(), offset);
                offset += each.getValue().length();
            }
            if (offset != file.length()) {
                throw new DamagedException("it has " + file.length() + " bytes, expected " + offset);
            }
            return new CacheFile(file, head, offsets);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static Head head(RandomAccessFile file) throws IOException {
        byte[] prefix = new byte[PREFIX_BYTES];
        if (file.length() < PREFIX_BYTES) {
            throw new DamagedException("it is cut off in its head");
        }
        file.readFully(prefix);
        ByteBuffer numbers = ByteBuffer.wrap(prefix);
        if (numbers.getLong() != MAGIC) {
            throw new DamagedException("it does not begin like a file of the cache");
        }
        int length = numbers.getInt();
        int checksum = numbers.getInt();
        if (length < 0 || length > MOST_HEAD_BYTES || length > file.length() - PREFIX_BYTES) {
            throw new DamagedException("its head has an impossible length");
        }
        byte[] bytes = new byte[length];
        file.readFully(bytes);
        if (crc(bytes, 0, length) != checksum) {
            throw new DamagedException("the checksum of its head differs");
        }
        try {
            return Head.read(new DataInputStream(new java.io.ByteArrayInputStream(bytes)));
        } catch (EOFException | UTFDataFormatException e) {
            throw new DamagedException("its head cannot be read: " + e.getMessage());
        }
    }

    Head head() {
        return head;
    }

    /** Whether it is the file of this key, and was not given another one's name. */
    boolean isOf(byte[] key) {
        return Arrays.equals(head.key(), key);
    }

    /**
     * A class; empty if it is not in the file.
     *
     * @throws DamagedException if its bytes are not those that were written
     */
    Optional<CachedClass> read(String name) throws IOException {
        Stored stored = head.classes().get(name);
        Long offset = offsets.get(name);
        if (stored == null || offset == null) {
            return Optional.empty();
        }
        byte[] bytes = new byte[stored.length()];
        synchronized (file) {
            file.seek(offset);
            try {
                file.readFully(bytes);
            } catch (EOFException _) {
                throw new DamagedException("it is cut off in class `" + name + "`");
            }
        }
        if (crc(bytes, 0, bytes.length) != stored.checksum()) {
            throw new DamagedException("the checksum of class `" + name + "` differs");
        }
        return Optional.of(new CachedClass(bytes, stored.methods(), stored.hugeMethods()));
    }

    /** Closes it before its time; for tests and for looking around. */
    void close() throws IOException {
        file.close();
    }

    /** Gives a class's bytes while a file is written. */
    interface Source {
        CachedClass read(String name) throws IOException;
    }

    /** Writes a file whose classes come from {@code source}. */
    static void write(OutputStream to, Head head, Source source) throws IOException {
        byte[] bytes = head.bytes();
        ByteBuffer prefix = ByteBuffer.allocate(PREFIX_BYTES)
                .putLong(MAGIC)
                .putInt(bytes.length)
                .putInt(crc(bytes, 0, bytes.length));
        to.write(prefix.array());
        to.write(bytes);
        for (String name : head.classes().keySet()) {
            to.write(source.read(name).bytes());
        }
    }

    static int crc(byte[] bytes, int from, int length) {
        var crc = new CRC32C();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }
}

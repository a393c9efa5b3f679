package tenon.component.read;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tenon.types.MalformedException;
import tenon.wasm.Binary;

/**
 * Reads values of the binary format: WebAssembly 3.0, "Values". No count is trusted: nothing is allocated before its bytes have been
 * read. Confined to one thread.
 */
final class BinaryReader {
    /** Longer names, in bytes, are refused: the limit that the JavaScript embedding sets for core modules. */
    private static final int MAX_NAME = 100_000;

    private final byte[] bytes;
    private final int end;
    private int position;

    BinaryReader(Binary binary) {
        this(binary.bytes(), binary.start(), binary.end());
    }

    BinaryReader(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.position = start;
        this.end = end;
    }

    /** One element of a {@code vec}. */
    @FunctionalInterface
    interface Element<T> {
        T read();
    }

    int position() {
        return position;
    }

    int end() {
        return end;
    }

    boolean atEnd() {
        return position == end;
    }

    byte[] bytes() {
        return bytes;
    }

    int peek() {
        require(1);
        return bytes[position] & 0xff;
    }

    int readByte() {
        require(1);
        return bytes[position++] & 0xff;
    }

    /** An unsigned 32-bit number that counts or indexes; what does not fit a Java index cannot be in range anyway. */
    int readIndex() {
        int at = position;
        long value = readUnsigned32();
        if (value > Integer.MAX_VALUE) {
            throw new MalformedException(at, "index " + value + " is too large");
        }
        return (int) value;
    }

    long readUnsigned32() {
        int at = position;
        long result = 0;
        for (int shift = 0; ; shift += 7) {
            int next = readByte();
            if (shift == 28 && next > 0x0f) {
                throw new MalformedException(
                        at, (next & 0x80) != 0 ? "integer representation too long" : "integer too large");
            }
            result |= (long) (next & 0x7f) << shift;
            if ((next & 0x80) == 0) {
                return result;
            }
        }
    }

    long readUnsigned64() {
        int at = position;
        long result = 0;
        for (int shift = 0; ; shift += 7) {
            int next = readByte();
            if (shift == 63 && next > 0x01) {
                throw new MalformedException(
                        at, (next & 0x80) != 0 ? "integer representation too long" : "integer too large");
            }
            result |= (long) (next & 0x7f) << shift;
            if ((next & 0x80) == 0) {
                return result;
            }
        }
    }

    /** A signed 33-bit number: a type index, or the code of a type below zero. */
    long readSigned33() {
        int at = position;
        long result = 0;
        for (int shift = 0; ; shift += 7) {
            int next = readByte();
            result |= (long) (next & 0x7f) << shift;
            if ((next & 0x80) == 0) {
                if (shift == 28 && !isSignExtension(next)) {
                    throw new MalformedException(at, "integer too large");
                }
                return (next & 0x40) != 0 ? result | -1L << shift + 7 : result;
            }
            if (shift >= 28) {
                throw new MalformedException(at, "integer representation too long");
            }
        }
    }

    /** Whether the fifth byte of a 33-bit number has no bits of its own above the sign bit. */
    private static boolean isSignExtension(int last) {
        int high = last & 0x70;
        return high == 0 || high == 0x70;
    }

    /** A {@code core:uN}: at most so many bits. */
    long readUnsigned(int bits) {
        int at = position;
        long value = bits == Long.SIZE ? readUnsigned64() : readUnsigned32();
        int longest = Math.ceilDiv(bits, 7);
        if (position - at > longest) {
            throw new MalformedException(at, "integer representation too long");
        }
        if (bits < Long.SIZE && value >>> bits != 0) {
            throw new MalformedException(at, "integer too large");
        }
        return value;
    }

    /** A {@code core:sN}: at most so many bits. */
    long readSigned(int bits) {
        int at = position;
        int longest = Math.ceilDiv(bits, 7);
        long result = 0;
        for (int i = 0; i < longest; i++) {
            int next = readByte();
            int shift = 7 * i;
            result |= (long) (next & 0x7f) << shift;
            if ((next & 0x80) == 0) {
                // bits that the number has no room for are copies of its sign
                int used = Math.min(7, bits - shift);
                int rest = (next & 0x7f) >> used - 1;
                if (rest != 0 && rest != 0x7f >> used - 1) {
                    throw new MalformedException(at, "integer too large");
                }
                int unused = Long.SIZE - Math.min(Long.SIZE, shift + 7);
                return result << unused >> unused;
            }
        }
        throw new MalformedException(at, "integer representation too long");
    }

    /** A {@code core:name}. */
    String readName() {
        int length = readLength("name");
        int start = position;
        if (length > MAX_NAME) {
            throw new MalformedException(
                    start, "name of " + length + " bytes is too long, expected at most " + MAX_NAME);
        }
        position += length;
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, start, length))
                    .toString();
        } catch (CharacterCodingException _) {
            throw new MalformedException(start, "malformed UTF-8 encoding");
        }
    }

    /** The length of {@code what}, in bytes, that follow. */
    int readLength(String what) {
        int at = position;
        long length = readUnsigned32();
        if (length > end - position) {
            throw new MalformedException(
                    at,
                    "unexpected end-of-file, expected " + what + " of " + length + " bytes, found " + (end - position));
        }
        return (int) length;
    }

    void skip(int length) {
        require(length);
        position += length;
    }

    <T> List<T> readVector(Element<T> element) {
        int at = position;
        long count = readUnsigned32();
        if (count > end - position) {
            throw new MalformedException(
                    at,
                    "unexpected end-of-file, expected " + count + " elements, found " + (end - position) + " bytes");
        }
        var elements = new ArrayList<T>();
        for (long i = 0; i < count; i++) {
            elements.add(element.read());
        }
        return List.copyOf(elements);
    }

    /** {@code <T>?} of Binary.md. */
    <T> Optional<T> readOptional(Element<T> element) {
        int at = position;
        int flag = readByte();
        return switch (flag) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(element.read());
            default -> throw unexpected(at, flag, "optional element", "0x0 or 0x1");
        };
    }

    boolean readFlag(String what) {
        int at = position;
        int flag = readByte();
        if (flag > 1) {
            throw unexpected(at, flag, what, "0x0 or 0x1");
        }
        return flag == 1;
    }

    void expect(int value, String what) {
        int at = position;
        int found = readByte();
        if (found != value) {
            throw unexpected(at, found, what, hex(value));
        }
    }

    static MalformedException unexpected(long offset, int found, String what, String expected) {
        return new MalformedException(
                offset,
                "invalid leading byte (" + hex(found) + ") for " + what
                        + (expected.isEmpty() ? "" : ", expected " + expected));
    }

    private static String hex(int value) {
        return "0x" + Integer.toHexString(value);
    }

    private void require(int count) {
        if (count > end - position) {
            throw new MalformedException(end, "unexpected end-of-file");
        }
    }
}

package tenon.wasm;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import tenon.types.MalformedException;

/**
 * A cursor over a stretch of a binary that reads the values of WebAssembly 3.0, section "Binary Format / Values": bytes,
 * LEB128 integers, floating-point numbers, names. Confined to one thread.
 *
 * <p>Every error is a {@link MalformedException} with the byte's offset in the outermost file. Nothing is allocated by a
 * size that the input merely claims.
 */
public final class BinaryReader {
    private final byte[] bytes;
    private final int end;
    private final String endFact;
    private int position;

    /** A reader of the whole of {@code binary}. */
    public BinaryReader(Binary binary) {
        this(binary.bytes(), binary.start(), binary.end(), "unexpected end");
    }

    /** A reader of the bytes from {@code start} to {@code end}, a part of something bigger. */
    public BinaryReader(byte[] bytes, int start, int end) {
        this(bytes, start, end, "unexpected end of section or function");
    }

    private BinaryReader(byte[] bytes, int start, int end, String endFact) {
        assert 0 <= start && start <= end && end <= bytes.length;
        this.bytes = bytes;
        this.position = start;
        this.end = end;
        this.endFact = endFact;
    }

    /** Offset of the next byte. */
    public int position() {
        return position;
    }

    /** Goes on at {@code position}, which lies inside of what this reader reads. */
    public void moveTo(int position) {
        assert position <= end;
        this.position = position;
    }

    /** Offset behind the last byte that this reader reads. */
    public int end() {
        return end;
    }

    public boolean atEnd() {
        return position >= end;
    }

    public int remaining() {
        return end - position;
    }

    /** The next byte, unsigned, which stays unread; −1 at the end. */
    public int peek() {
        return position < end ? bytes[position] & 0xff : -1;
    }

    /** A byte, unsigned. */
    public int u8() {
        if (position >= end) {
            throw unexpectedEnd();
        }
        return bytes[position++] & 0xff;
    }

    /** Four bytes, little endian. */
    public int fixed32() {
        require(4);
        int at = position;
        position = at + 4;
        return (bytes[at] & 0xff)
                | (bytes[at + 1] & 0xff) << 8
                | (bytes[at + 2] & 0xff) << 16
                | (bytes[at + 3] & 0xff) << 24;
    }

    /** Eight bytes, little endian. */
    public long fixed64() {
        require(8);
        long low = fixed32() & 0xffff_ffffL;
        return low | (long) fixed32() << 32;
    }

    /** An unsigned LEB128 integer of at most 32 bits: at most five bytes, redundant ones allowed. */
    public int u32() {
        if (position < end && bytes[position] >= 0) {
            return bytes[position++];
        }
        return (int) unsigned(32);
    }

    /** An unsigned LEB128 integer of at most 64 bits. */
    public long u64() {
        return unsigned(64);
    }

    /** A signed LEB128 integer of at most 32 bits. */
    public int s32() {
        if (position < end && bytes[position] >= 0) {
            return bytes[position++] << 25 >> 25;
        }
        return (int) signed(32);
    }

    /** A signed LEB128 integer of at most 33 bits. */
    public long s33() {
        return signed(33);
    }

    /** A signed LEB128 integer of at most 64 bits. */
    public long s64() {
        return signed(64);
    }

    private long unsigned(int bits) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            int left = bits - shift;
            if (left <= 0) {
                throw new MalformedException(position, "integer representation too long");
            }
            int b = u8();
            if (left < 7 && (b & 0x7f) >>> left != 0) {
                throw new MalformedException(position - 1, "integer too large");
            }
            value |= (long) (b & 0x7f) << shift;
            if (b < 0x80) {
                return value;
            }
        }
    }

    private long signed(int bits) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            int left = bits - shift;
            if (left <= 0) {
                throw new MalformedException(position, "integer representation too long");
            }
            int b = u8();
            if (left < 7) {
                int mask = -1 << (left - 1) & 0x7f;
                if ((b & mask) != 0 && (b & mask) != mask) {
                    throw new MalformedException(position - 1, "integer too large");
                }
            }
            value |= (long) (b & 0x7f) << shift;
            if (b < 0x80) {
                int read = shift + 7;
                return read < 64 && (b & 0x40) != 0 ? value | -1L << read : value;
            }
        }
    }

    /** The length of a vector whose elements take at least one byte each: never more than what remains. */
    public int length() {
        int at = position;
        int length = u32();
        if (Integer.compareUnsigned(length, end - position) > 0) {
            throw new MalformedException(at, "length out of bounds: " + Integer.toUnsignedString(length));
        }
        return length;
    }

    /** A name: WebAssembly 3.0, section "Names". */
    public String name() {
        int length = length();
        int at = position;
        position += length;
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes, at, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedException(at, "malformed UTF-8 encoding");
        }
    }

    /** A reader of the next {@code length} bytes, which this one skips; they are a section, a function or a like part. */
    public BinaryReader part(int length) {
        require(length);
        var part = new BinaryReader(bytes, position, position + length);
        position += length;
        return part;
    }

    /** Skips {@code length} bytes. */
    public void skip(int length) {
        require(length);
        position += length;
    }

    /** The bytes that this reader reads a stretch of. */
    byte[] bytes() {
        return bytes;
    }

    private void require(int length) {
        if (length < 0 || length > end - position) {
            throw unexpectedEnd();
        }
    }

    private MalformedException unexpectedEnd() {
        return new MalformedException(end, endFact);
    }
}

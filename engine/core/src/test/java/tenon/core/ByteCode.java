package tenon.core;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Bytes of a module in the making, with the numbers of its binary format. */
final class ByteCode {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    ByteCode raw(int... bytes) {
        for (int each : bytes) {
            out.write(each);
        }
        return this;
    }

    ByteCode unsigned(int value) {
        int rest = value;
        while (rest >>> 7 != 0) {
            out.write(rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
        return this;
    }

    ByteCode signed(long value) {
        long rest = value;
        while (rest < -64 || rest > 63) {
            out.write((int) (rest & 0x7f | 0x80));
            rest >>= 7;
        }
        out.write((int) (rest & 0x7f));
        return this;
    }

    /** The lowest bytes of a number, the lowest first. */
    ByteCode fixed(long value, int count) {
        for (int i = 0; i < count; i++) {
            out.write((int) (value >> 8 * i));
        }
        return this;
    }

    ByteCode name(String name) {
        unsigned(name.length());
        out.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
        return this;
    }

    ByteCode append(ByteCode other) {
        out.writeBytes(other.bytes());
        return this;
    }

    ByteCode section(int id, ByteCode content) {
        return raw(id).unsigned(content.size()).append(content);
    }

    int size() {
        return out.size();
    }

    byte[] bytes() {
        return out.toByteArray();
    }
}

package tenon.component;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes small components by hand, section by section: Binary.md. */
public final class ComponentWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    public ComponentWriter() {
        out.writeBytes(new byte[] {0, 'a', 's', 'm', 0x0d, 0, 1, 0});
    }

    /** A section of definitions, each already encoded. */
    public ComponentWriter section(int id, byte[]... definitions) {
        return raw(id, bytes(definitions.length, bytes((Object[]) definitions)));
    }

    /** A section of this content. */
    public ComponentWriter raw(int id, byte[] content) {
        out.write(id);
        out.writeBytes(unsigned(content.length));
        out.writeBytes(content);
        return this;
    }

    public byte[] toBytes() {
        return out.toByteArray();
    }

    /** Numbers as unsigned LEB128, strings as names, arrays as they are. */
    public static byte[] bytes(Object... parts) {
        var bytes = new ByteArrayOutputStream();
        for (Object part : parts) {
            switch (part) {
                case Integer number -> bytes.writeBytes(unsigned(number));
                case String name -> {
                    byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
                    bytes.writeBytes(unsigned(utf8.length));
                    bytes.writeBytes(utf8);
                }
                case byte[] array -> bytes.writeBytes(array);
                default -> throw new IllegalArgumentException(part.toString());
            }
        }
        return bytes.toByteArray();
    }

    /** Bytes as they are, written as numbers. */
    public static byte[] hex(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    /** The name of an import or export without attributes. */
    public static byte[] name(String text) {
        return bytes(hex(0), text);
    }

    private static byte[] unsigned(int value) {
        byte[] bytes = new byte[5];
        int length = 0;
        int rest = value;
        do {
            int low = rest & 0x7f;
            rest >>>= 7;
            bytes[length++] = (byte) (rest == 0 ? low : low | 0x80);
        } while (rest != 0);
        return Arrays.copyOf(bytes, length);
    }
}

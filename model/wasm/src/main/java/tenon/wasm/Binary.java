package tenon.wasm;

/**
 * Bytes of a module, possibly inside a component. Immutable by agreement: nobody writes to {@code bytes}.
 *
 * @param bytes the outermost file
 * @param start the module's first byte in {@code bytes}; all positions in records count from the start of {@code bytes}
 * @param end behind its last byte
 */
@SuppressWarnings("ArrayRecordComponent")
public record Binary(byte[] bytes, int start, int end) {

    public static Binary of(byte[] bytes) {
        return new Binary(bytes, 0, bytes.length);
    }
}

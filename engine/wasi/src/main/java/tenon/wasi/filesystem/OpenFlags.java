package tenon.wasi.filesystem;

/** {@code wasi:filesystem/types.open-flags}: flag n is bit n. Immutable. */
public record OpenFlags(int bits) {
    boolean create() {
        return (bits & 1) != 0;
    }

    boolean directory() {
        return (bits & 2) != 0;
    }

    boolean exclusive() {
        return (bits & 4) != 0;
    }

    boolean truncate() {
        return (bits & 8) != 0;
    }
}

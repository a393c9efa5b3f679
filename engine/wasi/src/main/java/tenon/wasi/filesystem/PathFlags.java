package tenon.wasi.filesystem;

/** {@code wasi:filesystem/types.path-flags}: flag n is bit n. Immutable. */
public record PathFlags(int bits) {
    boolean symlinkFollow() {
        return (bits & 1) != 0;
    }
}

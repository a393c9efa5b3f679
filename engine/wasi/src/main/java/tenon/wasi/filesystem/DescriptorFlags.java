package tenon.wasi.filesystem;

/** {@code wasi:filesystem/types.descriptor-flags}: flag n is bit n. Immutable. */
public record DescriptorFlags(int bits) {
    static final int READ = 1;
    static final int WRITE = 1 << 1;
    static final int FILE_INTEGRITY_SYNC = 1 << 2;
    static final int DATA_INTEGRITY_SYNC = 1 << 3;
    static final int MUTATE_DIRECTORY = 1 << 5;

    boolean has(int flag) {
        return (bits & flag) != 0;
    }
}

package tenon.wasi.filesystem;

/** {@code wasi:filesystem/types.metadata-hash-value}: 128 bits. Immutable. */
public record MetadataHashValue(long lower, long upper) {}

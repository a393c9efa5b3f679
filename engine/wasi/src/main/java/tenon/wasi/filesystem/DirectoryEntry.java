package tenon.wasi.filesystem;

/** {@code wasi:filesystem/types.directory-entry}. Immutable. */
public record DirectoryEntry(DescriptorType type, String name) {}

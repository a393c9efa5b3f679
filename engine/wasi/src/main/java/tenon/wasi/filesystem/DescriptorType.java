package tenon.wasi.filesystem;

import java.nio.file.attribute.BasicFileAttributes;

/** {@code wasi:filesystem/types.descriptor-type}, in the order of the WIT. */
public enum DescriptorType {
    /** {@code unknown}. */
    UNKNOWN,
    /** {@code block-device}. */
    BLOCK_DEVICE,
    /** {@code character-device}. */
    CHARACTER_DEVICE,
    /** {@code directory}. */
    DIRECTORY,
    /** {@code fifo}. */
    FIFO,
    /** {@code symbolic-link}. */
    SYMBOLIC_LINK,
    /** {@code regular-file}. */
    REGULAR_FILE,
    /** {@code socket}. */
    SOCKET;

    static DescriptorType of(BasicFileAttributes attributes) {
        if (attributes.isDirectory()) {
            return DIRECTORY;
        }
        if (attributes.isRegularFile()) {
            return REGULAR_FILE;
        }
        return attributes.isSymbolicLink() ? SYMBOLIC_LINK : UNKNOWN;
    }
}

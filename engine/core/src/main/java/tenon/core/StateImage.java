package tenon.core;

/** The content that a memory comes back to, shared by the instances that begin alike. Thread-safe. */
sealed interface StateImage permits MemoryImage, ChunkImage {
    /** Nothing is kept at hand any more for instances to come. */
    void close();
}

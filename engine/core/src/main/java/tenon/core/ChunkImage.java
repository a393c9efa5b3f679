package tenon.core;

/**
 * The content that a memory in chunks comes back to. All instances that begin alike share its chunks, which each copies when
 * it writes to them first. Immutable.
 */
final class ChunkImage implements StateImage {
    private final byte[][] chunks;
    private final long size;
    /** The chunks, as the budget counts them, as long as this is there; guarded by itself. */
    private final BudgetAccount account;

    /** An image of so many bytes; whoever makes it gives the chunks away. */
    ChunkImage(byte[][] chunks, long size, MemoryBudget budget) {
        this.chunks = chunks;
        this.size = size;
        this.account = new BudgetAccount(this, budget);
    }

    /** Counts chunks that it has from the memory that it was made of; false if there is no room for that. */
    boolean hold(long bytes) {
        synchronized (account) {
            return account.hold(account.held() + bytes);
        }
    }

    /** Size in bytes. */
    long size() {
        return size;
    }

    /** How many chunks there are. */
    int length() {
        return chunks.length;
    }

    /** The content of a chunk; not to be written to. */
    byte[] chunk(int number) {
        return chunks[number];
    }

    void copyTo(byte[][] table) {
        System.arraycopy(chunks, 0, table, 0, chunks.length);
    }

    /** Nothing is kept at hand. */
    @Override
    public void close() {
        // the chunks live as long as instances do that come back to them
    }
}

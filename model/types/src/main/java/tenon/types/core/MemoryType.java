package tenon.types.core;

/** A linear memory's type; {@code pageSizeLog2} is 16 unless custom page sizes are in use. */
public record MemoryType(Limits limits, boolean shared, int pageSizeLog2) implements ExternType {
    public static final int PAGE_SIZE_LOG2 = 16;
    public static final int PAGE_SIZE = 1 << PAGE_SIZE_LOG2;

    public MemoryType(Limits limits) {
        this(limits, false, PAGE_SIZE_LOG2);
    }
}

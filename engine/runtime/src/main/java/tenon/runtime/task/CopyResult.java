package tenon.runtime.task;

/** How a copy has ended, in the order of the numbers that guests see: CanonicalABI.md, "Stream State". */
public enum CopyResult {
    COMPLETED,
    DROPPED,
    CANCELLED
}

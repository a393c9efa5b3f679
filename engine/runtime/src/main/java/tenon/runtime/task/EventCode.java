package tenon.runtime.task;

/** What an event tells of, in the order of the numbers that guests see: CanonicalABI.md, "Waitable State". */
public enum EventCode {
    NONE,
    SUBTASK,
    STREAM_READ,
    STREAM_WRITE,
    FUTURE_READ,
    FUTURE_WRITE,
    TASK_CANCELLED
}

package tenon.runtime.task;

/**
 * What a guest is told about something that it waits for: CanonicalABI.md, "Waitable State". Immutable.
 *
 * @param index of the waitable in the table of handles; 0 if it is about no waitable
 * @param payload depends on the code: a subtask's state, or what a copy has come to
 */
public record Event(EventCode code, int index, int payload) {
    /** Nothing has happened. */
    public static final Event NONE = new Event(EventCode.NONE, 0, 0);

    /** The task is asked to end early. */
    public static final Event TASK_CANCELLED = new Event(EventCode.TASK_CANCELLED, 0, 0);
}

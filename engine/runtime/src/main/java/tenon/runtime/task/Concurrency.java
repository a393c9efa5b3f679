package tenon.runtime.task;

/** What the threads of a component instance need, from the least to the most: known from what it imports of the Canonical ABI. */
public enum Concurrency {
    /** Nobody asks for threads: a call runs on its caller's stack, and nothing is noted of it. */
    NONE,
    /** Threads wait between calls of core code only. */
    THREADS,
    /** Core code can block: each thread has a stack of its own, but one whose caller waits for it in any case. */
    STACKS,
    /** Core code can block until another thread resumes it by name: each thread has a stack of its own. */
    SWITCHES;

    /** Whether core code can block. */
    boolean hasStacks() {
        return compareTo(STACKS) >= 0;
    }
}

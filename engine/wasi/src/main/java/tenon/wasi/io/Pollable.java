package tenon.wasi.io;

import java.util.function.BooleanSupplier;

/** {@code wasi:io/poll.pollable}: something a guest can wait for. Confined to the Store. */
public final class Pollable implements AutoCloseable {
    private final Readiness readiness;
    private final BooleanSupplier ready;
    private final long deadline;
    private final Children parent;

    private Pollable(Readiness readiness, BooleanSupplier ready, long deadline, Children parent) {
        this.readiness = readiness;
        this.ready = ready;
        this.deadline = deadline;
        this.parent = parent;
        parent.born();
    }

    /**
     * Ready when {@code ready} says so, and whatever makes it say so signals {@code readiness}.
     *
     * @param parent the children of the resource that it was made from
     */
    public static Pollable of(Readiness readiness, BooleanSupplier ready, Children parent) {
        return new Pollable(readiness, ready, Readiness.NEVER, parent);
    }

    /**
     * Ready from an instant on.
     *
     * @param deadline nanoseconds of {@link Readiness#now}, or {@link Readiness#NEVER}
     */
    public static Pollable at(Readiness readiness, long deadline) {
        BooleanSupplier due = () -> deadline != Readiness.NEVER && Readiness.now() >= deadline;
        return new Pollable(readiness, due, deadline, Children.unwatched());
    }

    /** {@code ready}: whether waiting would return at once. */
    public boolean ready() {
        return ready.getAsBoolean();
    }

    /** {@code block}: waits until it is ready. */
    public void block() {
        readiness.await(ready, deadline);
    }

    /** The instant at which it becomes ready by itself, or {@link Readiness#NEVER}. */
    long deadline() {
        return deadline;
    }

    /** The destructor. */
    @Override
    public void close() {
        parent.dropped();
    }
}

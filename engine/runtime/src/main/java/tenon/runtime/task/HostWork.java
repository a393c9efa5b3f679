package tenon.runtime.task;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tenon.core.Trap;
import tenon.core.TrapKind;
import tenon.runtime.table.Rule;

/** What threads of the host do for the guests of one store, and hand to their {@link EventLoop}. Thread-safe. */
public final class HostWork {
    private final int mostFunctions;

    /** Guards {@code posted}, {@code operations}, {@code waiters} and {@code closed}. */
    private final Object lock = new Object();

    private final Deque<Runnable> posted = new ArrayDeque<>();
    private final Set<Operation> operations = new HashSet<>();
    private final Set<CompletableFuture<?>> waiters = new HashSet<>();
    private volatile @Nullable String stopReason;
    private boolean closed;

    /** Functions that go on though they were cancelled. */
    private final AtomicInteger unheeding = new AtomicInteger();

    /** {@code mostFunctions} may go on after their cancellation. */
    HostWork(int mostFunctions) {
        this.mostFunctions = mostFunctions;
    }

    /** Something of the host's that is under way, and that guests may wait for. */
    public final class Operation {
        private final boolean returns;
        private final Runnable stop;

        private Operation(boolean returns, Runnable stop) {
            this.returns = returns;
            this.stop = stop;
        }

        /**
         * It is over: has the loop do something about it between the guests' turns.
         *
         * @return false if it was over before
         */
        public boolean end(Runnable action) {
            synchronized (lock) {
                boolean ends = operations.remove(this);
                if (ends) {
                    post(action);
                }
                return ends;
            }
        }
    }

    /** Something begins that guests may wait for; {@code stop} ends it should the store be closed before. */
    public Operation operation(Runnable stop) {
        return add(new Operation(false, stop));
    }

    /**
     * A function begins, whose result guests are given; {@code stop} ends it should the store be closed before. Traps if too many go on
     * that were cancelled.
     */
    public Operation function(Runnable stop) {
        Rule.trapIf(
                unheeding.get() >= mostFunctions,
                "too many functions of the host go on after their cancellation: the limit is " + mostFunctions,
                "`canon subtask.cancel`");
        return add(new Operation(true, stop));
    }

    private Operation add(Operation operation) {
        synchronized (lock) {
            operations.add(operation);
        }
        return operation;
    }

    /** Whether a function is under way. */
    boolean hasFunctions() {
        synchronized (lock) {
            return operations.stream().anyMatch(each -> each.returns);
        }
    }

    /** A function was cancelled and may go on for a while; it counts as long. */
    public void beginUnheeding() {
        unheeding.incrementAndGet();
    }

    /** It has ended. */
    public void endUnheeding() {
        unheeding.decrementAndGet();
    }

    /** Has the loop do something between the guests' turns. */
    public void post(Runnable action) {
        synchronized (lock) {
            if (!closed) {
                posted.add(action);
                lock.notifyAll();
            }
        }
    }

    /** What was posted first. */
    @Nullable Runnable poll() {
        synchronized (lock) {
            return posted.poll();
        }
    }

    /** Waits until something is posted; false if nothing will be. */
    boolean await() {
        synchronized (lock) {
            while (posted.isEmpty() && stopReason == null) {
                if (operations.isEmpty()) {
                    return false;
                }
                try {
                    lock.wait();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    trapIfStopped();
                    throw new IllegalStateException("interrupted while guests wait for the host", e);
                }
            }
            return true;
        }
    }

    /** Ends the wait for operations with a trap, now and from now on. */
    public void stop(String reason) {
        synchronized (lock) {
            if (stopReason == null) {
                stopReason = reason;
            }
            lock.notifyAll();
        }
    }

    void trapIfStopped() {
        String reason = stopReason;
        if (reason != null) {
            throw new Trap(TrapKind.INTERRUPTED, reason);
        }
    }

    /**
     * Has a future fail when the store is closed, should it not be completed before.
     *
     * @throws IllegalStateException if the store is closed
     */
    public void keep(CompletableFuture<?> future) {
        synchronized (lock) {
            if (closed) {
                throw new IllegalStateException("the store is closed");
            }
            waiters.add(future);
        }
    }

    /** It was completed, or will be. */
    public void forget(CompletableFuture<?> future) {
        synchronized (lock) {
            waiters.remove(future);
        }
    }

    /** Stops what is under way; nothing is taken any more. */
    void close() {
        Set<Operation> unfinished;
        Set<CompletableFuture<?>> open;
        synchronized (lock) {
            closed = true;
            posted.clear();
            unfinished = new HashSet<>(operations);
            operations.clear();
            open = new HashSet<>(waiters);
            waiters.clear();
        }
        open.forEach(each -> each.completeExceptionally(new IllegalStateException("the store is closed")));
        unfinished.forEach(each -> each.stop.run());
    }
}

package tenon.runtime.task;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import tenon.core.Trap;
import tenon.core.TrapKind;

/**
 * A stack that guest threads which block in the midst of core code run on: a virtual thread. It and whoever resumes what runs on it
 * never run at the same time; each hands over to the other and waits.
 */
final class Stack {
    /** Whose turn it is. */
    private enum Turn {
        RESUMER,
        STACK,
        /** The store is closed: whatever is on the stack is to end. */
        END
    }

    /** The stack that the thread is. */
    private static final ScopedValue<Stack> HERE = ScopedValue.newInstance();

    private final EventLoop loop;
    private final Thread carrier;
    private volatile Turn turn = Turn.RESUMER;
    private @Nullable Thread resumer;
    private @Nullable GuestThread guest;
    private @Nullable GuestThread switchTo;
    private @Nullable Throwable failure;
    private boolean cancelled;
    private boolean blocked;

    Stack(EventLoop loop) {
        this.loop = loop;
        this.carrier = Thread.ofVirtual()
                .name("tenon-guest")
                .unstarted(() -> ScopedValue.where(HERE, this).run(this::run));
    }

    /** Whether the thread that asks is one of a guest's stacks. */
    static boolean isHere() {
        return HERE.isBound();
    }

    /** Whether what is on it runs, or waits for something that it has called. */
    boolean runs() {
        return turn == Turn.STACK;
    }

    /** Has a guest thread begin, or go on without what it had on a stack; the thread that it switches to, if it does. */
    @Nullable GuestThread begin(GuestThread thread, boolean withCancellation) {
        guest = thread;
        thread.stack(this);
        cancelled = withCancellation;
        if (carrier.getState() == Thread.State.NEW) {
            resumer = Thread.currentThread();
            turn = Turn.STACK;
            carrier.start();
            return await();
        }
        return resume();
    }

    /** Has the guest thread that is blocked on this stack go on; the thread that it switches to, if it does. */
    @Nullable GuestThread resume() {
        resumer = Thread.currentThread();
        turn = Turn.STACK;
        LockSupport.unpark(carrier);
        return await();
    }

    private @Nullable GuestThread await() {
        awaitTurn(Turn.RESUMER, carrier);
        Throwable thrown = failure;
        if (thrown != null) {
            failure = null;
            throw Stack.<RuntimeException>unchecked(thrown);
        }
        if (!blocked) {
            loop.idle(this);
        }
        GuestThread next = switchTo;
        switchTo = null;
        return next;
    }

    /** Waits while it is the other's turn; an interrupt is for whatever {@code running} waits for, and is kept. */
    private void awaitTurn(Turn mine, @Nullable Thread running) {
        boolean interrupted = false;
        Turn seen = turn;
        while (seen != mine && seen != Turn.END) {
            LockSupport.park(this);
            if (Thread.interrupted()) {
                interrupted = true;
                if (running != null) {
                    running.interrupt();
                }
            }
            seen = turn;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void handOver() {
        Thread other = resumer;
        turn = Turn.RESUMER;
        LockSupport.unpark(other);
    }

    /** Blocks what runs on this stack, until it is resumed. */
    void block(GuestThread thread, @Nullable GuestThread next) {
        assert Thread.currentThread() == carrier;
        thread.running(false);
        switchTo = next;
        blocked = true;
        handOver();
        awaitTurn(Turn.STACK, null);
        requireOpen();
    }

    private void requireOpen() {
        if (turn == Turn.END) {
            throw new Trap(TrapKind.HOST, "the store is closed");
        }
    }

    private void run() {
        while (turn != Turn.END) {
            GuestThread thread = guest;
            assert thread != null;
            try {
                thread.run(cancelled);
            } catch (Throwable e) {
                failure = e;
            }
            if (turn == Turn.END) {
                return;
            }
            thread.stack(null);
            guest = null;
            blocked = false;
            Thread.interrupted();
            handOver();
            awaitTurn(Turn.STACK, null);
        }
    }

    /** Ends what is on the stack, and the stack; waits for it. */
    void end() {
        if (carrier.getState() == Thread.State.NEW) {
            return;
        }
        turn = Turn.END;
        LockSupport.unpark(carrier);
        boolean interrupted = false;
        while (true) {
            try {
                carrier.join();
                break;
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> E unchecked(Throwable thrown) throws E {
        throw (E) thrown;
    }
}

package tenon.runtime.task;

import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A thread of a guest: CanonicalABI.md, "Threads". One of a store's runs at a time; it gives way where it blocks and nowhere else. It is
 * no thread of Java: where it can block in the midst of core code it runs on a {@link Stack} of its own, else on the stack of
 * whoever resumes it. Confined to its Store.
 */
public final class GuestThread {
    /** Of a thread that cancellation does not wake. */
    private static final BooleanSupplier NEVER = () -> false;

    /** Of a thread that cancellation wakes. */
    public static final BooleanSupplier ALWAYS = () -> true;

    private static final BooleanSupplier READY = () -> true;

    /** What a thread does. */
    public interface Body {
        /**
         * Begins, or goes on after {@link #startWaiting} without a stack; returns when it has begun to wait so again, or has ended.
         *
         * @param cancelled whether its wait was ended by cancellation
         */
        void run(GuestThread thread, boolean cancelled);
    }

    private final Task task;
    private final Body body;
    private long storage0;
    private long storage1;
    private int index;
    private boolean running;
    private boolean registered;
    /** Whether it is blocked on the stack of its caller. */
    private boolean below;

    private @Nullable Stack stack;
    private @Nullable BooleanSupplier readyWhen;
    private BooleanSupplier cancellable = NEVER;

    /** A thread that is suspended before its beginning. */
    GuestThread(Task task, Body body) {
        this.task = task;
        this.body = body;
    }

    /** What it works at. */
    public Task task() {
        return task;
    }

    /** What it does. */
    public Body body() {
        return body;
    }

    /** Its index in the instance's table of threads; 0 before it is there. */
    public int index() {
        return index;
    }

    void index(int given) {
        index = given;
        registered = true;
    }

    /** Whether its task counts it: it has begun and not ended. */
    boolean isRegistered() {
        return registered;
    }

    void leaves() {
        registered = false;
    }

    private EventLoop loop() {
        return task.instance().loop();
    }

    /** What {@code context.get} sees. */
    public long storage(int slot) {
        return slot == 0 ? storage0 : storage1;
    }

    /** What {@code context.set} does. */
    public void storage(int slot, long value) {
        if (slot == 0) {
            storage0 = value;
        } else {
            storage1 = value;
        }
    }

    /** Whether it runs, or waits for something that it has called. */
    public boolean running() {
        return running;
    }

    void running(boolean now) {
        running = now;
    }

    /** Whether it is blocked until another thread resumes it. */
    public boolean suspended() {
        return !running && readyWhen == null;
    }

    /** Whether it is blocked until a condition holds. */
    public boolean waiting() {
        return !running && readyWhen != null;
    }

    /** Whether it is blocked and could go on. */
    public boolean ready() {
        return !running && readyWhen != null && readyWhen.getAsBoolean();
    }

    /** Whether cancellation would wake it now. */
    boolean cancellable() {
        return !running && cancellable.getAsBoolean();
    }

    /** Runs until it has ended or waits without a stack. */
    void run(boolean cancelled) {
        body.run(this, cancelled);
        pauses();
    }

    /** It has ended, or begun to wait without a stack. */
    void pauses() {
        running = false;
        if (readyWhen == null) {
            loop().ended(this);
        }
    }

    /** Whether it is blocked on the stack of its caller, where it goes on when all is over that was called since. */
    boolean below() {
        return below;
    }

    void below(boolean now) {
        below = now;
    }

    @Nullable Stack stack() {
        return stack;
    }

    void stack(@Nullable Stack given) {
        stack = given;
    }

    /** Begins to wait until {@code ready} holds, or cancellation is to be delivered. */
    public void startWaiting(BooleanSupplier ready, BooleanSupplier whenCancellable) {
        assert readyWhen == null;
        cancellable = whenCancellable;
        readyWhen = whenCancellable == NEVER
                ? ready
                : () -> ready.getAsBoolean() || (task.hasPendingCancel() && whenCancellable.getAsBoolean());
        loop().add(this);
    }

    void stopWaiting() {
        readyWhen = null;
        loop().remove(this);
    }

    /** Whether its wait, which is over, ended by cancellation. */
    public boolean endWait(boolean cancelled) {
        boolean delivered = cancelled || task.deliverPendingCancel(cancellable.getAsBoolean());
        cancellable = NEVER;
        return delivered;
    }

    /** Blocks with its stack, until it is resumed. */
    private void block(@Nullable GuestThread switchTo) {
        Stack mine = stack;
        if (mine == null) {
            loop().blockHere(this, switchTo);
        } else {
            mine.block(this, switchTo);
        }
    }

    /** Blocks until a condition holds, which is looked at first. */
    public void waitUntil(BooleanSupplier ready) {
        if (!ready.getAsBoolean()) {
            startWaiting(ready, NEVER);
            block(null);
        }
    }

    /** Makes a suspended thread ready. */
    public void resumeLater() {
        assert suspended();
        startWaiting(READY, NEVER);
    }

    /** Blocks until another thread resumes it, and has {@code other}, which is suspended, go on, if there is one. */
    public void suspend(@Nullable GuestThread other) {
        block(other);
    }

    /** Lets {@code other}, which is suspended, run, if there is one, and then others. */
    public void yield(@Nullable GuestThread other) {
        startWaiting(READY, NEVER);
        block(other);
    }

    /** The thread itself, now suspended, if it is ready; else null. */
    public @Nullable GuestThread promoted() {
        if (!ready()) {
            return null;
        }
        stopWaiting();
        return this;
    }
}

package tenon.runtime.task;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tenon.core.Trap;
import tenon.core.TrapKind;
import tenon.runtime.table.Rule;

/**
 * What runs the threads of one store's guests, one at a time: the {@code Store} of CanonicalABI.md, "Embedding API". Confined to its
 * Store, but for what may be called from any thread.
 *
 * <p>Policy: of the threads that are ready the one that began to wait first goes on, so that none starves.
 */
public final class EventLoop {
    private static final String SECTION = "Embedding API";

    /** Stacks that wait for another thread; more are ended. */
    private static final int MOST_IDLE = 8;

    /** What a thread costs that has no stack of its own, in bytes. */
    private static final long THREAD_BYTES = 1 << 10;

    /** What a thread costs that has one; a deep one costs more for a time. */
    private static final long STACK_BYTES = 32 << 10;

    private final int mostThreads;
    private final LinkedHashSet<GuestThread> waiting = new LinkedHashSet<>();
    private final Set<Stack> stacks = new HashSet<>();
    private final Deque<Stack> idle = new ArrayDeque<>();
    private @Nullable GuestThread current;
    private int threads;
    private int depth;

    /** The thread that uses the store. */
    private Thread owner = Thread.currentThread();

    private final HostWork host;

    /**
     * A loop without threads.
     *
     * @param mostThreads of guests at a time
     */
    public EventLoop(int mostThreads) {
        this.mostThreads = mostThreads;
        this.host = new HostWork(mostThreads);
    }

    /** The thread that runs. */
    public GuestThread current() {
        GuestThread running = current;
        if (running == null) {
            throw new AssertionError("built-ins are called by threads");
        }
        return running;
    }

    /** What the host does for the guests. */
    public HostWork host() {
        return host;
    }

    /** How many threads there are. */
    public int threads() {
        return threads;
    }

    /**
     * Begins to run core code that can neither block nor switch, and which sees a thread of its own: an instance's realloc.
     *
     * @return what {@link #endAside} wants
     */
    public @Nullable GuestThread beginAside(ComponentInstance instance) {
        GuestThread outer = current;
        current = new GuestThread(new Task(instance, null, false, false), (_, _) -> {});
        return outer;
    }

    /** Ends to run it. */
    public void endAside(@Nullable GuestThread outer) {
        current = outer;
    }

    /** Counts one more call into the guests. */
    public void enter() {
        if (depth++ == 0) {
            owner = Thread.currentThread();
        }
    }

    /** Counts one less. */
    public void leave() {
        depth--;
    }

    /** The thread that a task begins with, suspended before its beginning. */
    public GuestThread begin(Task task, GuestThread.Body body) {
        GuestThread thread = thread(task, body);
        task.implicitThread(thread);
        return thread;
    }

    /** A thread of a task, suspended before its beginning. */
    public GuestThread thread(Task task, GuestThread.Body body) {
        Rule.trapIf(threads >= mostThreads, "too many threads: the limit is " + mostThreads, "Threads");
        if (!task.instance().holdThread(cost(task))) {
            throw new Trap(TrapKind.OUT_OF_MEMORY, "the host has no room for more threads");
        }
        threads++;
        return new GuestThread(task, body);
    }

    /** A thread has ended. */
    void ended(GuestThread thread) {
        threads--;
        thread.task().instance().letGoThread(cost(thread.task()));
    }

    private static long cost(Task task) {
        return task.instance().concurrency().hasStacks() ? STACK_BYTES : THREAD_BYTES;
    }

    void add(GuestThread thread) {
        waiting.add(thread);
    }

    void remove(GuestThread thread) {
        waiting.remove(thread);
    }

    /** Has a thread run until it blocks or ends, and so on with those that it switches to. */
    public void resume(GuestThread first, boolean cancelled) {
        GuestThread outer = current;
        depth++;
        try {
            GuestThread thread = first;
            boolean cancels = cancelled;
            while (thread != null) {
                thread = run(thread, cancels);
                cancels = false;
            }
        } finally {
            depth--;
            current = outer;
        }
    }

    private @Nullable GuestThread run(GuestThread thread, boolean cancelled) {
        try {
            return runOnce(thread, cancelled);
        } catch (Throwable e) {
            thread.task().instance().fail();
            throw e;
        }
    }

    private @Nullable GuestThread runOnce(GuestThread thread, boolean cancelled) {
        if (thread.waiting()) {
            thread.stopWaiting();
        }
        current = thread;
        thread.running(true);
        Stack stack = thread.stack();
        if (stack != null) {
            return stack.resume();
        }
        assert !thread.below();
        if (!beginsHere(thread)) {
            Stack free = idle.poll();
            if (free == null) {
                free = new Stack(this);
                stacks.add(free);
            }
            return free.begin(thread, cancelled);
        }
        thread.run(cancelled);
        return null;
    }

    /**
     * Whether a thread needs no stack of its own: it cannot block, or its caller waits for it in any case, so that it can block on the
     * stack of that.
     */
    public boolean beginsHere(GuestThread thread) {
        Task task = thread.task();
        return switch (task.instance().concurrency()) {
            case NONE, THREADS -> true;
            // one that another thread switches to must be able to go on while others of the instance are in the midst
            // of something
            case STACKS -> !task.isAsync() && task.instance().threads().isEmpty();
            case SWITCHES -> false;
        };
    }

    /**
     * Begins to run a thread, for which {@link #beginsHere} holds, on the stack of its caller.
     *
     * @return what {@link #leaveHere} wants
     */
    public @Nullable GuestThread enterHere(GuestThread thread) {
        GuestThread outer = current;
        depth++;
        current = thread;
        thread.running(true);
        return outer;
    }

    /** It has ended, or waits without a stack. */
    public void leaveHere(GuestThread thread, @Nullable GuestThread outer) {
        thread.pauses();
        depth--;
        current = outer;
    }

    /** It has trapped. */
    public void failHere(GuestThread thread, @Nullable GuestThread outer) {
        thread.task().instance().fail();
        depth--;
        current = outer;
    }

    /** Blocks a thread on the stack of its caller: others of its instance run above it until it can go on. */
    void blockHere(GuestThread thread, @Nullable GuestThread switchTo) {
        thread.running(false);
        thread.below(true);
        GuestThread next = switchTo;
        while (true) {
            if (next == null) {
                host.trapIfStopped();
                next = nextReady(thread.task().instance(), thread);
            }
            if (next == null) {
                throw blocked();
            }
            if (next == thread) {
                break;
            }
            next = run(next, false);
        }
        if (thread.waiting()) {
            thread.stopWaiting();
        }
        thread.below(false);
        thread.running(true);
        current = thread;
    }

    private static Trap blocked() {
        return Rule.trap("cannot block a synchronous task before returning", "`canon lift`");
    }

    /** A stack is free. */
    void idle(Stack stack) {
        if (idle.size() < MOST_IDLE) {
            idle.push(stack);
        } else {
            stacks.remove(stack);
            stack.end();
        }
    }

    /**
     * The thread of an instance that is ready and began to wait first.
     *
     * @param here the one that waits on the stack that asks; others that are below cannot go on now
     */
    @Nullable GuestThread nextReady(ComponentInstance instance, @Nullable GuestThread here) {
        for (GuestThread thread : waiting) {
            if (thread.index() != 0
                    && (!thread.below() || thread == here)
                    && thread.task().instance() == instance
                    && thread.ready()) {
                return thread;
            }
        }
        return null;
    }

    /** Runs core code that nobody calls as a task of its own: start functions and destructors. */
    public void call(ComponentInstance instance, Runnable code) {
        var task = new Task(instance, null, false, false);
        GuestThread thread = begin(task, (self, _) -> {
            task.enter(self);
            code.run();
            task.return_(() -> {});
            task.exit(self);
        });
        resume(thread, false);
        runUntilResolved(task);
    }

    /** Has threads of the task's instance run until it is resolved: what a call of a function that is not async does. */
    public void runUntilResolved(Task task) {
        while (!task.resolved()) {
            host.trapIfStopped();
            GuestThread next = nextReady(task.instance(), null);
            if (next == null) {
                throw blocked();
            }
            resume(next, false);
        }
    }

    /** Has one thread that is ready go on, or does what the host has posted; false if there is neither. */
    public boolean tick() {
        assert depth == 0;
        Runnable action = host.poll();
        if (action != null) {
            action.run();
            return true;
        }
        for (Iterator<GuestThread> each = waiting.iterator(); each.hasNext(); ) {
            GuestThread thread = each.next();
            if (thread.ready()) {
                resume(thread, false);
                return true;
            }
        }
        return false;
    }

    /**
     * Runs guests until {@code done} holds; waits for the host's own operations where guests do.
     *
     * @throws tenon.core.Trap if nothing can make it hold any more
     */
    public void runUntil(BooleanSupplier done) {
        requireNoCall();
        drive(() -> runHere(done));
    }

    /** Has something done where handing over to guests is cheap. */
    private void drive(Runnable work) {
        try {
            Driver.drive(() -> {
                owner = Thread.currentThread();
                work.run();
            });
        } finally {
            owner = Thread.currentThread();
        }
    }

    private void runHere(BooleanSupplier done) {
        while (!done.getAsBoolean()) {
            host.trapIfStopped();
            if (!tick() && !host.await()) {
                throw Rule.trap("deadlock detected: event loop cannot make further progress", SECTION);
            }
        }
    }

    /** Runs guests until nothing of them can go on any more; waits for the host's own operations. */
    public void runOut() {
        requireNoCall();
        drive(() -> {
            boolean moved = true;
            while (moved) {
                host.trapIfStopped();
                moved = tick() || ((threads > 0 || host.hasFunctions()) && host.await());
            }
        });
    }

    /** Has a call of the host's begin in an instance, where handing over to guests is cheap. */
    public void begin(ComponentInstance instance, boolean async, Runnable call) {
        boolean handsOver = (async && instance.concurrency().hasStacks()) || !stacks.isEmpty();
        if (handsOver && depth == 1) {
            drive(call);
        } else {
            call.run();
        }
    }

    /** Whether guests run on the thread that asks, or it may have them run. */
    public boolean isHere() {
        Thread here = Thread.currentThread();
        return here == owner || Stack.isHere();
    }

    /** Has something done on the thread that uses the store, now or soon; from any thread. */
    public void perform(Runnable action) {
        if (isHere()) {
            action.run();
        } else {
            host.post(action);
        }
    }

    /**
     * Has something begin on the thread that uses the store, and waits for what comes of it; from any thread.
     *
     * @throws IllegalStateException if a guest waits for the thread that asks
     */
    public <T> T await(Consumer<CompletableFuture<T>> beginning) {
        var outcome = new CompletableFuture<T>();
        if (isHere()) {
            requireNoCall();
            beginning.accept(outcome);
            runUntil(outcome::isDone);
            return outcome.resultNow();
        }
        host.keep(outcome);
        host.post(() -> {
            try {
                beginning.accept(outcome);
            } catch (Throwable e) {
                outcome.completeExceptionally(e);
                throw e;
            }
        });
        try {
            return outcome.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a guest", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the wait for a guest has failed", e);
        } finally {
            host.forget(outcome);
        }
    }

    private void requireNoCall() {
        if (depth > 0) {
            throw new IllegalStateException(
                    "the host cannot wait for what guests do asynchronously while a guest waits for the host");
        }
    }

    /**
     * Fails where the store cannot be closed since one of its guests' stacks is what closes it, or waits for that.
     *
     * @throws IllegalStateException if that is so
     */
    public void requireNoStackRuns() {
        if (stacks.stream().anyMatch(Stack::runs)) {
            throw new IllegalStateException("a store cannot be closed by what its guests call");
        }
    }

    /** Ends all threads where they are. */
    public void close() {
        waiting.clear();
        Set<Stack> all = new HashSet<>(stacks);
        stacks.clear();
        idle.clear();
        all.forEach(Stack::end);
        threads = 0;
        host.close();
    }
}

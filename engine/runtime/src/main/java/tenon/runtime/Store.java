package tenon.runtime;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tenon.core.FairShare;
import tenon.core.MemoryBudget;
import tenon.runtime.abi.HostPipe;
import tenon.runtime.abi.HostPromise;
import tenon.runtime.task.EventLoop;
import tenon.runtime.value.FutureReader;
import tenon.runtime.value.StreamPipe;

/**
 * The life of one piece of work: the component instances that serve it, the host's objects for them, their limits.
 *
 * <p>Confined to one thread at a time, but for {@link #stop}. Whoever opens it closes it; closing gives the instances' slots back, then
 * closes the host's objects, the youngest first.
 */
public final class Store implements AutoCloseable {
    private final StoreLimits limits;
    private final Map<Linker.Definition, Object> states = new IdentityHashMap<>();
    private final Map<Class<?>, Object> shared = new HashMap<>();
    private final Deque<AutoCloseable> closing = new ArrayDeque<>();

    /** Guards {@code running}, {@code inner} and {@code stopReason}: a store may be stopped from another thread. */
    private final Object lock = new Object();

    private final List<Slot> running = new ArrayList<>();
    private final List<Store> inner = new ArrayList<>(0);
    private final Map<Slot, FairShare.Turn> turns = new LinkedHashMap<>();
    private @Nullable FairShare fairShare;
    private @Nullable String stopReason;
    private boolean closed;

    private final MemoryBudget budget;
    private final HostMemory hostMemory;
    private final EventLoop loop;

    private Store(StoreLimits limits, MemoryBudget budget) {
        this.limits = limits;
        this.budget = budget;
        this.hostMemory = new HostMemory(limits.hostBytes(), budget);
        this.loop = new EventLoop(limits.threads());
    }

    /** A store with the default limits. */
    public static Store open() {
        return open(StoreLimits.DEFAULT);
    }

    /** A store with the given limits. */
    public static Store open(StoreLimits limits) {
        return open(limits, MemoryBudget.ofHeap());
    }

    /** A store with the given limits; what the host keeps for its guests is paid from {@code budget}. */
    public static Store open(StoreLimits limits, MemoryBudget budget) {
        return new Store(limits, budget);
    }

    /**
     * A store for guests that serve those of this one, with the same limits for itself: it is stopped with this one, and closed by it
     * after all that is registered from now on.
     */
    public Store inner() {
        requireOpen();
        var store = new Store(limits, budget);
        store.fairShare = fairShare;
        closing.push(store);
        synchronized (lock) {
            inner.add(store);
            if (stopReason != null) {
                store.stop(stopReason);
            }
        }
        return store;
    }

    /** Counts what the host keeps for the guests of this store. */
    public HostMemory hostMemory() {
        return hostMemory;
    }

    /** Whether its guests were refused memory because the host's budget was used up, not by a limit of their own. */
    public boolean refusedMemory() {
        synchronized (lock) {
            return hostMemory.refused()
                    || running.stream().anyMatch(slot -> slot.resources().refused());
        }
    }

    /** What the guests of this store may use. */
    public StoreLimits limits() {
        return limits;
    }

    /**
     * The store's one object of class {@code type}, made by {@code make} when it is first asked for: what several host
     * interfaces of one store share. If it is {@link AutoCloseable}, the store closes it.
     */
    public <T> T get(Class<T> type, Function<? super Store, ? extends T> make) {
        requireOpen();
        Object present = shared.get(type);
        if (present == null) {
            present = opened(make.apply(this));
            shared.put(type, present);
        }
        return type.cast(present);
    }

    /** Has the store close {@code resource} when it closes itself, before what was registered earlier. */
    public void onClose(AutoCloseable resource) {
        requireOpen();
        closing.push(resource);
    }

    /**
     * Ends the guests of this store with a trap at their next check, and at every further one; may be called from any thread.
     *
     * @param reason in words, which the trap says
     */
    public void stop(String reason) {
        synchronized (lock) {
            if (stopReason == null) {
                stopReason = reason;
            }
            running.forEach(slot -> slot.interrupt().stop(reason));
            inner.forEach(store -> store.stop(reason));
            loop.host().stop(reason);
        }
    }

    /**
     * Has guests that are instantiated from now on make room for others while they compute, be it in their functions or before:
     * {@link FairShare}. The thread that calls is the one that they run on.
     */
    public void shareFairly(FairShare with) {
        fairShare = with;
    }

    /**
     * A stream that the host writes and a guest reads: its readable end is passed to a guest.
     *
     * @param <T> the elements, as the package {@code tenon.runtime.value} documents them; they are what the guest's type says
     */
    @SuppressWarnings("unchecked")
    public <T> StreamPipe<T> pipe() {
        requireOpen();
        return (StreamPipe<T>) HostPipe.make(loop);
    }

    /**
     * A future that carries what {@code stage} is completed with, to be passed to a guest.
     *
     * @param <T> what it carries; {@link tenon.runtime.value.Unit} if nothing
     */
    @SuppressWarnings("unchecked")
    public <T> FutureReader<T> future(CompletionStage<? extends T> stage) {
        requireOpen();
        return (FutureReader<T>) new HostPromise(loop, stage);
    }

    /**
     * Runs what guests have left to do after their calls have returned, until nothing of it can go on any more; waits for functions of
     * the host that they have called.
     *
     * @throws tenon.core.Trap if one of them traps
     */
    public void runOut() {
        requireOpen();
        loop.runOut();
    }

    /** What runs the threads of its guests. */
    EventLoop loop() {
        return loop;
    }

    /** Adds a slot whose life this store is. */
    void begin(Slot slot) {
        requireOpen();
        if (fairShare != null) {
            turns.put(slot, fairShare.begin(slot.interrupt(), Long.MAX_VALUE));
        }
        synchronized (lock) {
            running.add(slot);
            if (stopReason != null) {
                slot.interrupt().stop(stopReason);
            }
        }
    }

    /** Ends the life of a slot before the store's own end: nothing is called in it, and nothing refers to what is in it. */
    void end(Slot slot) {
        FairShare.@Nullable Turn turn = turns.remove(slot);
        if (turn != null) {
            turn.close();
        }
        synchronized (lock) {
            running.remove(slot);
        }
        slot.release();
    }

    /** The object on which a definition's functions are called; made when it is first asked for. */
    Object state(Linker.Definition definition) {
        requireOpen();
        @Nullable Object present = states.get(definition);
        if (present == null) {
            present = definition.host().owner().cast(definition.state().apply(this));
            states.put(definition, present);
        }
        return present;
    }

    private Object opened(Object made) {
        if (made instanceof AutoCloseable resource) {
            closing.push(resource);
        }
        return made;
    }

    /** Whether it is closed, or being closed: destructors of host objects may ask. */
    public boolean isClosed() {
        return closed;
    }

    /** Fails unless it is open. */
    void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the store is closed");
        }
    }

    private void requireNoStackRuns() {
        loop.requireNoStackRuns();
        synchronized (lock) {
            inner.stream().filter(each -> !each.closed).forEach(Store::requireNoStackRuns);
        }
    }

    /**
     * Ends the instances and closes the host's objects; a failure of one does not keep the others open.
     *
     * @throws IllegalStateException if a function that one of its guests calls on a stack of its own closes it; it stays open
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        requireNoStackRuns();
        closed = true;
        List<AutoCloseable> all = new ArrayList<>(turns.values());
        turns.clear();
        all.add(loop::close);
        synchronized (lock) {
            running.reversed().forEach(slot -> all.add(slot::release));
            running.clear();
        }
        all.addAll(closing);
        closing.clear();
        states.clear();
        shared.clear();
        all.add(hostMemory::close);
        closeAll(all);
    }

    /** Closes all of them, whatever fails. */
    static void closeAll(List<AutoCloseable> all) {
        @Nullable RuntimeException failure = null;
        for (AutoCloseable each : all) {
            try {
                each.close();
            } catch (Exception | Error e) {
                if (failure == null) {
                    failure = new IllegalStateException("an object of the store could not be closed", e);
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}

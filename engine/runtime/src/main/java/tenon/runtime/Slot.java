package tenon.runtime;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import tenon.core.CoreExtern;
import tenon.core.CoreInstance;
import tenon.core.CoreMemory;
import tenon.core.CoreTable;
import tenon.core.ImportValue;
import tenon.core.Imports;
import tenon.core.InstanceImage;
import tenon.core.Interrupt;
import tenon.core.ResourceLimits;
import tenon.core.StackRoom;
import tenon.runtime.abi.LiftLowerContext;
import tenon.runtime.canon.Builtin;
import tenon.runtime.canon.HostFunctionCall;
import tenon.runtime.canon.LiftedFunction;
import tenon.runtime.canon.LoweredToGuest;
import tenon.runtime.canon.LoweredToHost;
import tenon.runtime.canon.Lowering;
import tenon.runtime.plan.Callee;
import tenon.runtime.plan.Item;
import tenon.runtime.plan.Plan;
import tenon.runtime.plan.Step;
import tenon.runtime.table.ResourceHandle;
import tenon.runtime.table.Rule;
import tenon.runtime.task.ComponentInstance;
import tenon.runtime.task.Concurrency;
import tenon.runtime.task.CopyEnd;
import tenon.runtime.task.EventLoop;
import tenon.runtime.task.InstanceTree;
import tenon.runtime.value.Value;
import tenon.types.component.ResourceType;

/**
 * Room for one instantiation of a linked component: its core instances, handle tables, and the contexts of its adapters. Lives
 * through one store after another; in each it starts from the same state. Confined to its Store.
 */
final class Slot implements InstanceTree {
    private final Code code;
    private final ComponentInstance[] instances;
    private final CoreInstance[] cores;
    private final @Nullable Object[] contexts;
    private final @Nullable LiftedFunction[] lifts;
    private final @Nullable Object[] states;
    private final Interrupt interrupt = new Interrupt();
    private final StoreLimits limits;
    private final Pool pool;
    private final List<InstanceImage> images = new ArrayList<>();
    private final ResourceLimits resources;
    private final @Nullable LateInstances[] late;
    private final Values values;
    private @Nullable Store store;
    /** What it is in this life, if it provides for another slot and can be replaced. */
    private @Nullable LateInstance provides;

    private EventLoop loop;
    /** Who wants to know when something in it has trapped. */
    private final List<Runnable> watchers = new ArrayList<>(0);

    private boolean failed;
    private int entered;
    private int life;
    private boolean calledHost;
    private boolean pooled;

    /** Makes all instances, running start functions; what they need is taken from {@code resources}. */
    Slot(Code code, Pool pool, Store store, ResourceLimits resources) {
        this.code = code;
        this.pool = pool;
        this.store = store;
        this.limits = store.limits();
        this.resources = resources;
        Plan plan = code.plan();
        instances = new ComponentInstance[plan.concurrency().size()];
        cores = new CoreInstance[plan.cores().size()];
        contexts = new @Nullable Object[plan.adapters().size()];
        lifts = new @Nullable LiftedFunction[plan.lifts().size()];
        int definitions = code.outside().definitions().size();
        states = new @Nullable Object[definitions + code.outside().late().size()];
        late = new @Nullable LateInstances[code.outside().borders().size()];
        for (int i = 0; i < instances.length; i++) {
            instances[i] = new ComponentInstance(i, code.concurrency(i), this, limits.handles());
        }
        loop = store.loop();
        store.begin(this);
        values = new Values(this, plan);
        for (Step step : plan.steps()) {
            switch (step) {
                case Step.MakeCore(int core) -> instantiate(core, plan.cores().get(core));
                case Step.Start start -> values.start(start);
                case Step.RequireEqual(int found, int expected, String name) ->
                    values.requireEqual(found, expected, name);
            }
        }
    }

    private void instantiate(int index, Plan.Core core) {
        Imports imports = imports(core);
        asTask(
                instances[core.instance()],
                () -> cores[index] = code.module(index).instantiate(imports, interrupt, resources));
    }

    /** Runs core code as a task of its own, where that makes a difference. */
    private void asTask(ComponentInstance instance, Runnable core) {
        if (instance.concurrency() == Concurrency.NONE) {
            core.run();
        } else {
            loop.call(instance, core);
        }
    }

    private Imports imports(Plan.Core core) {
        var values = new ArrayList<ImportValue>();
        for (Item item : core.imports()) {
            switch (item) {
                case Item.CoreFunction function -> values.add(new ImportValue.Context(contextOf(function.callee())));
                case Item.CoreExport export -> values.add(extern(export.core(), export.name()));
                default -> throw new AssertionError("a core module imports no " + item);
            }
        }
        return new Imports(values);
    }

    private CoreExtern extern(int core, String name) {
        CoreExtern found = cores[core].export(name);
        if (found == null) {
            throw new AssertionError("the plan knows the exports of each module");
        }
        return found;
    }

    private Object context(int index) {
        Object present = contexts[index];
        if (present == null) {
            Callee.Adapter adapter = code.plan().adapters().get(index);
            present = switch (adapter) {
                case Callee.ResourceNew _, Callee.ResourceDrop _, Callee.ResourceRep _ -> instances[adapter.instance()];
                case Callee.Lowering lowering -> lowered(lowering);
                case Callee.Builtin builtin ->
                    new Builtin(
                            cx(builtin.instance(), builtin.options()),
                            code.element(builtin),
                            builtin.result(),
                            builtin.table().map(item -> (CoreTable) extern(item.core(), item.name())));
            };
            contexts[index] = present;
        }
        return present;
    }

    /** Functions of providers that can be replaced are numbered behind those of the host. */
    private Object lateContext(LiftLowerContext cx, Callee.Lowering lowering, int index) {
        LateFunction function = code.outside().late().get(index);
        if (function.hasHandles()) {
            return new LoweredToHost(cx, code.outside().definitions().size() + index);
        }
        return late(function.border()).call(function, code.site(lowering, function), cx);
    }

    private LateInstances late(Border border) {
        LateInstances present = late[border.index()];
        if (present == null) {
            present = new LateInstances(this, border.binding());
            late[border.index()] = present;
        }
        return present;
    }

    private Object lowered(Callee.Lowering lowering) {
        LiftLowerContext cx = cx(lowering.instance(), lowering.options());
        boolean concurrent = code.concurrent(lowering);
        boolean async = lowering.options().async();
        return switch (lowering.callee()) {
            case Item.Host host ->
                concurrent
                        ? new Lowering(
                                cx,
                                new HostFunctionCall(cx, host.definition(), Code.target(host), host.blocks()),
                                async,
                                false)
                        : new LoweredToHost(cx, host.definition());
            case Item.Late late -> {
                LateFunction function = code.outside().late().get(late.function());
                yield concurrent
                        ? new Lowering(cx, late(function.border()).call(function)::begin, async, true)
                        : lateContext(cx, lowering, late.function());
            }
            case Item.Lifted lifted -> {
                LiftedFunction function = lifted(lifted.lift());
                yield concurrent ? new Lowering(cx, function, async) : new LoweredToGuest(cx, function);
            }
        };
    }

    private LiftLowerContext cx(int instance, Callee.Options options) {
        CoreMemory memory = options.memory()
                .map(item -> (CoreMemory) extern(item.core(), item.name()))
                .orElse(null);
        var realloc = options.realloc()
                .map(callee -> new LiftLowerContext.Realloc(code.handle(callee), contextOf(callee)))
                .orElse(null);
        return new LiftLowerContext(instances[instance], options.encoding(), memory, realloc);
    }

    private LiftedFunction.CoreFunction split(Callee callee) {
        return new LiftedFunction.CoreFunction(code.handle(callee), contextOf(callee));
    }

    private Object contextOf(Callee callee) {
        return switch (callee) {
            case Callee.CoreExport export -> cores[export.core()];
            case Callee.Adapted adapted -> context(adapted.index());
        };
    }

    /** A core function of this slot, of its exact type. */
    private MethodHandle bound(Callee callee) {
        MethodHandle handle = code.handle(callee);
        return MethodHandles.insertArguments(handle, handle.type().parameterCount() - 1, contextOf(callee));
    }

    /** A component function of this slot. */
    LiftedFunction lifted(int index) {
        LiftedFunction present = lifts[index];
        if (present == null) {
            Callee.Lift lift = code.plan().lifts().get(index);
            present = new LiftedFunction(
                    cx(lift.instance(), lift.options()),
                    split(lift.core()),
                    lift.options().postReturn().map(this::split).orElse(null),
                    new LiftedFunction.Abi(
                            code.concurrent(lift),
                            lift.options().async(),
                            lift.options().callback().map(this::split).orElse(null)));
            lifts[index] = present;
        }
        return present;
    }

    @Override
    public int life() {
        return life;
    }

    @Override
    public Object hostState(int index) {
        Object present = states[index];
        if (present == null) {
            StackRoom.requireMuch();
            Code.Outside outside = code.outside();
            int definitions = outside.definitions().size();
            if (index < definitions) {
                present = callsOut().state(outside.definitions().get(index));
            } else {
                LateFunction function = outside.late().get(index - definitions);
                present = late(function.border()).call(function);
            }
            states[index] = present;
        }
        return present;
    }

    /** The store of this life, since something outside of the slot is called. */
    Store callsOut() {
        calledHost = true;
        if (store == null) {
            throw new IllegalStateException("the instance's store is closed");
        }
        return store;
    }

    /** Says what it provides in this life. */
    void provides(@Nullable LateInstance as) {
        provides = as;
    }

    /** What it provides in this life. */
    LateInstance provides() {
        assert provides != null : "its resources are handed out across a late border only";
        return provides;
    }

    /** Whether it holds an end of a stream or future whose other end is still there. */
    boolean holdsEnds() {
        var found = new AtomicBoolean();
        for (ComponentInstance instance : instances) {
            instance.handles().forEach(entry -> {
                if (entry instanceof CopyEnd end && !end.shared().dropped()) {
                    found.set(true);
                }
            });
        }
        return found.get();
    }

    /** Whether no call is in it. */
    boolean isIdle() {
        return !failed && entered == 0 && Arrays.stream(instances).allMatch(ComponentInstance::isIdle);
    }

    @Override
    public boolean hold(long bytes) {
        return resources.hold(bytes);
    }

    @Override
    public void letGo(long bytes) {
        resources.letGo(bytes);
    }

    @Override
    public void destroy(ResourceType type, int rep) {
        enter();
        boolean returned = false;
        try {
            destructor(resource(type), rep);
            returned = true;
        } finally {
            failed |= !returned;
            leave();
        }
    }

    @Override
    public EventLoop loop() {
        return loop;
    }

    @Override
    public void enter() {
        if (failed) {
            throw Rule.trap("cannot enter component instance", "Component Instances");
        }
        entered++;
        loop.enter();
    }

    @Override
    public void leave() {
        entered--;
        loop.leave();
    }

    @Override
    public void fail() {
        failed = true;
        List<Runnable> all = List.copyOf(watchers);
        watchers.clear();
        all.forEach(Runnable::run);
    }

    @Override
    public void watch(Runnable whenFailed) {
        watchers.add(whenFailed);
    }

    @Override
    public void unwatch(Runnable whenFailed) {
        watchers.remove(whenFailed);
    }

    @Override
    public void destroyFrom(ComponentInstance caller, ResourceType type, int rep) {
        destructor(resource(type), rep);
    }

    private Plan.Resource resource(ResourceType type) {
        Plan.Resource found = code.plan().resources().get(type);
        if (found == null) {
            throw new AssertionError("no component defines the resource `" + type + "`");
        }
        return found;
    }

    private void destructor(Plan.Resource resource, int rep) {
        if (resource.destructor().isPresent()) {
            MethodHandle destructor =
                    code.linkage().entering(bound(resource.destructor().get()));
            asTask(instances[resource.instance()], () -> invoke(destructor, rep));
        }
    }

    private static void invoke(MethodHandle destructor, int rep) {
        try {
            destructor.invoke(rep);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("core functions throw no checked exceptions", e);
        }
    }

    Code code() {
        return code;
    }

    /** A value of the plan. */
    Value value(Item.Value item) {
        return values.get(item);
    }

    /** By what its guests are stopped. */
    Interrupt interrupt() {
        return interrupt;
    }

    /** What it takes of the host's memory. */
    ResourceLimits resources() {
        return resources;
    }

    /** Nobody will use it any more. */
    void close() {
        interrupt.close();
        resources.close();
    }

    /** The limits that its memories and tables were made with. */
    StoreLimits limits() {
        return limits;
    }

    /**
     * Captures the present state as the one to come back to. Does nothing where that state is not the component's own alone: if a
     * host function was called, a handle lies in a table or a value, a start function still runs, or modules make structures or arrays.
     */
    void capture() {
        boolean holds = Arrays.stream(instances)
                .anyMatch(instance -> !instance.handles().isEmpty());
        if (!calledHost
                && !holds
                && isIdle()
                && !values.holdHandles()
                && Arrays.stream(cores).allMatch(CoreInstance::hasImage)) {
            for (CoreInstance core : cores) {
                images.add(core.image());
            }
            for (ComponentInstance instance : instances) {
                instance.capture();
            }
            pooled = true;
        }
    }

    /** Begins another life, in the state that was captured. */
    void begin(Store next) {
        store = next;
        loop = next.loop();
        failed = false;
        next.begin(this);
    }

    /**
     * Ends this life: host objects that guests still held are closed, handles of the host to guests' resources are void, and the slot
     * goes back to its pool. A slot that a call is in, since it trapped or another thread is still at it, is given up.
     */
    void release() {
        life++;
        store = null;
        boolean idle = isIdle();
        LateInstance ended = provides;
        provides = null;
        try {
            closeHostObjects();
        } finally {
            for (LateInstances each : late) {
                if (each != null) {
                    each.forget();
                }
            }
            Arrays.fill(states, null);
            watchers.clear();
            pool.learn(resources.peak());
            try {
                giveBack(idle);
            } finally {
                if (ended != null) {
                    ended.generation().leave();
                }
            }
        }
    }

    private void giveBack(boolean idle) {
        boolean whole = false;
        try {
            whole = pooled && idle && reset();
        } finally {
            if (!whole) {
                close();
            }
        }
        if (whole) {
            pool.put(this);
        }
    }

    /** Comes back to the captured state. */
    private boolean reset() {
        try {
            for (int i = 0; i < cores.length; i++) {
                cores[i].reset(images.get(i));
            }
            for (ComponentInstance instance : instances) {
                instance.reset(limits.handles());
            }
            interrupt.reset();
        } catch (OutOfMemoryError _) {
            // there is no room for the arrays of another life; this one was over
            return false;
        }
        resources.settle();
        return true;
    }

    private void closeHostObjects() {
        var objects = new ArrayList<AutoCloseable>();
        for (ComponentInstance instance : instances) {
            instance.handles().forEach(entry -> {
                if (entry instanceof ResourceHandle handle
                        && handle.owns()
                        && handle.object() instanceof AutoCloseable object) {
                    objects.add(object);
                }
            });
        }
        Store.closeAll(objects.reversed());
    }
}

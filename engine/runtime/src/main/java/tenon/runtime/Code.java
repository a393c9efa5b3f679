package tenon.runtime;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import tenon.component.Canon;
import tenon.core.CoreEngine;
import tenon.core.CoreModule;
import tenon.core.EngineOptions;
import tenon.core.ImportTarget;
import tenon.core.Linkage;
import tenon.core.LinkedModule;
import tenon.core.ResourceLimits;
import tenon.runtime.abi.DynamicShapes;
import tenon.runtime.abi.NeutralShapes;
import tenon.runtime.abi.Shape;
import tenon.runtime.abi.StreamElement;
import tenon.runtime.adapt.AdapterSize;
import tenon.runtime.adapt.ElementAdapter;
import tenon.runtime.adapt.ExportAdapter;
import tenon.runtime.adapt.FusedAdapter;
import tenon.runtime.adapt.HostAdapter;
import tenon.runtime.adapt.Side;
import tenon.runtime.adapt.TaskCall;
import tenon.runtime.canon.Builtins;
import tenon.runtime.canon.LiftedFunction;
import tenon.runtime.canon.LoweredToGuest;
import tenon.runtime.canon.LoweredToHost;
import tenon.runtime.canon.Lowering;
import tenon.runtime.canon.ResourceBuiltins;
import tenon.runtime.canon.Signature;
import tenon.runtime.plan.Callee;
import tenon.runtime.plan.Item;
import tenon.runtime.plan.Plan;
import tenon.runtime.task.Concurrency;
import tenon.runtime.value.Value;
import tenon.types.LinkException;
import tenon.types.component.FunctionType;
import tenon.types.component.PointerType;
import tenon.types.component.ResourceType;
import tenon.types.component.ValueType;
import tenon.types.core.Limits;
import tenon.wasm.Module;

/**
 * A plan turned into code, once for all its instances: modules linked to each other and to the adapters between them. Thread-safe.
 */
final class Code {
    private final Plan plan;
    private final boolean generate;
    private final boolean resettable;
    private final boolean largeMemories;
    private final Outside outside;
    private final List<@Nullable MethodHandle> adapters = new ArrayList<>();
    private final List<LinkedModule> modules = new ArrayList<>();
    private final Linkage linkage = new Linkage();
    private final Map<FunctionType, Signature> dynamic = new HashMap<>();
    private final Map<ValueType, StreamElement> elements = new HashMap<>();
    /** By identity: two lowerings that look alike belong to different instances. */
    private final Map<Callee.Lowering, LateSite> sites = new IdentityHashMap<>();

    /**
     * What is called outside of the plan, by the numbers that the plan has for it.
     *
     * @param definitions interfaces of the host
     * @param late functions of providers that can be replaced
     * @param borders to those providers
     */
    record Outside(List<Linker.Definition> definitions, List<LateFunction> late, List<Border> borders) {
        Outside {
            definitions = List.copyOf(definitions);
            late = List.copyOf(late);
            borders = List.copyOf(borders);
        }

        /** All that an assembly has met. */
        Outside(Assembly assembly) {
            this(assembly.definitions(), assembly.lateFunctions(), assembly.borders());
        }
    }

    private Code(Plan plan, Outside outside, boolean generate, EngineOptions options) {
        this.resettable = options.resettable();
        this.largeMemories = options.largeMemories();
        this.plan = plan;
        this.generate = generate;
        this.outside = outside;
    }

    /**
     * Links a plan.
     *
     * @param generate whether adapters are generated; else they are interpreted
     */
    static Code of(CoreEngine engine, Plan plan, Outside outside, boolean generate) {
        var code = new Code(plan, outside, generate, engine.options());
        plan.adapters().forEach(_ -> code.adapters.add(null));
        var compiled = new IdentityHashMap<Module, CoreModule>();
        for (Plan.Core core : plan.cores()) {
            CoreModule module = compiled.computeIfAbsent(core.module(), engine::compile);
            code.modules.add(module.link(code.linkage, code.targets(core)));
        }
        return code;
    }

    Plan plan() {
        return plan;
    }

    /** What all modules of the component are linked in. */
    Linkage linkage() {
        return linkage;
    }

    /** Whether instances can come back to an earlier state. */
    boolean resettable() {
        return resettable;
    }

    Outside outside() {
        return outside;
    }

    LinkedModule module(int core) {
        return modules.get(core);
    }

    /** No further instances will come. */
    void close() {
        modules.forEach(LinkedModule::dropReserves);
    }

    /** A core function's code, of type {@code (parameters…, Object context) → result}. */
    MethodHandle handle(Callee callee) {
        return switch (callee) {
            case Callee.CoreExport export ->
                withContext(modules.get(export.core()).handle(export.name()));
            case Callee.Adapted adapted -> adapterHandle(adapted.index());
        };
    }

    private Optional<MethodHandle> bodyCode(Callee callee) {
        return switch (callee) {
            case Callee.CoreExport export -> modules.get(export.core()).bodyCode(export.name());
            case Callee.Adapted _ -> Optional.empty();
        };
    }

    private static MethodHandle withContext(MethodHandle handle) {
        return handle.asType(handle.type().changeParameterType(handle.type().parameterCount() - 1, Object.class));
    }

    /** The adapter's code; made when it is first asked for: what it calls has been linked by then. */
    private synchronized MethodHandle adapterHandle(int index) {
        MethodHandle present = adapters.get(index);
        if (present == null) {
            present = adapter(plan.adapters().get(index));
            adapters.set(index, present);
        }
        return present;
    }

    /** What each function import of a core instance calls, in order. */
    private List<ImportTarget> targets(Plan.Core core) {
        var targets = new ArrayList<ImportTarget>();
        for (Item item : core.imports()) {
            if (item instanceof Item.CoreFunction function) {
                targets.add(
                        new ImportTarget.Static(() -> handle(function.callee()), () -> bodyCode(function.callee())));
            }
        }
        return targets;
    }

    private MethodHandle adapter(Callee.Adapter adapter) {
        return switch (adapter) {
            case Callee.ResourceNew of -> ResourceBuiltins.create(of.resource());
            case Callee.ResourceDrop of -> ResourceBuiltins.drop(of.resource());
            case Callee.ResourceRep of -> ResourceBuiltins.rep(of.resource());
            case Callee.Lowering lowering ->
                switch (lowering.callee()) {
                    case Item.Host host ->
                        concurrent(lowering)
                                ? Lowering.handle(
                                        host.signature(), lowering.options().async(), pointer(lowering.options()), null)
                                : toHost(host, memory(lowering.options()));
                    case Item.Late late -> {
                        LateFunction function = outside.late().get(late.function());
                        yield concurrent(lowering)
                                ? Lowering.handle(
                                        function.signature(),
                                        lowering.options().async(),
                                        pointer(lowering.options()),
                                        null)
                                : late(function, lowering);
                    }
                    case Item.Lifted lifted -> {
                        MethodHandle handle =
                                concurrent(lowering) ? toTask(lifted, lowering) : toGuest(lifted, lowering);
                        yield raises() ? Linkage.between(handle) : handle;
                    }
                };
            case Callee.Builtin builtin -> {
                Optional<MethodHandle> returns = generate && builtin.canon() instanceof Canon.TaskReturn
                        ? TaskCall.ofReturn(builtin.result(), pointer(builtin))
                        : Optional.empty();
                yield returns.orElseGet(
                        () -> Builtins.handle(builtin.canon(), pointer(builtin), builtin.result(), builtin.start()));
            }
        };
    }

    /** What instances of its modules begin with, as a budget counts it. */
    long footprint() {
        return modules.stream()
                .mapToLong(linked -> ResourceLimits.footprint(linked.module()))
                .sum();
    }

    /** Whether some module can raise exceptions. */
    private boolean raises() {
        return plan.cores().stream()
                .anyMatch(core -> !core.module().spaces().tags().isEmpty());
    }

    /** Whether a call is a task that threads and built-ins know of. */
    boolean concurrent(Callee.Lowering lowering) {
        return lowering.options().async()
                || switch (lowering.callee()) {
                    case Item.Host host -> host.type().async();
                    case Item.Late late -> late.type().async();
                    case Item.Lifted lifted -> concurrent(plan.lifts().get(lifted.lift()));
                };
    }

    /** Whether calls of a function are tasks that threads and built-ins know of. */
    boolean concurrent(Callee.Lift lift) {
        return concurrency(lift.instance()) != Concurrency.NONE;
    }

    /** What the threads of a component instance need. */
    Concurrency concurrency(int instance) {
        return plan.concurrency().get(instance);
    }

    /** What a stream or future carries, for those who only pass it on. */
    synchronized Optional<StreamElement> element(Callee.Builtin builtin) {
        return builtin.element()
                .map(type -> elements.computeIfAbsent(
                        type,
                        each -> new StreamElement(
                                NeutralShapes.of(each, this::kind), generate ? new ElementAdapter() : null)));
    }

    /** A call that is a task which threads and built-ins know of. */
    private MethodHandle toTask(Item.Lifted item, Callee.Lowering lowering) {
        Signature neutral = neutral(item);
        Callee.Lift lift = plan.lifts().get(item.lift());
        Callee.Options options = lift.options();
        boolean async = lowering.options().async();
        Optional<MethodHandle> adapter = generate && FusedAdapter.fits(neutral)
                ? TaskCall.of(
                        neutral,
                        side(lowering.options()),
                        async,
                        new TaskCall.Callee(
                                side(options),
                                handle(lift.core()),
                                options.postReturn().map(this::handle).orElse(null),
                                options.async(),
                                options.callback().isPresent()))
                : Optional.empty();
        return adapter.orElseGet(() -> Lowering.handle(neutral, async, pointer(lowering.options()), null));
    }

    private Signature neutral(Item.Lifted item) {
        return Signature.of(item.type(), type -> NeutralShapes.of(type, this::kind));
    }

    private MethodHandle late(LateFunction function, Callee.Lowering lowering) {
        return function.hasHandles()
                ? toHost(function.signature(), function.ofHost().call(), memory(lowering.options()))
                : site(lowering, function).call();
    }

    /** From where a lowering calls a function of a provider that can be replaced. */
    synchronized LateSite site(Callee.Lowering lowering, LateFunction function) {
        return sites.computeIfAbsent(lowering, each -> function.site(side(each.options())));
    }

    private MethodHandle toGuest(Item.Lifted item, Callee.Lowering lowering) {
        return toGuest(item.lift(), neutral(item), side(lowering.options()), false);
    }

    /**
     * A lifted function as a component of another link calls it, of type {@code (parameters…, Object context) → result}; the context
     * is a {@link LoweredToGuest}.
     *
     * @param neutral whose values have no handles, so that they are the same in both links
     * @param caller the other component's side
     */
    MethodHandle crossing(int lift, Signature neutral, Side caller) {
        MethodHandle adapter = concurrent(plan.lifts().get(lift))
                ? LoweredToGuest.concurrent(neutral, caller.pointer())
                : LoweredToGuest.failing(toGuest(lift, neutral, caller, true));
        return linkage.entering(adapter);
    }

    private MethodHandle toGuest(int index, Signature neutral, Side caller, boolean watched) {
        Callee.Lift lift = plan.lifts().get(index);
        Optional<MethodHandle> adapter = generate && FusedAdapter.fits(neutral)
                ? FusedAdapter.of(
                        neutral,
                        caller,
                        side(lift.options()),
                        handle(lift.core()),
                        lift.options().postReturn().map(this::handle).orElse(null),
                        watched)
                : Optional.empty();
        return adapter.orElseGet(() -> LoweredToGuest.interpreted(neutral, caller.pointer(), watched));
    }

    private Side side(Callee.Options options) {
        return new Side(
                Optional.of(options.encoding()), options.realloc().map(this::handle), pointer(options), largeMemories);
    }

    /** A side that the host is on the other side of. */
    private Side memory(Callee.Options options) {
        return Side.ofMemory(pointer(options), largeMemories);
    }

    /** The type of the addresses in a memory; of 32 bits if there is none. */
    private PointerType pointer(Callee.Options options) {
        return options.memory().map(this::address).orElse(PointerType.I32);
    }

    /** The type of the pointers that a built-in takes, or of the indices of the table that it looks into. */
    private PointerType pointer(Callee.Builtin builtin) {
        return builtin.table().map(this::address).orElseGet(() -> pointer(builtin.options()));
    }

    /** The type of the addresses in a memory or table that a core module exports. */
    private PointerType address(Item.CoreExport item) {
        Module module = plan.cores().get(item.core()).module();
        int index = module.exports().stream()
                .filter(export -> export.name().equals(item.name()))
                .findFirst()
                .orElseThrow()
                .index();
        Limits limits = item.kind() == Module.ExternKind.TABLE
                ? module.spaces().tables().get(index).limits()
                : module.spaces().memories().get(index).limits();
        return limits.address() == Limits.AddressType.I32 ? PointerType.I32 : PointerType.I64;
    }

    private boolean generated(Signature signature) {
        return generate && AdapterSize.of(signature) <= AdapterSize.MOST;
    }

    private MethodHandle toHost(Item.Host item, Side caller) {
        return item.dynamic()
                ? LoweredToHost.interpreted(item.signature(), target(item), caller.pointer())
                : toHost(item.signature(), item.handle(), caller);
    }

    /** {@code target} is of type {@code (owner, parameters…) → result}. */
    private MethodHandle toHost(Signature signature, MethodHandle target, Side caller) {
        Optional<MethodHandle> adapter =
                generated(signature) ? HostAdapter.of(signature, caller, target) : Optional.empty();
        return adapter.orElseGet(() -> LoweredToHost.interpreted(signature, spread(target), caller.pointer()));
    }

    /** A function of the host, of type {@code (Object state, Object[] arguments) → Object}. */
    static MethodHandle target(Item.Host item) {
        MethodHandle target = item.handle();
        return item.dynamic() ? dynamicTarget(target) : spread(target);
    }

    private static MethodHandle spread(MethodHandle target) {
        return target.asSpreader(Object[].class, target.type().parameterCount() - 1)
                .asType(MethodType.methodType(Object.class, Object.class, Object[].class));
    }

    private static MethodHandle dynamicTarget(MethodHandle handle) {
        try {
            MethodHandle call = MethodHandles.lookup()
                    .findStatic(
                            Code.class,
                            "callDynamic",
                            MethodType.methodType(Object.class, MethodHandle.class, Object.class, Object[].class));
            return call.bindTo(handle.asType(MethodType.methodType(Object.class, Object.class, List.class)));
        } catch (NoSuchMethodException | IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private static @Nullable Object callDynamic(MethodHandle handle, Object state, Object[] arguments)
            throws Throwable {
        var values = new ArrayList<Value>(arguments.length);
        for (Object argument : arguments) {
            values.add((Value) argument);
        }
        Object result = handle.invokeExact(state, (List<?>) values);
        return result instanceof CompletionStage<?> stage
                ? stage.thenApply(given -> value((Optional<?>) given))
                : value((Optional<?>) result);
    }

    private static @Nullable Object value(Optional<?> given) {
        return given.orElse(null);
    }

    /**
     * A typed way to call a lifted function, of type {@code (LiftedFunction, parameters…) → result}: primitive types are themselves,
     * all others Object.
     */
    MethodHandle export(int lift, Signature signature) {
        Callee.Lift planned = plan.lifts().get(lift);
        Optional<MethodHandle> adapter = generated(signature) && !concurrent(planned)
                ? ExportAdapter.of(
                        signature,
                        memory(planned.options()),
                        handle(planned.core()),
                        planned.options().postReturn().map(this::handle).orElse(null))
                : Optional.empty();
        return adapter.map(LiftedFunction::failing).orElseGet(() -> LiftedFunction.interpreted(signature));
    }

    /** The signature of a type with dynamic values. */
    synchronized Signature dynamicSignature(FunctionType type) {
        return dynamic.computeIfAbsent(type, each -> Signature.of(each, value -> DynamicShapes.of(value, this::kind)));
    }

    /** Who implements a resource type. */
    Shape.ResourceKind kind(ResourceType type) {
        Class<?> host = plan.hostResources().get(type);
        if (host != null) {
            return new Shape.ResourceKind.Host(type, host);
        }
        Plan.Resource guest = plan.resources().get(type);
        if (guest != null) {
            return new Shape.ResourceKind.Guest(type, guest.name(), guest.instance());
        }
        throw new LinkException("nothing implements the resource type `" + type + "`");
    }
}

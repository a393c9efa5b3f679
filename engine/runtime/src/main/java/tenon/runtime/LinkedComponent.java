package tenon.runtime;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import tenon.core.MemoryBudget;
import tenon.runtime.abi.JavaShapes;
import tenon.runtime.abi.Shape;
import tenon.runtime.canon.LiftedFunction;
import tenon.runtime.canon.Signature;
import tenon.runtime.plan.Item;
import tenon.types.LinkException;
import tenon.types.component.FunctionType;
import tenon.types.component.NameMap;
import tenon.types.component.ValueType;

/**
 * A component whose imports are bound and whose code is linked: instances of it are cheap. Thread-safe.
 *
 * <p>Closing it gives back the instances that it keeps at hand; without that they go with it, and when memory is short.
 */
public final class LinkedComponent implements AutoCloseable {
    private static final int DEFAULT_POOL = 1_000;
    private static final MethodHandle LIFTED;

    static {
        try {
            LIFTED = MethodHandles.lookup()
                    .findStatic(
                            LinkedComponent.class,
                            "lifted",
                            MethodType.methodType(LiftedFunction.class, int.class, Instance.class));
        } catch (NoSuchMethodException | IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private final Code code;
    private final Pool pool;
    private final List<Export> exports = new ArrayList<>();
    private final List<ExportedValue> values = new ArrayList<>();
    private final NameMap<Item> byName = new NameMap<>();

    LinkedComponent(Code code, MemoryBudget budget) {
        this.code = code;
        long footprint = code.footprint();
        this.pool = new Pool(DEFAULT_POOL, budget, footprint);
        code.plan().exports().forEach((name, item) -> {
            byName.put(name, item);
            collect("", name, item);
        });
    }

    /**
     * A function that the component exports.
     *
     * @param interfaceName the interface it belongs to, with its version; empty if the world exports it by itself
     */
    public record Export(String interfaceName, String name, FunctionType type) {}

    /**
     * A value that the component exports.
     *
     * @param interfaceName the interface it belongs to, with its version; empty if the world exports it by itself
     */
    public record ExportedValue(String interfaceName, String name, ValueType type) {}

    private void collect(String interfaceName, String name, Item item) {
        switch (item) {
            case Item.Function function -> exports.add(new Export(interfaceName, name, function.type()));
            case Item.Value value -> values.add(new ExportedValue(interfaceName, name, value.type()));
            case Item.Instance instance ->
                instance.exports().forEach((inner, each) -> {
                    if (each instanceof Item.Function || each instanceof Item.Value) {
                        collect(name, inner, each);
                    }
                });
            default -> {}
        }
    }

    /** All functions that the component exports, in the order of the binary. */
    public List<Export> exports() {
        return List.copyOf(exports);
    }

    /** All values that the component exports, in the order of the binary. */
    public List<ExportedValue> values() {
        return List.copyOf(values);
    }

    /** The value that a name stands for; names as {@link #function} takes them. */
    Item.Value requireValue(String interfaceName, String name) {
        return item(interfaceName, name)
                .filter(Item.Value.class::isInstance)
                .map(Item.Value.class::cast)
                .orElseThrow(() -> new LinkException("the component exports no value `"
                        + (interfaceName.isEmpty() ? name : interfaceName + "#" + name) + "`"
                        + ImportBinder.nearest(
                                name, values.stream().map(ExportedValue::name).toList())));
    }

    /**
     * A new instance in a store, which ends with the store; it is in the state that instantiation leaves, whatever the instances
     * before it did.
     *
     * <p>Start functions, those of components too, are run before it returns; where they have asked nobody outside and are over, they are
     * not run again for later instances, which begin with what came of them.
     *
     * @throws tenon.core.Trap if a start function traps, or a memory or table is bigger than the store allows
     * @throws NoRoomException if the host's budget of memory is used up
     */
    public Instance instantiate(Store store) {
        return instantiate(store, Duration.ZERO);
    }

    /** As {@link #instantiate(Store)}, waiting for so long until others have given memory back. */
    public Instance instantiate(Store store, Duration patience) {
        return new Instance(this, pool.take(code, store, patience));
    }

    /** Drops the instances that are kept at hand; those in use go with their stores. Nothing is instantiated any more. */
    @Override
    public void close() {
        pool.close();
        code.close();
    }

    /** Keeps at most so many slots for further instances; each holds the memories of a whole instance. */
    public LinkedComponent withPool(int slots) {
        pool.most(slots);
        return this;
    }

    /**
     * The export {@code name} of the interface, found by name and semver track, or of the world itself if {@code interfaceName} is
     * empty.
     */
    Optional<Item.Function> find(String interfaceName, String name) {
        return item(interfaceName, name).filter(Item.Function.class::isInstance).map(Item.Function.class::cast);
    }

    private Optional<Item> item(String interfaceName, String name) {
        return interfaceName.isEmpty()
                ? byName.find(name)
                : byName.find(interfaceName)
                        .map(item ->
                                item instanceof Item.Instance instance ? instance.exports() : Map.<String, Item>of())
                        .flatMap(items -> Optional.ofNullable(items.get(name)));
    }

    /** Whether the component exports this function; names as {@link #function} takes them. */
    public boolean exports(String interfaceName, String name) {
        return find(interfaceName, name).isPresent();
    }

    /**
     * A typed way to call an exported function of any instance of this component.
     *
     * @param interfaceName with its version, matched by semver track; empty for a function of the world itself
     * @param params the Java types of the parameters, as the package {@code tenon.runtime.value} documents them
     * @param result the Java type of the result; {@code void.class} if there is none
     * @param lookup with the right to look into records and sealed interfaces among them
     * @return a handle of type {@code (Instance, parameters…) → result}, erased
     * @throws LinkException if there is no such function, or its type has another shape
     */
    public MethodHandle function(
            String interfaceName, String name, List<? extends Type> params, Type result, MethodHandles.Lookup lookup) {
        Item.Function function = require(interfaceName, name);
        Signature signature = signature(function.type(), name, params, result, lookup);
        MethodHandle lifted = MethodHandles.insertArguments(LIFTED, 0, lift(function));
        MethodHandle called = MethodHandles.filterArguments(code.export(lift(function), signature), 0, lifted);
        return code.linkage().entering(called).asType(MethodType.methodType(erase(result), erased(params)));
    }

    /**
     * A typed way to begin calls of an exported function, which go on while the host does something else; names and types are as {@link
     * #function} takes them.
     *
     * <p>The handle returns when the guest has returned or is blocked, with a {@link java.util.concurrent.CompletableFuture} of the
     * result, which is null if there is none. It is completed on the thread that uses the store, while that runs guests; {@code join}
     * and {@code get} on that thread run them. {@code cancel} asks the guest to end early.
     *
     * @return a handle of type {@code (Instance, parameters…) → CompletableFuture}, erased
     * @throws LinkException as {@link #function} does
     */
    public MethodHandle starting(
            String interfaceName, String name, List<? extends Type> params, Type result, MethodHandles.Lookup lookup) {
        Item.Function function = require(interfaceName, name);
        Signature signature = signature(function.type(), name, params, result, lookup);
        MethodHandle lifted = MethodHandles.insertArguments(LIFTED, 0, lift(function));
        MethodHandle started = MethodHandles.filterArguments(StartedCall.handle(code.linkage(), signature), 0, lifted);
        return code.linkage().entering(started).asType(MethodType.methodType(CompletableFuture.class, erased(params)));
    }

    private Signature signature(
            FunctionType type, String name, List<? extends Type> params, Type result, MethodHandles.Lookup lookup) {
        if (params.size() != type.params().size() || type.result().isEmpty() != (result == void.class)) {
            throw new LinkException("export `" + name + "` has the type `" + type + "`, asked for were " + params
                    + " -> " + result.getTypeName());
        }
        var maker = new JavaShapes(lookup, code::kind);
        var shapes = new ArrayList<Shape>();
        for (int i = 0; i < params.size(); i++) {
            shapes.add(maker.shape(type.params().get(i).type(), params.get(i)));
        }
        Optional<Shape> resultShape = type.result().map(each -> maker.shape(each, result));
        return Signature.of(type, List.copyOf(shapes), resultShape);
    }

    private static List<Class<?>> erased(List<? extends Type> params) {
        List<Class<?>> erased = new ArrayList<>();
        erased.add(Instance.class);
        params.forEach(param -> erased.add(erase(param)));
        return erased;
    }

    private static Class<?> erase(Type type) {
        return switch (type) {
            case Class<?> plain -> plain;
            case java.lang.reflect.ParameterizedType parameterized -> (Class<?>) parameterized.getRawType();
            default -> Object.class;
        };
    }

    private static LiftedFunction lifted(int lift, Instance instance) {
        return instance.slot().lifted(lift);
    }

    /** The function, or an error that says what there is. */
    Item.Function require(String interfaceName, String name) {
        return find(interfaceName, name)
                .orElseThrow(() -> new LinkException("the component has no export `"
                        + (interfaceName.isEmpty() ? name : interfaceName + "#" + name) + "`"
                        + ImportBinder.nearest(
                                interfaceName.isEmpty() ? name : interfaceName,
                                interfaceName.isEmpty()
                                        ? exports.stream().map(Export::name).toList()
                                        : byName.names())));
    }

    /** The index of a guest's function among the plan's lifts. */
    static int lift(Item.Function function) {
        return switch (function) {
            case Item.Lifted lifted -> lifted.lift();
            case Item.Late _ ->
                throw new LinkException("an export is a late-bound import passed through, which cannot be called yet");
            case Item.Host host ->
                throw new LinkException(
                        "export `" + host.name() + "` is an import passed through, which cannot be called yet");
        };
    }

    Code code() {
        return code;
    }

    Pool pool() {
        return pool;
    }
}

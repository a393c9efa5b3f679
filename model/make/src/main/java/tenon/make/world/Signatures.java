package tenon.make.world;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tenon.types.component.BorrowType;
import tenon.types.component.ComponentType;
import tenon.types.component.ExternType;
import tenon.types.component.Flattening;
import tenon.types.component.FunctionType;
import tenon.types.component.FutureType;
import tenon.types.component.InstanceType;
import tenon.types.component.OwnType;
import tenon.types.component.PointerType;
import tenon.types.component.StreamType;
import tenon.types.component.ValueType;
import tenon.types.core.FuncType;
import tenon.types.core.NumType;
import tenon.wit.Function;
import tenon.wit.PackageGraph;
import tenon.wit.World;
import tenon.wit.component.ComponentTypes;

/** The types of a settled world's functions, as components have them and as core modules do. Immutable. */
public final class Signatures {
    private final PackageGraph graph;
    private final ComponentType world;
    private final PointerType pointer;

    private Signatures(PackageGraph graph, ComponentType world, PointerType pointer) {
        this.graph = graph;
        this.world = world;
        this.pointer = pointer;
    }

    /** Those of {@link JoinedWorld#ID}, for modules whose memory has addresses of this type. */
    public static Signatures of(PackageGraph graph, PointerType pointer) {
        return new Signatures(graph, ComponentTypes.of(graph, JoinedWorld.ID), pointer);
    }

    /** What addresses are. */
    public PointerType pointer() {
        return pointer;
    }

    /** The type of a function that the world imports. */
    public FunctionType imported(World.Key key, Function function) {
        return type(world.imports(), key, function);
    }

    /** The type of a function that the world exports. */
    public FunctionType exported(World.Key key, Function function) {
        return type(world.exports(), key, function);
    }

    private FunctionType type(Map<String, ExternType> items, World.Key key, Function function) {
        ExternType item = items.get(graph.name(key));
        if (item instanceof InstanceType instance) {
            item = instance.exports().get(function.name());
        }
        if (item instanceof FunctionType type) {
            return type;
        }
        throw new AssertionError("no function: " + function.name());
    }

    /** How a module imports a function. */
    public FuncType lowered(FunctionType type, boolean async) {
        return Flattening.lower(type, async, pointer);
    }

    /** How a module exports a function that is lifted in one of the three ways. */
    public FuncType lifted(FunctionType type, Lifting lifting) {
        return Flattening.lift(type, lifting != Lifting.SYNC, lifting == Lifting.ASYNC, pointer);
    }

    /** How a module exports a function that gets back what the function itself gave: nothing else has a result. */
    public FuncType postReturn(FunctionType type) {
        return new FuncType(lifted(type, Lifting.SYNC).results(), List.of());
    }

    /** How a module imports {@code task.return}: the result is its parameter. */
    public FuncType taskReturn(FunctionType type) {
        List<FunctionType.Parameter> params = type.result().stream()
                .map(result -> new FunctionType.Parameter("x", result))
                .toList();
        return lowered(new FunctionType(params, Optional.empty(), false), false);
    }

    /** How a module exports what allocates memory: CanonicalABI.md, {@code realloc}. */
    public FuncType realloc() {
        return new FuncType(Collections.nCopies(4, pointer.type()), List.of(pointer.type()));
    }

    /** How a module imports {@code stream.read} and {@code stream.write}. */
    public FuncType streamCopy() {
        return new FuncType(List.of(NumType.I32, pointer.type(), pointer.type()), List.of(pointer.type()));
    }

    /** How a module imports {@code future.read} and {@code future.write}. */
    public FuncType futureCopy() {
        return new FuncType(List.of(NumType.I32, pointer.type()), List.of(NumType.I32));
    }

    /** How a module imports {@code waitable-set.wait} and {@code waitable-set.poll}. */
    public FuncType waitableSetWait() {
        return futureCopy();
    }

    /** How a module imports {@code error-context.new}. */
    public FuncType errorContextNew() {
        return new FuncType(List.of(pointer.type(), pointer.type()), List.of(NumType.I32));
    }

    /** How a module imports {@code error-context.debug-message}. */
    public FuncType errorContextDebugMessage() {
        return new FuncType(List.of(NumType.I32, pointer.type()), List.of());
    }

    /** Streams and futures in the order of {@link PayloadTypes}. */
    public static List<ValueType> payloads(FunctionType type) {
        var found = new ArrayList<ValueType>();
        type.paramTypes().forEach(each -> find(each, found));
        type.result().ifPresent(each -> find(each, found));
        return found;
    }

    private static void find(ValueType type, List<ValueType> found) {
        if (type instanceof OwnType || type instanceof BorrowType) {
            return;
        }
        type.parts().forEach(part -> find(part, found));
        if (type instanceof StreamType || type instanceof FutureType) {
            found.add(type);
        }
    }

    /** A core function type of numbers in 32 bits alone. */
    public static FuncType i32s(int params, int results) {
        return new FuncType(Collections.nCopies(params, NumType.I32), Collections.nCopies(results, NumType.I32));
    }
}

package tenon.runtime.plan;

import java.util.Optional;
import tenon.component.Canon;
import tenon.component.CanonicalOptions.StringEncoding;
import tenon.types.component.FunctionType;
import tenon.types.component.ResourceType;
import tenon.types.component.ValueType;
import tenon.types.core.FuncType;

/** A core function of the plan. Immutable. */
public sealed interface Callee {

    /** The export {@code name} of the core instance that step {@code core} makes. */
    record CoreExport(int core, String name) implements Callee {}

    /** The function that adapter {@code index} makes. */
    record Adapted(int index) implements Callee {}

    /** A core function that the Canonical ABI makes; {@code instance} is the component instance it belongs to. */
    sealed interface Adapter {
        /** The component instance that calls it. */
        int instance();
    }

    /** {@code canon lower}. */
    record Lowering(Item.Function callee, Options options, int instance) implements Adapter {}

    /** {@code canon resource.new}. */
    record ResourceNew(ResourceType resource, int instance) implements Adapter {}

    /** {@code canon resource.drop}. */
    record ResourceDrop(ResourceType resource, int instance) implements Adapter {}

    /** {@code canon resource.rep}. */
    record ResourceRep(ResourceType resource, int instance) implements Adapter {}

    /**
     * Any other built-in.
     *
     * @param element the type of what a stream or future carries
     * @param result the type that {@code task.return} was made with
     * @param start the type of the functions that {@code thread.new-indirect} starts
     * @param table where it finds them
     */
    record Builtin(
            Canon canon,
            Options options,
            Optional<ValueType> element,
            Optional<ValueType> result,
            Optional<FuncType> start,
            Optional<Item.CoreExport> table,
            int instance)
            implements Adapter {}

    /** Canonical options with their indices followed. */
    record Options(
            StringEncoding encoding,
            Optional<Item.CoreExport> memory,
            Optional<Callee> realloc,
            Optional<Callee> postReturn,
            boolean async,
            Optional<Callee> callback) {}

    /** {@code canon lift}. */
    record Lift(Callee core, Options options, FunctionType type, int instance) {}
}

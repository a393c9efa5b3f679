package tenon.runtime.plan;

import java.util.List;
import java.util.Optional;

/** Something that instantiation does. Immutable; values are indices of {@link Plan#values}. */
public sealed interface Step {

    /** Makes a core instance, by its index in {@link Plan#cores}. */
    record MakeCore(int core) implements Step {}

    /**
     * Calls a start function: Explainer.md, "Start Definitions".
     *
     * @param result the value that the result becomes
     */
    record Start(Item.Function function, List<Integer> arguments, Optional<Item.Value> result) implements Step {
        public Start {
            arguments = List.copyOf(arguments);
        }
    }

    /** Requires that what meets the import {@code name} is equal to the value that its type says. */
    record RequireEqual(int found, int expected, String name) implements Step {}
}

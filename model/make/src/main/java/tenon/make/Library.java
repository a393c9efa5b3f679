package tenon.make;

import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import tenon.component.Sort;

/**
 * How a library gets its imports, told by who links it.
 *
 * @param arguments by first name of an import
 */
public record Library(SequencedMap<String, Source> arguments) {

    /** What meets the imports of one first name. */
    public sealed interface Source {
        /** All exports of another module. */
        record Whole(ModuleRef from) implements Source {}

        /** Some exports of other modules; what is not among them is looked for elsewhere. */
        record Items(List<Item> items) implements Source {
            public Items {
                items = List.copyOf(items);
            }
        }
    }

    /** Export {@code name} of a module, imported as {@code alias}. */
    public record Item(String alias, ModuleRef from, String name, Sort sort) {}

    /** What meets the imports of a first name. */
    public Optional<Source> source(String module) {
        return Optional.ofNullable(arguments.get(module));
    }
}

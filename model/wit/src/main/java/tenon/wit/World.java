package tenon.wit;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * A world: WIT.md, "WIT Worlds".
 *
 * @param imports with all that they stand on, in an order in which each is defined before it is used
 * @param exports likewise
 */
public record World(
        String name,
        PackageId owner,
        SequencedMap<Key, Item> imports,
        SequencedMap<Key, Item> exports,
        Remarks remarks) {

    /** What an import or export is called by. */
    public sealed interface Key {
        /** A plain name. */
        record Plain(String name) implements Key {}

        /** The name of an interface. */
        record OfInterface(InterfaceId id) implements Key {}
    }

    /** What is imported or exported. */
    public sealed interface Item {
        /** {@code remarks} are those of the import or export, not those of the interface. */
        record OfInterface(InterfaceId id, Remarks remarks) implements Item {}

        record OfFunction(Function function) implements Item {}

        record OfType(TypeId id) implements Item {}

        /** The word for it in messages. */
        default String word() {
            return switch (this) {
                case OfInterface _ -> "interface";
                case OfFunction _ -> "func";
                case OfType _ -> "type";
            };
        }
    }

    public World {
        imports = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(imports));
        exports = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(exports));
    }

    /** The same with other imports and exports. */
    public World with(SequencedMap<Key, Item> otherImports, SequencedMap<Key, Item> otherExports) {
        return new World(name, owner, otherImports, otherExports, remarks);
    }

    /** The import of this plain name. */
    public Optional<Item> imported(String plainName) {
        return Optional.ofNullable(imports.get(new Key.Plain(plainName)));
    }
}

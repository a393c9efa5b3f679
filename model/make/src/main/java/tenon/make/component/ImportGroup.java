package tenon.make.component;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import tenon.component.ExternalName.Attributes;
import tenon.wit.InterfaceId;

/**
 * The functions that a component imports from one interface, or from the world itself.
 *
 * @param id the interface; empty for the world itself
 */
record ImportGroup(Optional<InterfaceId> id, Attributes attributes, SequencedMap<Use, Lowering> lowerings) {

    /** A function, or {@code resource.drop} of a resource, and whether it is lowered in the async way. */
    record Use(String name, boolean async, boolean drop) {
        static Use of(String name, boolean async) {
            return new Use(name, async, false);
        }

        static Use drop(String resource) {
            return new Use(resource, false, true);
        }
    }

    static ImportGroup of(Optional<InterfaceId> id, Attributes attributes) {
        return new ImportGroup(id, attributes, new LinkedHashMap<>());
    }

    boolean uses(String function) {
        return lowerings.containsKey(Use.of(function, false)) || lowerings.containsKey(Use.of(function, true));
    }
}

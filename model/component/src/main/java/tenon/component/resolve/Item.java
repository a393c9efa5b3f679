package tenon.component.resolve;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import tenon.component.Component;
import tenon.component.CoreModule;
import tenon.component.Sort;
import tenon.types.component.ComponentType;
import tenon.types.component.CoreModuleType;
import tenon.types.component.DefinedType;
import tenon.types.component.FunctionType;
import tenon.types.component.ValueType;

/** What an index or a name stands for in one place of instantiation, as far as it is known before anything runs. */
public sealed interface Item {

    /** What index space it belongs to. */
    default Sort sort() {
        return switch (this) {
            case Func _ -> Sort.FUNC;
            case Value _ -> Sort.VALUE;
            case Type _ -> Sort.TYPE;
            case Instance _ -> Sort.INSTANCE;
            case DefinedComponent _, ImportedComponent _ -> Sort.COMPONENT;
            case DefinedModule _, ImportedModule _ -> Sort.CORE_MODULE;
        };
    }

    /** A component function. */
    record Func(FunctionType type) implements Item {}

    /** A value. */
    record Value(ValueType type) implements Item {}

    /** A type. */
    record Type(DefinedType type) implements Item {}

    /**
     * An instance.
     *
     * @param exports what can be aliased out of it
     * @param inside the index spaces of the component that is instantiated; empty if the instance is imported or tied up from
     *     exports
     */
    record Instance(SequencedMap<String, Item> exports, Optional<IndexSpaces> inside) implements Item {
        public Instance {
            exports = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(exports));
        }
    }

    /** A component whose definition is there; {@code outer} is the scope that its outer aliases reach first. */
    record DefinedComponent(Component component, IndexSpaces outer) implements Item {}

    /** A component that the outermost component imports. */
    record ImportedComponent(ComponentType type) implements Item {}

    /** A core module whose definition is there. */
    record DefinedModule(CoreModule module) implements Item {}

    /** A core module that the outermost component imports. */
    record ImportedModule(CoreModuleType type) implements Item {}
}

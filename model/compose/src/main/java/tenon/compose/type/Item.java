package tenon.compose.type;

import tenon.component.Sort;

/** Something that is imported, exported or passed along, by its type. */
public sealed interface Item {

    record Function(FunctionType type) implements Item {}

    record Instance(InterfaceType type) implements Item {}

    record Component(WorldType type) implements Item {}

    record Module(ModuleType type) implements Item {}

    record Value(ValueType type) implements Item {}

    /** A type itself. */
    record OfType(Type type) implements Item {}

    /** The type of the item; of a type the type itself. */
    Type type();

    /** What index space it belongs to. */
    default Sort sort() {
        return switch (this) {
            case Function _ -> Sort.FUNC;
            case Instance _ -> Sort.INSTANCE;
            case Component _ -> Sort.COMPONENT;
            case Module _ -> Sort.CORE_MODULE;
            case Value _ -> Sort.VALUE;
            case OfType _ -> Sort.TYPE;
        };
    }

    /** How messages call it. */
    default String word() {
        return switch (this) {
            case Function _ -> "function";
            case Instance _ -> "instance";
            case Component _ -> "component";
            case Module _ -> "module";
            case Value _ -> "value";
            case OfType(Type type) -> type.word();
        };
    }

    /** A type of functions, interfaces, worlds or modules as an item of that type; other items as they are. */
    default Item promoted() {
        return this instanceof OfType(Type type)
                ? switch (type) {
                    case FunctionType function -> new Function(function);
                    case InterfaceType face -> new Instance(face);
                    case WorldType world -> new Component(world);
                    case ModuleType module -> new Module(module);
                    case ValueType _, ResourceType _ -> this;
                }
                : this;
    }
}

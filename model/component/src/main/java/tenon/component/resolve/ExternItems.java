package tenon.component.resolve;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import tenon.types.InvalidException;
import tenon.types.component.ComponentType;
import tenon.types.component.CoreModuleType;
import tenon.types.component.ExternType;
import tenon.types.component.FunctionType;
import tenon.types.component.InstanceType;
import tenon.types.component.TypeExtern;
import tenon.types.component.ValueExtern;

/** Between what is declared, {@link ExternType}, and what an index stands for, {@link Item}. */
final class ExternItems {
    private ExternItems() {}

    /** The item that an import or declared export of this type makes. */
    static Item item(ExternType type, Complexity complexity, long offset) {
        complexity.spend(1, offset);
        return switch (type) {
            case FunctionType function -> new Item.Func(function);
            case InstanceType instance ->
                new Item.Instance(items(instance.exports(), complexity, offset), Optional.empty());
            case ComponentType component -> new Item.ImportedComponent(component);
            case CoreModuleType module -> new Item.ImportedModule(module);
            case TypeExtern defined -> new Item.Type(defined.type());
            case ValueExtern value -> new Item.Value(value.type());
        };
    }

    static SequencedMap<String, Item> items(
            SequencedMap<String, ExternType> externs, Complexity complexity, long offset) {
        var items = new LinkedHashMap<String, Item>();
        externs.forEach((name, type) -> items.put(name, item(type, complexity, offset)));
        return items;
    }

    /** The type of an item; {@code resolution} finds that of components. */
    static ExternType type(Item item, Resolution resolution, long offset) {
        return type(item, resolution, offset, 0);
    }

    static SequencedMap<String, ExternType> types(
            SequencedMap<String, Item> items, Resolution resolution, long offset) {
        return types(items, resolution, offset, 0);
    }

    private static ExternType type(Item item, Resolution resolution, long offset, int depth) {
        if (depth > Complexity.MAX_TYPE_DEPTH) {
            throw new InvalidException(
                    offset, "instances are nested too deep, expected at most " + Complexity.MAX_TYPE_DEPTH + " levels");
        }
        resolution.complexity().spend(1, offset);
        return switch (item) {
            case Item.Func function -> function.type();
            case Item.Value value -> new ValueExtern(value.type());
            case Item.Type type -> new TypeExtern(type.type());
            case Item.Instance instance ->
                new InstanceType(List.of(), types(instance.exports(), resolution, offset, depth + 1));
            case Item.DefinedComponent component -> resolution.typeOf(component, offset);
            case Item.ImportedComponent component -> component.type();
            case Item.DefinedModule module -> CoreResolver.typeOf(module.module());
            case Item.ImportedModule module -> module.type();
        };
    }

    private static SequencedMap<String, ExternType> types(
            SequencedMap<String, Item> items, Resolution resolution, long offset, int depth) {
        var types = new LinkedHashMap<String, ExternType>();
        items.forEach((name, item) -> types.put(name, type(item, resolution, offset, depth)));
        return types;
    }
}

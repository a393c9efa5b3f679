package tenon.compose.type;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tenon.component.TypeExpression;
import tenon.types.core.SubType;

/** The index spaces of a component, or of a component or instance type, that is being read. Confined to one run. */
final class Level {
    private final Optional<Level> outer;
    final List<Entry> types = new ArrayList<>();
    final List<InterfaceType> instances = new ArrayList<>();
    final List<FunctionType> functions = new ArrayList<>();
    final List<ModuleType> modules = new ArrayList<>();
    final List<ComponentEntry> components = new ArrayList<>();
    final List<ValueType> values = new ArrayList<>();
    final List<CoreEntry> coreTypes = new ArrayList<>();

    Level(Optional<Level> outer) {
        this.outer = outer;
    }

    /** The level that lies {@code count} levels outwards. */
    Level outwards(int count) {
        Level level = this;
        for (int i = 0; i < count; i++) {
            level = level.outer.orElseThrow();
        }
        return level;
    }

    /** What a type index stands for. */
    sealed interface Entry {}

    /** A type that is there. */
    record Known(Type type) implements Entry {}

    /** An instance or component type as written: it makes resource types of its own each time that it is used. */
    record Written(TypeExpression expression, Level level) implements Entry {}

    /** What a component index stands for. */
    sealed interface ComponentEntry {}

    record Typed(WorldType type) implements ComponentEntry {}

    record Nested(tenon.component.Component component, Level level) implements ComponentEntry {}

    /** What a core type index stands for. */
    sealed interface CoreEntry {}

    record OfFunction(SubType type) implements CoreEntry {}

    record OfModule(ModuleType type) implements CoreEntry {}

    /** Adds an item to the index space of its sort. */
    void add(Item item) {
        switch (item) {
            case Item.Function(FunctionType type) -> functions.add(type);
            case Item.Instance(InterfaceType type) -> instances.add(type);
            case Item.Component(WorldType type) -> components.add(new Typed(type));
            case Item.Module(ModuleType type) -> modules.add(type);
            case Item.Value(ValueType type) -> values.add(type);
            case Item.OfType(Type type) -> types.add(new Known(type));
        }
    }
}

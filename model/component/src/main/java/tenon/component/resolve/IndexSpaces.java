package tenon.component.resolve;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import tenon.component.Component;
import tenon.component.ComponentFeature;
import tenon.component.ComponentFeatures;
import tenon.component.Gates;
import tenon.component.Sort;
import tenon.component.SortIndex;
import tenon.component.TypeExpression;
import tenon.types.InvalidException;
import tenon.types.component.CoreModuleType;
import tenon.types.component.DefinedType;
import tenon.types.component.FunctionType;
import tenon.types.component.ResourceType;
import tenon.types.component.ValueType;
import tenon.types.core.FuncType;
import tenon.types.core.SubType;
import tenon.types.core.TypeIdentity;

/**
 * The index spaces of one component in one place of instantiation, or of one component or instance type: Explainer.md, "Index Spaces".
 * Entries stand in the order in which the definitions add them, so whoever walks over {@link Component#definitions()} and counts finds
 * the type of each. Resource types are the actual ones of the place: an import has the argument's, a definition has one of its own.
 * Complete, and immutable from then on, when {@link Resolution} hands it out.
 */
public final class IndexSpaces {
    private final Optional<Component> component;
    private final Optional<IndexSpaces> outer;

    /** A core type: of a module's own kind, or a module type. */
    sealed interface CoreType {
        record Defined(SubType type, TypeIdentity identity) implements CoreType {}

        record OfModule(CoreModuleType type) implements CoreType {}
    }

    final Space<CoreItem.Func> coreFunctions = new Space<>();
    final Space<CoreItem.Table> coreTables = new Space<>();
    final Space<CoreItem.Memory> coreMemories = new Space<>();
    final Space<CoreItem.Global> coreGlobals = new Space<>();
    final Space<CoreItem.Tag> coreTags = new Space<>();
    final Space<CoreType> coreTypes = new Space<>();
    final Space<Item> coreModules = new Space<>();
    final Space<CoreItem.Exports> coreInstances = new Space<>();
    final Space<Item.Func> functions = new Space<>();
    final Space<Item.Value> values = new Space<>();
    final Space<Item.Type> types = new Space<>();
    final Space<Item> components = new Space<>();
    final Space<Item.Instance> instances = new Space<>();

    final Map<ResourceType, TypeExpression.ResourceOf> ownResources = new HashMap<>();
    /** How big the types of outer scopes are together that this one has aliases of. */
    long aliased;

    final SequencedMap<String, Item> imports = new LinkedHashMap<>();
    final SequencedMap<String, Item> exports = new LinkedHashMap<>();

    /** The spaces of {@code component}, or of a type if that is empty. */
    IndexSpaces(Optional<Component> component, Optional<IndexSpaces> outer) {
        this.component = component;
        this.outer = outer;
    }

    /** The component; empty for the spaces of a component or instance type. */
    public Optional<Component> component() {
        return component;
    }

    /** The scope around this one. */
    public Optional<IndexSpaces> outer() {
        return outer;
    }

    /** The imports by name, in order. */
    public SequencedMap<String, Item> imports() {
        return Collections.unmodifiableSequencedMap(imports);
    }

    /** The exports by name, in order. */
    public SequencedMap<String, Item> exports() {
        return Collections.unmodifiableSequencedMap(exports);
    }

    /** The resource types that the component itself defines here; no other may use {@code resource.new} and {@code resource.rep}. */
    public Map<ResourceType, TypeExpression.ResourceOf> ownResources() {
        return Collections.unmodifiableMap(ownResources);
    }

    /** The type of entry {@code index} of {@link Sort#FUNC}. */
    public FunctionType functionType(int index) {
        return functions.get(index).type();
    }

    /** Entry {@code index} of {@link Sort#TYPE}. */
    public DefinedType type(int index) {
        return types.get(index).type();
    }

    /** Entry {@code index} of {@link Sort#TYPE}, which is a resource type. */
    public ResourceType resourceType(int index) {
        return (ResourceType) types.get(index).type();
    }

    /** Entry {@code index} of {@link Sort#TYPE}, which is a function type. */
    public FunctionType typeOfFunctions(int index) {
        return (FunctionType) types.get(index).type();
    }

    /** Entry {@code index} of {@link Sort#INSTANCE}. */
    public Item.Instance instance(int index) {
        return instances.get(index);
    }

    /** Entry {@code index} of {@link Sort#COMPONENT}: {@link Item.DefinedComponent} or {@link Item.ImportedComponent}. */
    public Item component(int index) {
        return components.get(index);
    }

    /** Entry {@code index} of {@link Sort#CORE_MODULE}: {@link Item.DefinedModule} or {@link Item.ImportedModule}. */
    public Item coreModule(int index) {
        return coreModules.get(index);
    }

    /** Entry {@code index} of {@link Sort#CORE_INSTANCE}. */
    public CoreItem.Exports coreInstance(int index) {
        return coreInstances.get(index);
    }

    /** The type of entry {@code index} of {@link Sort#CORE_FUNC}. */
    public FuncType coreFunctionType(int index) {
        return coreFunctions.get(index).type();
    }

    /** The value type of a reference as written in this scope. */
    public ValueType valueType(TypeExpression.ValueReference reference) {
        return switch (reference) {
            case TypeExpression.Primitive primitive -> primitive.type();
            case TypeExpression.TypeIndex index -> (ValueType) type(index.index());
        };
    }

    /** The features that the component around this scope may use. */
    ComponentFeatures features() {
        return component
                .map(Component::features)
                .or(() -> outer.map(IndexSpaces::features))
                .orElse(ComponentFeatures.DEFAULT);
    }

    /** Requires a feature for {@code what}. */
    void require(ComponentFeature feature, long offset, String what) {
        if (!features().has(feature)) {
            throw Gates.required(feature, offset, what);
        }
    }

    /** The scope that lies {@code count} scopes outwards. */
    IndexSpaces scope(int count, long offset) {
        IndexSpaces scope = this;
        for (int i = 0; i < count; i++) {
            if (scope.outer.isEmpty()) {
                throw new InvalidException(
                        offset, "invalid outer alias count of " + count + ", there are " + i + " scopes");
            }
            scope = scope.outer.get();
        }
        return scope;
    }

    /** Entry {@code index} of {@code space}; {@code what} is the word for it in messages. */
    static <T> T at(Space<T> space, int index, Object what, long offset) {
        return space.at(index, what, offset);
    }

    /** Entry {@code index} of {@code space}, of which all entries are known. */
    static <T> T at(List<T> space, int index, Object what, long offset) {
        if (index < 0 || index >= space.size()) {
            throw new InvalidException(
                    offset,
                    "unknown " + what + " " + index + ": " + what + " index out of bounds, there are " + space.size());
        }
        return space.get(index);
    }

    /** The index space of a sort. */
    Space<?> space(Sort sort) {
        return switch (sort) {
            case CORE_FUNC -> coreFunctions;
            case CORE_TABLE -> coreTables;
            case CORE_MEMORY -> coreMemories;
            case CORE_GLOBAL -> coreGlobals;
            case CORE_TAG -> coreTags;
            case CORE_TYPE -> coreTypes;
            case CORE_MODULE -> coreModules;
            case CORE_INSTANCE -> coreInstances;
            case FUNC -> functions;
            case VALUE -> values;
            case TYPE -> types;
            case COMPONENT -> components;
            case INSTANCE -> instances;
        };
    }

    /** Any entry of a component-level index space, core modules included. */
    Item item(SortIndex item, long offset) {
        Space<? extends Item> space = switch (item.sort()) {
            case FUNC -> functions;
            case VALUE -> values;
            case TYPE -> types;
            case COMPONENT -> components;
            case INSTANCE -> instances;
            case CORE_MODULE -> coreModules;
            case CORE_FUNC, CORE_TABLE, CORE_MEMORY, CORE_GLOBAL, CORE_TAG, CORE_TYPE, CORE_INSTANCE ->
                throw new InvalidException(offset, "expected a component-level item, found " + item);
        };
        return at(space, item.index(), item.sort(), offset);
    }

    /** Any entry of a core index space that an instance can export. */
    CoreItem coreItem(SortIndex item, long offset) {
        Space<? extends CoreItem> space = switch (item.sort()) {
            case CORE_FUNC -> coreFunctions;
            case CORE_TABLE -> coreTables;
            case CORE_MEMORY -> coreMemories;
            case CORE_GLOBAL -> coreGlobals;
            case CORE_TAG -> coreTags;
            case CORE_TYPE, CORE_MODULE, CORE_INSTANCE, FUNC, VALUE, TYPE, COMPONENT, INSTANCE ->
                throw new InvalidException(offset, "expected a core func, table, memory, global or tag, found " + item);
        };
        return at(space, item.index(), item.sort(), offset);
    }

    void add(Item item) {
        switch (item) {
            case Item.Func function -> functions.add(function);
            case Item.Value value -> values.add(value);
            case Item.Type type -> types.add(type);
            case Item.Instance instance -> instances.add(instance);
            case Item.DefinedComponent defined -> components.add(defined);
            case Item.ImportedComponent imported -> components.add(imported);
            case Item.DefinedModule defined -> coreModules.add(defined);
            case Item.ImportedModule imported -> coreModules.add(imported);
        }
    }

    void add(CoreItem item) {
        switch (item) {
            case CoreItem.Func function -> coreFunctions.add(function);
            case CoreItem.Table table -> coreTables.add(table);
            case CoreItem.Memory memory -> coreMemories.add(memory);
            case CoreItem.Global global -> coreGlobals.add(global);
            case CoreItem.Tag tag -> coreTags.add(tag);
        }
    }
}

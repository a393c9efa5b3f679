package tenon.compose.type;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import tenon.component.Alias;
import tenon.component.Canon;
import tenon.component.Component;
import tenon.component.ComponentInstance;
import tenon.component.CoreInstance;
import tenon.component.CoreModule;
import tenon.component.CoreTypeDefinition;
import tenon.component.Definition;
import tenon.component.Export;
import tenon.component.ExternDescription;
import tenon.component.ExternalName;
import tenon.component.ExternalName.Attributes;
import tenon.component.Import;
import tenon.component.NestedComponent;
import tenon.component.SortIndex;
import tenon.component.Start;
import tenon.component.TypeDefinition;
import tenon.component.ValueDefinition;
import tenon.component.resolve.CoreResolver;

/**
 * Reads the world of a component. Components inside are followed through their instantiations, so that exported types are known to be
 * those that are imported or defined. Confined to one run.
 */
public final class ComponentReader {
    private final DeclarationReader declarations = new DeclarationReader();

    private ComponentReader() {}

    /**
     * The world of a component.
     *
     * @throws tenon.types.InvalidException with the offset of what is invalid or too complex
     */
    public static WorldType world(Component component) {
        // the reader counts on a component that is valid
        tenon.component.world.World.of(component);
        var world = new WorldType(Optional.empty());
        var reader = new ComponentReader();
        reader.read(component, new Level(Optional.empty()), Map.of(), world.imports(), world.exports());
        component.imports().forEach(each -> note(each.name(), world.importAttributes()));
        component.exports().forEach(each -> note(each.name(), world.exportAttributes()));
        return world;
    }

    /** Keeps what is said about an import or export. */
    static void note(ExternalName name, Map<String, Attributes> attributes) {
        if (!name.attributes().equals(Attributes.NONE)) {
            attributes.put(name.text(), name.attributes());
        }
    }

    /** The interfaces and worlds that a WIT package holds in binary form, by name; empty for other components. */
    public static SequencedMap<String, Type> definitions(WorldType world) {
        var definitions = new LinkedHashMap<String, Type>();
        world.exports().forEach((name, item) -> {
            if (item instanceof Item.OfType(WorldType wrapper)
                    && wrapper.exports().size() == 1) {
                var only = wrapper.exports().firstEntry();
                if (isInterfaceName(only.getKey())) {
                    switch (only.getValue()) {
                        case Item.Instance(InterfaceType face) -> definitions.put(name, face);
                        case Item.Component(WorldType inner) -> definitions.put(name, inner);
                        case Item.Function _, Item.Module _, Item.Value _, Item.OfType _ -> {}
                    }
                }
            }
        });
        return definitions;
    }

    private static boolean isInterfaceName(String name) {
        return name.indexOf(':') > 0;
    }

    private void read(
            Component component,
            Level level,
            Map<String, Item> arguments,
            SequencedMap<String, Item> imports,
            SequencedMap<String, Item> exports) {
        for (Definition definition : component.definitions()) {
            declarations.count(definition.offset());
            switch (definition) {
                case CoreModule module -> level.modules.add(new ModuleType(CoreResolver.typeOf(module)));
                case CoreInstance _ -> {}
                case CoreTypeDefinition type -> declarations.coreType(level, type);
                case NestedComponent nested -> level.components.add(new Level.Nested(nested.component(), level));
                case ComponentInstance instance -> level.instances.add(instance(level, instance));
                case Alias alias -> declarations.alias(level, alias);
                case TypeDefinition type -> declarations.define(level, type.expression());
                case Canon.Lift lift -> level.functions.add(DeclarationReader.function(level, lift.type()));
                case Canon _, Start _ -> {}
                case Import each -> {
                    String name = each.name().text();
                    Item item = Optional.ofNullable(arguments.get(name))
                            .orElseGet(() -> declarations.extern(level, name, each.type(), Optional.empty()));
                    imports.put(name, item);
                    level.add(item);
                }
                case Export each -> {
                    Item item = exported(each, level);
                    exports.put(each.name().text(), item);
                    level.add(item);
                }
                case ValueDefinition value -> level.values.add(DeclarationReader.value(level, value.type()));
            }
        }
    }

    private InterfaceType instance(Level level, ComponentInstance instance) {
        var face = new InterfaceType(Optional.empty());
        switch (instance) {
            case ComponentInstance.FromExports made ->
                made.exports().forEach(each -> face.exports().put(each.name().text(), item(level, each.item())));
            case ComponentInstance.Instantiate made -> {
                switch (level.components.get(made.component())) {
                    case Level.Typed(WorldType type) -> face.exports().putAll(type.exports());
                    case Level.Nested(Component component, Level outer) -> {
                        var arguments = new HashMap<String, Item>();
                        made.arguments().forEach(each -> arguments.put(each.name(), item(level, each.item())));
                        read(
                                component,
                                new Level(Optional.of(outer)),
                                arguments,
                                new LinkedHashMap<>(),
                                face.exports());
                    }
                }
            }
        }
        return face;
    }

    /** What an export shows, under its name: types and instances become things of their own. */
    private Item exported(Export each, Level level) {
        String name = each.name().text();
        Item item = item(level, each.item());
        Optional<Item> declared =
                each.ascription().map(type -> declarations.extern(level, name, type, Optional.empty()));
        return switch (item) {
            case Item.Function _, Item.Component _, Item.Module _, Item.Value _ -> declared.orElse(item);
            case Item.OfType(Type type) ->
                // another resource type of its own would not be the one that is exported
                each.ascription().orElse(null) instanceof ExternDescription.TypeEqual
                        ? declared.orElse(item)
                        : new Item.OfType(declarations.owners().equalTo(type, name, Optional.empty()));
            case Item.Instance(InterfaceType face) -> new Item.Instance(named(name, face, declared));
        };
    }

    private InterfaceType named(String name, InterfaceType face, Optional<Item> declared) {
        var named = new InterfaceType(DeclarationReader.id(name));
        face.exports().forEach((label, item) -> {
            boolean shown = !(declared.orElse(null) instanceof Item.Instance(InterfaceType visible))
                    || visible.exports().containsKey(label);
            if (shown) {
                named.exports().put(label, item);
                if (item instanceof Item.OfType(Type type)) {
                    declarations.owners().export(named, label, type, type);
                }
            }
        });
        return named;
    }

    private Item item(Level level, SortIndex index) {
        int at = index.index();
        return switch (index.sort()) {
            case FUNC -> new Item.Function(level.functions.get(at));
            case VALUE -> new Item.Value(level.values.get(at));
            case INSTANCE -> new Item.Instance(level.instances.get(at));
            case CORE_MODULE -> new Item.Module(level.modules.get(at));
            case TYPE -> new Item.OfType(declarations.type(level.types.get(at)));
            case COMPONENT ->
                switch (level.components.get(at)) {
                    case Level.Typed(WorldType type) -> new Item.Component(type);
                    case Level.Nested(Component component, Level outer) -> {
                        var world = new WorldType(Optional.empty());
                        read(component, new Level(Optional.of(outer)), Map.of(), world.imports(), world.exports());
                        yield new Item.Component(world);
                    }
                };
            case CORE_FUNC, CORE_TABLE, CORE_MEMORY, CORE_GLOBAL, CORE_TAG, CORE_TYPE, CORE_INSTANCE ->
                throw new AssertionError("no argument of a component: " + index);
        };
    }
}

package tenon.wit.binary;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
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
import tenon.component.Declaration;
import tenon.component.Definition;
import tenon.component.Export;
import tenon.component.ExportDeclaration;
import tenon.component.ExternDescription;
import tenon.component.ExternalName;
import tenon.component.Import;
import tenon.component.NestedComponent;
import tenon.component.Sort;
import tenon.component.SortIndex;
import tenon.component.Start;
import tenon.component.TypeDefinition;
import tenon.component.TypeExpression;
import tenon.component.ValueDefinition;
import tenon.wit.binary.DecodedItem.Named;

/**
 * One component, component type or instance type in one place: its index spaces, and what it imports and exports. What it is made of was
 * found valid before. Confined to one run.
 */
final class DecodedLevel {
    private final Optional<DecodedLevel> outer;

    /** What meets imports, by name; others stand for themselves. */
    private final Map<String, DecodedItem> given;

    private final Map<Sort, List<DecodedItem>> spaces = new HashMap<>();
    private final SequencedMap<String, Named> imports = new LinkedHashMap<>();
    private final SequencedMap<String, Named> exports = new LinkedHashMap<>();

    private DecodedLevel(Optional<DecodedLevel> outer, Map<String, DecodedItem> given) {
        this.outer = outer;
        this.given = given;
    }

    /** A component that nothing instantiates. */
    static DecodedLevel of(Component component) {
        var level = new DecodedLevel(Optional.empty(), Map.of());
        component.definitions().forEach(level::define);
        return level;
    }

    /** A component type or an instance type; {@code given} meets imports. */
    static DecodedLevel of(DecodedType type, Map<String, DecodedItem> given) {
        var level = new DecodedLevel(Optional.of(type.level()), given);
        declarations(type).forEach(level::declare);
        return level;
    }

    private static List<Declaration> declarations(DecodedType type) {
        if (type.expression() instanceof TypeExpression.ComponentOf(List<Declaration> declarations)) {
            return declarations;
        }
        if (type.expression() instanceof TypeExpression.InstanceOf(List<Declaration> declarations)) {
            return declarations;
        }
        throw new AssertionError("neither a component nor an instance: " + type.expression());
    }

    SequencedMap<String, Named> imports() {
        return imports;
    }

    SequencedMap<String, Named> exports() {
        return exports;
    }

    /** The type of this index. */
    DecodedType type(int index) {
        if (item(Sort.TYPE, index) instanceof DecodedItem.OfType(DecodedType type)) {
            return type;
        }
        throw new AssertionError("no type");
    }

    private DecodedItem item(Sort sort, int index) {
        return space(sort).get(index);
    }

    private DecodedItem item(SortIndex at) {
        return isFollowed(at.sort()) ? item(at.sort(), at.index()) : new DecodedItem.Other(at.sort());
    }

    /** Other index spaces are not kept. */
    private static boolean isFollowed(Sort sort) {
        return switch (sort) {
            case FUNC, TYPE, COMPONENT, INSTANCE -> true;
            case CORE_FUNC,
                    CORE_TABLE,
                    CORE_MEMORY,
                    CORE_GLOBAL,
                    CORE_TAG,
                    CORE_TYPE,
                    CORE_MODULE,
                    CORE_INSTANCE,
                    VALUE -> false;
        };
    }

    private List<DecodedItem> space(Sort sort) {
        return spaces.computeIfAbsent(sort, _ -> new ArrayList<>());
    }

    private void add(DecodedItem item) {
        if (isFollowed(item.sort())) {
            space(item.sort()).add(item);
        }
    }

    private void declare(Declaration declaration) {
        switch (declaration) {
            case TypeDefinition type -> add(type);
            case Alias alias -> add(alias);
            case Import each -> add(each);
            case ExportDeclaration each -> export(each.name(), describe(each.type()));
            case CoreTypeDefinition _ -> {}
        }
    }

    private void define(Definition definition) {
        switch (definition) {
            case TypeDefinition type -> add(type);
            case Alias alias -> add(alias);
            case Import each -> add(each);
            case Export each ->
                export(each.name(), each.ascription().map(this::describe).orElseGet(() -> again(item(each.item()))));
            case NestedComponent nested -> add(new DecodedItem.OfComponent(nested.component(), this));
            case ComponentInstance.Instantiate instance -> add(instantiate(instance));
            case ComponentInstance.FromExports instance -> add(tie(instance));
            case Canon.Lift lift -> add(new DecodedItem.OfFunction(type(lift.type())));
            case Canon _, CoreModule _, CoreInstance _, CoreTypeDefinition _, Start _, ValueDefinition _ -> {}
        }
    }

    private void add(TypeDefinition type) {
        add(new DecodedItem.OfType(DecodedType.of(type.expression(), this)));
    }

    private void add(Alias alias) {
        if (!isFollowed(alias.sort())) {
            return;
        }
        switch (alias) {
            case Alias.Outer each -> {
                DecodedLevel from = this;
                for (int i = 0; i < each.count(); i++) {
                    from = from.outer.orElseThrow();
                }
                add(from.item(each.sort(), each.index()));
            }
            case Alias.InstanceExport each -> {
                Named found = exports(item(Sort.INSTANCE, each.instance())).get(each.name());
                assert found != null : each;
                add(found.item());
            }
            case Alias.CoreInstanceExport _ -> {}
        }
    }

    private static SequencedMap<String, Named> exports(DecodedItem item) {
        if (item instanceof DecodedItem.OfInstance(SequencedMap<String, Named> exports)) {
            return exports;
        }
        throw new AssertionError("no instance");
    }

    private void add(Import each) {
        DecodedItem known = given.get(each.name().text());
        DecodedItem item = known != null ? known : describe(each.type());
        imports.put(each.name().text(), new Named(each.name(), item));
        add(item);
    }

    private void export(ExternalName name, DecodedItem item) {
        exports.put(name.text(), new Named(name, item));
        add(item);
    }

    private static DecodedItem again(DecodedItem item) {
        return item instanceof DecodedItem.OfType(DecodedType type) ? new DecodedItem.OfType(type.again()) : item;
    }

    /** What an import or export of this description is. */
    private DecodedItem describe(ExternDescription description) {
        return switch (description) {
            case ExternDescription.FunctionUse(int type) -> new DecodedItem.OfFunction(type(type));
            case ExternDescription.TypeEqual(int type) ->
                new DecodedItem.OfType(type(type).again());
            case ExternDescription.SubResource _ -> new DecodedItem.OfType(DecodedType.resource(this));
            case ExternDescription.InstanceUse(int type) ->
                new DecodedItem.OfInstance(of(type(type), Map.of()).exports);
            case ExternDescription.ComponentUse(int type) -> new DecodedItem.OfComponentType(type(type));
            case ExternDescription.ModuleUse _ -> new DecodedItem.Other(Sort.CORE_MODULE);
            case ExternDescription.ValueEqual _, ExternDescription.ValueOf _ -> new DecodedItem.Other(Sort.VALUE);
        };
    }

    private DecodedItem instantiate(ComponentInstance.Instantiate instance) {
        var arguments = new HashMap<String, DecodedItem>();
        instance.arguments().forEach(each -> arguments.put(each.name(), item(each.item())));
        return switch (item(Sort.COMPONENT, instance.component())) {
            case DecodedItem.OfComponent(Component component, DecodedLevel home) -> {
                var inner = new DecodedLevel(Optional.of(home), arguments);
                component.definitions().forEach(inner::define);
                yield new DecodedItem.OfInstance(inner.exports);
            }
            case DecodedItem.OfComponentType(DecodedType type) ->
                new DecodedItem.OfInstance(of(type, arguments).exports);
            case DecodedItem other -> throw new AssertionError("no component: " + other.sort());
        };
    }

    private DecodedItem tie(ComponentInstance.FromExports instance) {
        var tied = new LinkedHashMap<String, Named>();
        instance.exports().forEach(each -> tied.put(each.name().text(), new Named(each.name(), item(each.item()))));
        return new DecodedItem.OfInstance(tied);
    }
}

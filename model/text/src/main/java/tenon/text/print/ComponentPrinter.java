package tenon.text.print;

import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tenon.component.Alias;
import tenon.component.Canon;
import tenon.component.Component;
import tenon.component.ComponentInstance;
import tenon.component.ComponentNames;
import tenon.component.Constant;
import tenon.component.CoreInstance;
import tenon.component.CoreModule;
import tenon.component.CoreTypeDefinition;
import tenon.component.Definition;
import tenon.component.Export;
import tenon.component.Import;
import tenon.component.NestedComponent;
import tenon.component.Sort;
import tenon.component.SortIndex;
import tenon.component.Start;
import tenon.component.TypeDefinition;
import tenon.component.ValueDefinition;
import tenon.component.read.ConstantDecoder;
import tenon.component.resolve.Resolution;
import tenon.types.InvalidException;
import tenon.types.MalformedException;
import tenon.types.component.ValueType;

/** A component's definitions in the order of the binary: Explainer.md, "Component Definitions". Confined to one thread. */
public final class ComponentPrinter {
    private final Component component;
    private final ComponentScope scope;
    private final Layout out;
    private final ExternPrinter externs;
    private final CustomSections customs;
    /** The types of all constants by their offsets, as far as they can be told. */
    private final Map<Long, ValueType> constants;

    private ComponentPrinter(Component component, ComponentScope scope, Layout out, Map<Long, ValueType> constants) {
        this.constants = constants;
        this.component = component;
        this.scope = scope;
        this.out = out;
        this.externs = new ExternPrinter(scope, out);
        this.customs = new CustomSections(out, component.binary(), false);
    }

    /** The text of a decoded component, valid or not. */
    public static String print(Component component) {
        var out = new Layout().open("component");
        ComponentNames names = component.names();
        Optional<String> name =
                names.component().filter(each -> !each.isEmpty()).map(Quoted::identifier);
        name.ifPresent(each -> out.add(" ").add(each));
        new ComponentPrinter(component, new ComponentScope(null, name, names), out, constants(component)).definitions();
        return out.close().text();
    }

    private static Map<Long, ValueType> constants(Component component) {
        return hasConstants(component) ? Resolution.constants(component) : Map.of();
    }

    private static boolean hasConstants(Component component) {
        return component.definitions().stream()
                .anyMatch(each -> each instanceof ValueDefinition
                        || each instanceof NestedComponent(Component nested, var _) && hasConstants(nested));
    }

    private void definitions() {
        Iterator<Component.CustomSection> left = component.customs().iterator();
        var custom = left.hasNext() ? left.next() : null;
        for (Definition definition : component.definitions()) {
            while (custom != null && custom.start() <= definition.offset()) {
                customs.print(custom.name(), custom.start(), custom.end());
                custom = left.hasNext() ? left.next() : null;
            }
            out.requireRoom(definition.offset());
            out.line();
            print(definition);
        }
        while (custom != null) {
            customs.print(custom.name(), custom.start(), custom.end());
            custom = left.hasNext() ? left.next() : null;
        }
    }

    private void print(Definition definition) {
        switch (definition) {
            case CoreModule module -> {
                out.open("core module ").add(scope.define(Sort.CORE_MODULE));
                ModulePrinter.fields(module.module(), out);
                out.close();
            }
            case NestedComponent nested -> component(nested.component());
            case CoreInstance instance -> coreInstance(instance);
            case ComponentInstance instance -> instance(instance);
            case CoreTypeDefinition type -> new ComponentTypePrinter(scope, out).coreType(type);
            case TypeDefinition type -> new ComponentTypePrinter(scope, out).type(type.expression());
            case Alias alias -> externs.alias(alias);
            case Canon canon -> new CanonPrinter(scope, out).print(canon);
            case Start start -> start(start);
            case Import imported -> externs.imported(imported);
            case Export export -> export(export);
            case ValueDefinition value -> value(value);
        }
    }

    private void component(Component nested) {
        Optional<String> name = scope.nextIdentifier(Sort.COMPONENT);
        // what is inside cannot see its own component
        out.open("component ").add(scope.define(Sort.COMPONENT));
        new ComponentPrinter(nested, new ComponentScope(scope, name, nested.names()), out, constants).definitions();
        out.close();
    }

    private void coreInstance(CoreInstance instance) {
        switch (instance) {
            case CoreInstance.Instantiate instantiate -> {
                String module = scope.use(Sort.CORE_MODULE, instantiate.module());
                var arguments = instantiate.arguments().stream()
                        .map(argument -> "with " + Quoted.name(argument.name()) + " (instance "
                                + scope.use(Sort.CORE_INSTANCE, argument.instance()) + ")")
                        .toList();
                out.open("core instance ").add(scope.define(Sort.CORE_INSTANCE));
                out.add(" ").open("instantiate ").add(module);
                arguments.forEach(out::entry);
                out.close().close();
            }
            case CoreInstance.FromExports tied -> {
                out.open("core instance ").add(scope.define(Sort.CORE_INSTANCE));
                for (CoreInstance.InlineExport export : tied.exports()) {
                    SortIndex item = export.item();
                    // tools print tags by index here, as in modules
                    String index = item.sort() == Sort.CORE_TAG
                            ? Integer.toUnsignedString(item.index())
                            : scope.use(item.sort(), item.index());
                    out.entry("export " + Quoted.name(export.name()) + " (" + ExternPrinter.coreWord(item.sort()) + " "
                            + index + ")");
                }
                out.close();
            }
        }
    }

    private void instance(ComponentInstance instance) {
        switch (instance) {
            case ComponentInstance.Instantiate instantiate -> {
                String used = scope.use(Sort.COMPONENT, instantiate.component());
                var arguments = instantiate.arguments().stream()
                        .map(argument -> "with " + Quoted.name(argument.name()) + " " + externs.item(argument.item()))
                        .toList();
                out.open("instance ").add(scope.define(Sort.INSTANCE));
                out.add(" ").open("instantiate ").add(used);
                arguments.forEach(out::entry);
                out.close().close();
            }
            case ComponentInstance.FromExports tied -> {
                var exports = tied.exports().stream()
                        .map(export ->
                                "export " + ExternPrinter.name(export.name()) + " " + externs.item(export.item()))
                        .toList();
                out.open("instance ").add(scope.define(Sort.INSTANCE));
                exports.forEach(out::entry);
                out.close();
            }
        }
    }

    private void export(Export export) {
        String item = externs.item(export.item());
        String ascription = export.ascription()
                .map(type -> " " + externs.description(type, ""))
                .orElse("");
        out.open("export ").add(scope.define(export.item().sort())).add(" ");
        out.add(ExternPrinter.name(export.name()) + " " + item + ascription).close();
    }

    private void start(Start start) {
        String arguments = start.arguments().stream()
                .map(value -> " (value " + scope.use(Sort.VALUE, value) + ")")
                .collect(Collectors.joining());
        out.open("start ").add(scope.use(Sort.FUNC, start.function()) + arguments);
        for (int i = 0; i != start.results(); i++) {
            out.requireRoom(start.offset());
            out.add(" (result (value " + scope.define(Sort.VALUE) + "))");
        }
        out.close();
    }

    /** A constant: Explainer.md, "Value Definitions"; in its encoding, {@code binary}, if that is none of its type. */
    private void value(ValueDefinition value) {
        String type = externs.value(value.type());
        out.open("value ").add(scope.define(Sort.VALUE)).add(" " + type + " ");
        byte[] file = component.binary().bytes();
        Optional<ValueType> known = Optional.ofNullable(constants.get(value.offset()));
        Optional<Constant> constant = known.flatMap(each -> constant(value, file, each));
        if (constant.isPresent()) {
            new ConstantPrinter(out, value.offset()).print(constant.get(), known.get());
        } else {
            out.add("(binary " + Quoted.bytes(file, value.start(), value.end()) + ")");
        }
        out.close();
    }

    private static Optional<Constant> constant(ValueDefinition value, byte[] file, ValueType type) {
        try {
            return Optional.of(ConstantDecoder.decode(value, file, type));
        } catch (MalformedException | InvalidException _) {
            return Optional.empty();
        }
    }
}

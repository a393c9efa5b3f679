package tenon.wit.print;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import tenon.wit.Function;
import tenon.wit.Interface;
import tenon.wit.InterfaceId;
import tenon.wit.Owner;
import tenon.wit.PackageGraph;
import tenon.wit.PackageId;
import tenon.wit.Remarks;
import tenon.wit.Stability;
import tenon.wit.TypeDefinition;
import tenon.wit.TypeId;
import tenon.wit.TypeKind;
import tenon.wit.WitPackage;
import tenon.wit.World;
import tenon.wit.WorldId;
import tenon.wit.syntax.StringLiteral;

/**
 * Writes packages as WIT. Read again, the text gives the same packages; imports of worlds come in the order in which the Component Model
 * needs them. Confined to one run.
 */
public final class WitPrinter {
    private final PackageGraph graph;
    private final TypeText types;
    private final boolean documented;
    private final Indented out = new Indented();

    /** Whether a blank line belongs in front of the next item of the block. */
    private boolean anyItems;

    private WitPrinter(PackageGraph graph, boolean documented) {
        this.graph = graph;
        this.documented = documented;
        this.types = new TypeText(graph);
    }

    /** The main package, and all others as packages that are nested in its file. */
    public static String all(PackageGraph graph) {
        return all(graph, true);
    }

    /** The same, with or without documentation. */
    public static String all(PackageGraph graph, boolean documented) {
        var others = new ArrayList<PackageId>();
        for (int i = 0; i < graph.packages().size(); i++) {
            if (i != graph.main().index()) {
                others.add(new PackageId(i));
            }
        }
        return text(graph, graph.main(), others, documented);
    }

    /** One package, and others as packages that are nested in its file. */
    public static String text(PackageGraph graph, PackageId main, List<PackageId> nested) {
        return text(graph, main, nested, true);
    }

    /** The same, with or without documentation. */
    public static String text(PackageGraph graph, PackageId main, List<PackageId> nested, boolean documented) {
        var printer = new WitPrinter(graph, documented);
        printer.header(graph.get(main));
        printer.out.line(";");
        printer.out.line();
        printer.items(graph.get(main), true);
        for (int i = 0; i < nested.size(); i++) {
            if (i > 0) {
                printer.out.line();
                printer.out.line();
            }
            WitPackage each = graph.get(nested.get(i));
            printer.header(each);
            printer.out.open();
            printer.items(each, false);
            printer.out.close();
        }
        return printer.out.toString();
    }

    /** A function's type: {@code async func(a: u32) -> string}. */
    public static String text(PackageGraph graph, Function function) {
        return new TypeText(graph).function(function);
    }

    private void header(WitPackage each) {
        documentation(each.documentation());
        out.add("package " + TypeText.escaped(each.name().namespace()) + ":"
                + TypeText.escaped(each.name().name())
                + each.name().version().map(version -> "@" + version).orElse(""));
    }

    private void items(WitPackage each, boolean main) {
        each.interfaces().forEach((name, id) -> {
            remarks(graph.get(id).remarks());
            out.add("interface " + TypeText.escaped(name));
            out.open();
            interfaceBody(id);
            out.close();
            if (main) {
                out.line();
            }
        });
        each.worlds().forEach((name, id) -> {
            remarks(graph.get(id).remarks());
            out.add("world " + TypeText.escaped(name));
            out.open();
            worldBody(id);
            out.close();
        });
    }

    private void newItem() {
        if (anyItems) {
            out.line();
        }
        anyItems = true;
    }

    private void interfaceBody(InterfaceId id) {
        boolean outer = anyItems;
        anyItems = false;
        Interface each = graph.get(id);
        types(
                new Owner.OfInterface(id),
                each.owner(),
                each.types(),
                membersByResource(each.functions().sequencedValues()));
        for (Function function : each.functions().values()) {
            if (function.kind().resource().isEmpty()) {
                newItem();
                remarks(function.remarks());
                out.line(TypeText.escaped(function.label()) + ": " + types.function(function) + ";");
            }
        }
        anyItems = outer;
    }

    private static Map<TypeId, List<Function>> membersByResource(Iterable<Function> functions) {
        var members = new HashMap<TypeId, List<Function>>();
        for (Function function : functions) {
            function.kind()
                    .resource()
                    .ifPresent(resource -> members.computeIfAbsent(resource, _ -> new ArrayList<>())
                            .add(function));
        }
        return members;
    }

    /** Types that {@code use} takes from one interface, in one line. */
    private record Used(InterfaceId from, TypeDefinition first, List<String> names) {}

    private void types(
            Owner owner, PackageId home, SequencedMap<String, TypeId> named, Map<TypeId, List<Function>> members) {
        var uses = new ArrayList<Used>();
        var own = new ArrayList<TypeId>();
        named.forEach((name, id) -> {
            TypeDefinition type = graph.get(id);
            if (type.kind() instanceof TypeKind.Alias(TypeId target)
                    && graph.get(target).owner() instanceof Owner.OfInterface(InterfaceId from)
                    && !graph.get(target).owner().equals(owner)) {
                String original = graph.get(target).name().orElseThrow();
                String text =
                        TypeText.escaped(original) + (original.equals(name) ? "" : " as " + TypeText.escaped(name));
                boolean joins = !uses.isEmpty()
                        && uses.getLast().from().equals(from)
                        && uses.getLast().first().remarks().equals(type.remarks());
                if (!joins) {
                    uses.add(new Used(from, type, new ArrayList<>()));
                }
                uses.getLast().names().add(text);
            } else {
                own.add(id);
            }
        });
        for (Used each : uses) {
            anyItems = true;
            remarks(each.first().remarks());
            out.line("use " + path(each.from(), home) + ".{" + String.join(", ", each.names()) + "};");
        }
        for (TypeId id : own) {
            newItem();
            remarks(graph.get(id).remarks());
            define(id, members.getOrDefault(id, List.of()));
        }
    }

    private void define(TypeId id, List<Function> members) {
        TypeDefinition type = graph.get(id);
        String name = TypeText.escaped(type.name().orElseThrow());
        switch (type.kind()) {
            case TypeKind.Resource _ -> resource(name, members);
            case TypeKind.Record(List<TypeKind.Field> fields) -> {
                out.add("record " + name);
                out.open();
                for (TypeKind.Field field : fields) {
                    documentation(field.documentation());
                    out.line(TypeText.escaped(field.name()) + ": " + types.of(field.type()) + ",");
                }
                out.close();
            }
            case TypeKind.Variant(List<TypeKind.Case> cases) -> {
                out.add("variant " + name);
                out.open();
                for (TypeKind.Case each : cases) {
                    documentation(each.documentation());
                    out.line(TypeText.escaped(each.name())
                            + each.type()
                                    .map(payload -> "(" + types.of(payload) + ")")
                                    .orElse("") + ",");
                }
                out.close();
            }
            case TypeKind.Enum(List<TypeKind.Label> labels) -> labels("enum", name, labels);
            case TypeKind.Flags(List<TypeKind.Label> labels) -> labels("flags", name, labels);
            default -> out.line("type " + name + " = " + types.definition(type.kind()) + ";");
        }
    }

    private void labels(String keyword, String name, List<TypeKind.Label> labels) {
        out.add(keyword + " " + name);
        out.open();
        for (TypeKind.Label label : labels) {
            documentation(label.documentation());
            out.line(TypeText.escaped(label.name()) + ",");
        }
        out.close();
    }

    private void resource(String name, List<Function> members) {
        out.add("resource " + name);
        if (members.isEmpty()) {
            out.line(";");
            return;
        }
        out.open();
        for (Function each : members) {
            remarks(each.remarks());
            String label = switch (each.kind().form()) {
                case CONSTRUCTOR -> "";
                case STATIC -> TypeText.escaped(each.label()) + ": static ";
                case METHOD, FREESTANDING -> TypeText.escaped(each.label()) + ": ";
            };
            out.line(label + types.function(each) + ";");
        }
        out.close();
    }

    /** Interfaces, types, functions, then exports: what stands behind may use what stands before. */
    private void worldBody(WorldId id) {
        boolean outer = anyItems;
        anyItems = false;
        World world = graph.get(id);
        var named = new LinkedHashMap<String, TypeId>();
        var members = new ArrayList<Function>();
        var functions = new ArrayList<Map.Entry<World.Key, World.Item>>();
        for (var each : world.imports().entrySet()) {
            switch (each.getValue()) {
                case World.Item.OfType(TypeId type) -> named.put(graph.name(each.getKey()), type);
                case World.Item.OfFunction(Function function) -> {
                    if (function.kind().resource().isPresent()) {
                        members.add(function);
                    } else {
                        functions.add(each);
                    }
                }
                case World.Item.OfInterface _ -> {
                    extern("import", each.getKey(), each.getValue(), world.owner());
                    anyItems = true;
                }
            }
        }
        types(new Owner.OfWorld(id), world.owner(), named, membersByResource(members));
        for (var each : functions) {
            extern("import", each.getKey(), each.getValue(), world.owner());
            anyItems = true;
        }
        if (!world.exports().isEmpty()) {
            newItem();
        }
        world.exports().forEach((key, item) -> extern("export", key, item, world.owner()));
        anyItems = outer;
    }

    private void extern(String word, World.Key key, World.Item item, PackageId home) {
        switch (item) {
            case World.Item.OfFunction(Function function) -> {
                remarks(function.remarks());
                out.line(word + " " + TypeText.escaped(function.label()) + ": " + types.function(function) + ";");
            }
            case World.Item.OfInterface named -> {
                boolean plain = key instanceof World.Key.Plain;
                documentation(named.remarks()
                        .documentation()
                        .or(() -> plain && graph.get(named.id()).name().isEmpty()
                                ? graph.get(named.id()).remarks().documentation()
                                : Optional.empty()));
                stability(named.remarks().stability());
                externalId(named.remarks().externalId());
                out.add(word + " ");
                if (key instanceof World.Key.Plain(String name)) {
                    out.add(TypeText.escaped(name) + ": ");
                }
                if (graph.get(named.id()).name().isPresent()) {
                    out.line(path(named.id(), home) + ";");
                } else {
                    out.add("interface");
                    out.open();
                    interfaceBody(named.id());
                    out.close();
                }
            }
            case World.Item.OfType _ -> throw new AssertionError("types are written by themselves");
        }
    }

    private String path(InterfaceId id, PackageId home) {
        Interface each = graph.get(id);
        String name = TypeText.escaped(each.name().orElseThrow());
        if (each.owner().equals(home)) {
            return name;
        }
        WitPackage owner = graph.get(each.owner());
        return TypeText.escaped(owner.name().namespace()) + ":"
                + TypeText.escaped(owner.name().name()) + "/" + name
                + owner.name().version().map(version -> "@" + version).orElse("");
    }

    private void remarks(Remarks remarks) {
        documentation(remarks.documentation());
        stability(remarks.stability());
        externalId(remarks.externalId());
    }

    private void documentation(Optional<String> text) {
        text.filter(_ -> documented)
                .ifPresent(lines -> lines.lines().forEach(line -> out.line(line.isEmpty() ? "///" : "/// " + line)));
    }

    private void stability(Stability stability) {
        switch (stability) {
            case Stability.Unknown _ -> {}
            case Stability.Stable stable -> {
                out.line("@since(version = " + stable.since() + ")");
                stable.deprecated().ifPresent(version -> out.line("@deprecated(version = " + version + ")"));
            }
            case Stability.Unstable unstable -> {
                out.line("@unstable(feature = " + unstable.feature() + ")");
                unstable.deprecated().ifPresent(version -> out.line("@deprecated(version = " + version + ")"));
            }
        }
    }

    private void externalId(Optional<String> id) {
        id.ifPresent(value -> out.line("@external-id(" + StringLiteral.of(value) + ")"));
    }
}

package tenon.cli.inspect;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import tenon.component.Alias;
import tenon.component.Canon;
import tenon.component.Component;
import tenon.component.ComponentInstance;
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
import tenon.types.UnsupportedException;
import tenon.wasm.Names;

/**
 * Who gives what to whom inside a component: its definitions are followed in their order, and of each entry of an index space is known
 * whence it comes. A component without code passes on what it is given, and is not seen. Types have no part in it. Confined to one thread.
 */
public final class Wiring {
    /** Nobody can read a picture of more boxes. */
    private static final int MOST = 400;

    /** Where something comes from or goes to. */
    sealed interface End {
        record Imported(String name) implements End {}

        /** An instance, by the number of its box. */
        record Inside(int box) implements End {}

        record Exported(String name) implements End {}
    }

    /** Something called {@code name} goes from here to there. */
    record Flow(End from, End to, String name) {}

    /** An entry of an index space: whence it comes; of instances that are tied up from parts, each part. */
    private record Entry(Set<End> origins, Map<String, Entry> members) {
        static final Entry NOTHING = new Entry(Set.of(), Map.of());

        static Entry from(End origin) {
            return new Entry(Set.of(origin), Map.of());
        }

        /** Whence all of it comes. */
        Set<End> all() {
            if (members.isEmpty()) {
                return origins;
            }
            var all = new LinkedHashSet<End>();
            members.values().forEach(member -> all.addAll(member.all()));
            return all;
        }

        /** The same, of which no part is known by its name. */
        Entry flat() {
            return new Entry(all(), Map.of());
        }

        Entry member(String name) {
            return members.getOrDefault(name, new Entry(origins, Map.of()));
        }
    }

    /** What an instance is made of: what it is called, and the component if it is one whose inside is known. */
    private record Template(Part part, Optional<Component> component) {}

    private final Component component;
    private final Part whole;
    private int parts;
    private final Map<Sort, List<Entry>> spaces = new EnumMap<>(Sort.class);
    private final Map<SortIndex, Template> templates = new HashMap<>();
    private final List<Diagram.Box> boxes = new ArrayList<>();
    private final Set<Flow> flows = new LinkedHashSet<>();

    private Wiring(Component component) {
        this.component = component;
        this.whole = Part.of(component);
        for (Sort sort : Sort.values()) {
            spaces.put(sort, new ArrayList<>());
        }
    }

    /**
     * The diagram of a component that is valid.
     *
     * @param title what the picture is called
     * @throws UnsupportedException if it has so many parts that nobody could read it
     */
    public static Diagram of(Component component, String title) {
        var wiring = new Wiring(component);
        component.definitions().forEach(wiring::define);
        return Grouping.diagram(title, wiring.boxes, List.copyOf(wiring.flows));
    }

    private List<Entry> space(Sort sort) {
        return Objects.requireNonNull(spaces.get(sort));
    }

    private Entry entry(Sort sort, int index) {
        return space(sort).get(index);
    }

    private Entry entry(SortIndex item) {
        return entry(item.sort(), item.index());
    }

    private void define(Definition definition) {
        Entry entry = switch (definition) {
            case CoreModule _ -> {
                template(Sort.CORE_MODULE, Optional.empty());
                yield Entry.NOTHING;
            }
            case NestedComponent nested -> {
                template(Sort.COMPONENT, Optional.of(nested.component()));
                yield Entry.NOTHING;
            }
            case CoreInstance instance -> coreInstance(instance);
            case ComponentInstance instance -> instance(instance);
            case Alias alias -> alias(alias);
            case Canon.Lift lift -> entry(Sort.CORE_FUNC, lift.coreFunction());
            case Canon.Lower lower -> entry(Sort.FUNC, lower.function());
            case Import imported -> Entry.from(new End.Imported(imported.name().text()));
            case Export export -> export(export);
            case Canon _, CoreTypeDefinition _, TypeDefinition _, ValueDefinition _, Start _ -> Entry.NOTHING;
        };
        int count = definition instanceof CoreTypeDefinition.Group group
                ? group.group().types().size()
                : 1;
        for (int i = 0; i < count; i++) {
            Defined.sort(definition).ifPresent(sort -> space(sort).add(entry));
        }
        if (definition instanceof Start start) {
            for (int i = 0; i < start.results(); i++) {
                space(Sort.VALUE).add(entry(Sort.FUNC, start.function()));
            }
        }
    }

    private void template(Sort sort, Optional<Component> inside) {
        templates.put(
                new SortIndex(sort, space(sort).size()),
                new Template(whole.parts().get(parts++), inside));
    }

    private Entry alias(Alias alias) {
        return switch (alias) {
            case Alias.InstanceExport export ->
                entry(Sort.INSTANCE, export.instance()).member(export.name());
            case Alias.CoreInstanceExport export ->
                entry(Sort.CORE_INSTANCE, export.instance()).member(export.name());
            case Alias.Outer outer -> {
                SortIndex own = new SortIndex(outer.sort(), outer.index());
                if (outer.count() == 0 && templates.containsKey(own)) {
                    templates.put(
                            new SortIndex(outer.sort(), space(outer.sort()).size()),
                            Objects.requireNonNull(templates.get(own)));
                }
                yield Entry.NOTHING;
            }
        };
    }

    private Entry coreInstance(CoreInstance instance) {
        return switch (instance) {
            case CoreInstance.Instantiate instantiate -> {
                var arguments = new LinkedHashMap<String, Entry>();
                instantiate
                        .arguments()
                        .forEach(each -> arguments.put(each.name(), entry(Sort.CORE_INSTANCE, each.instance())));
                yield box(
                        new SortIndex(Sort.CORE_MODULE, instantiate.module()),
                        Sort.CORE_INSTANCE,
                        arguments,
                        instantiate.offset());
            }
            case CoreInstance.FromExports tied -> {
                var members = new LinkedHashMap<String, Entry>();
                tied.exports().forEach(each -> members.put(each.name(), entry(each.item())));
                yield new Entry(Set.of(), members);
            }
        };
    }

    private Entry instance(ComponentInstance instance) {
        return switch (instance) {
            case ComponentInstance.Instantiate instantiate -> {
                var arguments = new LinkedHashMap<String, Entry>();
                instantiate.arguments().stream()
                        .filter(each -> each.item().sort() != Sort.TYPE)
                        .forEach(each -> arguments.put(each.name(), entry(each.item())));
                var made = new SortIndex(Sort.COMPONENT, instantiate.component());
                boolean seen = Optional.ofNullable(templates.get(made))
                        .flatMap(Template::component)
                        .filter(Part::isWithoutCode)
                        .isEmpty();
                yield seen
                        ? box(made, Sort.INSTANCE, arguments, instantiate.offset())
                        : new Entry(Set.of(), arguments).flat();
            }
            case ComponentInstance.FromExports tied -> {
                var members = new LinkedHashMap<String, Entry>();
                tied.exports().stream()
                        .filter(each -> each.item().sort() != Sort.TYPE)
                        .forEach(each -> members.put(each.name().text(), entry(each.item())));
                yield new Entry(Set.of(), members);
            }
        };
    }

    /** A new box, and what goes into it. */
    private Entry box(SortIndex made, Sort sort, Map<String, Entry> arguments, long at) {
        if (boxes.size() == MOST) {
            throw new UnsupportedException(
                    at, "pictures of components that make more than " + MOST + " instances: nobody could read them");
        }
        var inside = new End.Inside(boxes.size());
        arguments.forEach((name, entry) -> entry.all().forEach(origin -> flows.add(new Flow(origin, inside, name))));
        Optional<Template> template = Optional.ofNullable(templates.get(made));
        String title = component
                .names()
                .name(sort, space(sort).size())
                .filter(name -> !name.isBlank())
                .or(() -> template.map(each -> each.part().title()))
                .orElse(made.toString());
        boxes.add(new Diagram.Box(
                sort == Sort.INSTANCE ? Diagram.Kind.COMPONENT : Diagram.Kind.MODULE,
                Names.shown(title),
                template.map(each -> detail(each.part(), title)).orElse("from outside"),
                template.map(each -> rows(each.part())).orElse(List.of())));
        return Entry.from(inside);
    }

    private static String detail(Part part, String title) {
        return (part.label().equals(title) ? "" : part.label() + ", ") + Size.of(part.bytes());
    }

    private static List<String> rows(Part part) {
        return part.kind() == Part.Kind.MODULE
                ? List.of()
                : part.modules()
                        .map(module -> Size.of(module.bytes()) + " "
                                + Names.shown(module.name().orElse(module.label())))
                        .toList();
    }

    private Entry export(Export export) {
        Entry entry = entry(export.item());
        Sort sort = export.item().sort();
        if (sort != Sort.TYPE) {
            var out = new End.Exported(export.name().text());
            entry.all()
                    .forEach(origin ->
                            flows.add(new Flow(origin, out, export.name().text())));
        }
        Template template = templates.get(export.item());
        if (template != null) {
            templates.put(new SortIndex(sort, space(sort).size()), template);
        }
        return entry;
    }
}

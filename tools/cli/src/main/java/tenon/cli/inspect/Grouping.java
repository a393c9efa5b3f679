package tenon.cli.inspect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tenon.wasm.Names;

/** Imports and exports put together in boxes: those of one package which go the same way. */
final class Grouping {
    private final List<Diagram.Box> imports = new ArrayList<>();
    private final List<Diagram.Box> exports = new ArrayList<>();

    /** The box of an import or export, by its number among those of its kind. */
    private final Map<Wiring.End, Integer> places = new LinkedHashMap<>();

    /** What goes the same way. */
    private record Group(String title, Set<Wiring.End> ways) {}

    private Grouping() {}

    static Diagram diagram(String title, List<Diagram.Box> inside, List<Wiring.Flow> flows) {
        var grouping = new Grouping();
        grouping.imports(flows);
        grouping.exports(flows);
        int first = grouping.imports.size();
        int last = first + inside.size();
        Map<List<Integer>, Set<String>> arrows = new LinkedHashMap<>();
        for (Wiring.Flow flow : flows) {
            List<Integer> way =
                    List.of(grouping.number(flow.from(), first, last), grouping.number(flow.to(), first, last));
            Set<String> names = arrows.computeIfAbsent(way, _ -> new LinkedHashSet<>());
            // the rows of imports and exports say their names
            if (flow.from() instanceof Wiring.End.Inside && flow.to() instanceof Wiring.End.Inside) {
                names.add(Names.shown(flow.name()));
            }
        }
        var boxes = new ArrayList<>(grouping.imports);
        boxes.addAll(inside);
        boxes.addAll(grouping.exports);
        return new Diagram(
                title,
                boxes,
                arrows.entrySet().stream()
                        .map(arrow -> new Diagram.Arrow(
                                arrow.getKey().getFirst(), arrow.getKey().getLast(), List.copyOf(arrow.getValue())))
                        .toList());
    }

    private int number(Wiring.End end, int first, int last) {
        return switch (end) {
            case Wiring.End.Imported imported -> places.getOrDefault(imported, 0);
            case Wiring.End.Inside inside -> first + inside.box();
            case Wiring.End.Exported exported -> last + places.getOrDefault(exported, 0);
        };
    }

    private void imports(List<Wiring.Flow> flows) {
        Map<Wiring.End, Set<Wiring.End>> ways = new LinkedHashMap<>();
        for (Wiring.Flow flow : flows) {
            if (flow.from() instanceof Wiring.End.Imported) {
                ways.computeIfAbsent(flow.from(), _ -> new LinkedHashSet<>()).add(flow.to());
            }
        }
        boxes(Diagram.Kind.IMPORTS, ways, imports);
    }

    private void exports(List<Wiring.Flow> flows) {
        Map<Wiring.End, Set<Wiring.End>> ways = new LinkedHashMap<>();
        for (Wiring.Flow flow : flows) {
            if (flow.to() instanceof Wiring.End.Exported) {
                ways.computeIfAbsent(flow.to(), _ -> new LinkedHashSet<>()).add(flow.from());
            }
        }
        boxes(Diagram.Kind.EXPORTS, ways, exports);
    }

    private void boxes(Diagram.Kind kind, Map<Wiring.End, Set<Wiring.End>> ways, List<Diagram.Box> boxes) {
        Map<Group, List<Wiring.End>> groups = ways.entrySet().stream()
                .collect(Collectors.groupingBy(
                        way -> new Group(packageOf(name(way.getKey())), way.getValue()),
                        LinkedHashMap::new,
                        Collectors.mapping(Map.Entry::getKey, Collectors.toList())));
        groups.forEach((group, ends) -> {
            ends.forEach(end -> places.put(end, boxes.size()));
            var rows =
                    ends.stream().map(end -> Names.shown(inPackage(name(end)))).toList();
            boxes.add(new Diagram.Box(
                    kind,
                    group.title().isEmpty() ? (kind == Diagram.Kind.IMPORTS ? "imports" : "exports") : group.title(),
                    "",
                    rows));
        });
    }

    private static String name(Wiring.End end) {
        return switch (end) {
            case Wiring.End.Imported imported -> imported.name();
            case Wiring.End.Exported exported -> exported.name();
            case Wiring.End.Inside _ -> "";
        };
    }

    /** {@code wasi:http@0.2.12} of {@code wasi:http/types@0.2.12}; empty for a name of no interface. */
    private static String packageOf(String name) {
        int slash = name.indexOf('/');
        int version = name.indexOf('@');
        if (slash < 0 || !name.contains(":")) {
            return "";
        }
        return Names.shown(name.substring(0, slash) + (version < 0 ? "" : name.substring(version)));
    }

    private static String inPackage(String name) {
        int version = name.indexOf('@');
        return packageOf(name).isEmpty()
                ? name
                : name.substring(name.indexOf('/') + 1, version < 0 ? name.length() : version);
    }
}

package tenon.compose.resolve;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import tenon.compose.graph.CompositionGraph;
import tenon.compose.graph.Node;
import tenon.compose.source.CompositionException;
import tenon.compose.source.Span;
import tenon.compose.syntax.PackagePath;
import tenon.compose.type.InterfaceType;
import tenon.compose.type.Item;
import tenon.compose.type.Subtyping;
import tenon.compose.type.TrackedName;
import tenon.compose.type.Use;
import tenon.compose.type.WorldType;
import tenon.types.Place;

/** Whether a composition fits the world that its document targets: it may import less, and export more. Confined to one run. */
final class TargetCheck {
    private final CompositionGraph graph;
    private final PackagePath path;
    private final WorldType world;
    private final Map<Node, Span> spans;
    private final Map<String, Span> exports;

    TargetCheck(
            CompositionGraph graph,
            PackagePath path,
            WorldType world,
            Map<Node, Span> spans,
            Map<String, Span> exports) {
        this.graph = graph;
        this.path = path;
        this.world = world;
        this.spans = spans;
        this.exports = exports;
    }

    void check() {
        SequencedMap<String, Item> offered = offered();
        for (Node node : graph.nodes()) {
            graph.missing(node).forEach((name, item) -> checkImport(name, item, node, offered));
        }
        graph.imports().forEach((name, node) -> checkImport(name, node.item(), node, offered));
        world.exports().forEach(this::checkExport);
    }

    /** The imports of the world, with the interfaces that those use. */
    private SequencedMap<String, Item> offered() {
        var offered = new LinkedHashMap<>(world.imports());
        var seen = new HashSet<InterfaceType>();
        collect(world.uses(), offered, seen);
        world.imports().values().forEach(item -> {
            if (item instanceof Item.Instance(InterfaceType face)) {
                collect(face.uses(), offered, seen);
            }
        });
        return offered;
    }

    private static void collect(
            SequencedMap<String, Use> uses, SequencedMap<String, Item> offered, Set<InterfaceType> seen) {
        for (Use use : uses.values()) {
            if (seen.add(use.from())) {
                use.from().id().ifPresent(id -> offered.putIfAbsent(id, new Item.Instance(use.from())));
                collect(use.from().uses(), offered, seen);
            }
        }
    }

    private Place place(Node node) {
        return Optional.ofNullable(spans.get(node)).orElse(path.span()).place();
    }

    private void checkImport(String name, Item item, Node node, SequencedMap<String, Item> offered) {
        Optional<Item> there = find(offered, name);
        if (there.isEmpty()) {
            throw CompositionException.at(
                            place(node), node + " asks for `" + name + "`, which world `" + path + "` does not offer")
                    .note(path.span().place(), "the composition targets it here");
        }
        Optional<List<String>> mismatch = Subtyping.excess(item.promoted(), there.get());
        if (mismatch.isPresent()) {
            throw CompositionException.at(
                            place(node), "import `" + name + "` does not fit that of world `" + path + "`")
                    .because(mismatch.get())
                    .note(path.span().place(), "the composition targets it here");
        }
    }

    private void checkExport(String name, Item asked) {
        Optional<String> exported = graph.exports().containsKey(name)
                ? Optional.of(name)
                : graph.exports().keySet().stream()
                        .filter(other -> TrackedName.compatible(other, name))
                        .findFirst();
        Node node = exported.map(graph.exports()::get)
                .orElseThrow(() -> path.span()
                        .error("world `" + path + "` asks for " + TypeResolver.article(asked) + " `" + name
                                + "`, which is not exported"));
        Optional<List<String>> mismatch = Subtyping.mismatch(asked, node.item());
        if (mismatch.isPresent()) {
            throw CompositionException.at(
                            exports.getOrDefault(exported.orElse(name), path.span())
                                    .place(),
                            "export `" + name + "` does not fit that of world `" + path + "`")
                    .because(mismatch.get())
                    .note(path.span().place(), "the composition targets it here");
        }
    }

    private static Optional<Item> find(SequencedMap<String, Item> items, String name) {
        Item exact = items.get(name);
        return exact != null
                ? Optional.of(exact)
                : items.entrySet().stream()
                        .filter(each -> TrackedName.compatible(each.getKey(), name))
                        .map(Map.Entry::getValue)
                        .findFirst();
    }
}

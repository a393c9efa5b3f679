package tenon.compose.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import tenon.compose.source.CompositionException;
import tenon.compose.type.Item;
import tenon.compose.type.Subtyping;
import tenon.compose.type.TrackedName;
import tenon.types.Place;

/**
 * Gives a component what it imports from the exports of others. Names match if they are the same or versions of one track. What the first
 * plug gives, the others do not; all that the socket exports is exported.
 */
public final class Plug {
    private Plug() {}

    /**
     * The composition of a socket with its plugs, in the order in which they are asked. The packages are registered here.
     *
     * @throws CompositionException if a plug has nothing that the socket asks for, or what it has does not fit
     */
    public static CompositionGraph into(Package socket, List<Package> plugs) {
        var graph = new CompositionGraph();
        Node instance = graph.instantiate(graph.register(socket));
        for (Package plug : plugs) {
            plug(graph, instance, socket, graph.register(plug));
        }
        socket.world().exports().keySet().forEach(name -> graph.export(graph.alias(instance, name), name));
        return graph;
    }

    private static void plug(CompositionGraph graph, Node instance, Package socket, Package plug) {
        SequencedMap<String, Item> imports = socket.world().imports();
        Optional<Node> made = Optional.empty();
        var misfits = new ArrayList<CompositionException>();
        boolean taken = false;
        for (var export : plug.world().exports().entrySet()) {
            Optional<String> name = match(imports, export.getKey());
            if (name.isEmpty()) {
                continue;
            }
            if (graph.arguments(instance).containsKey(name.get())) {
                taken = true;
                continue;
            }
            Item asked = imports.getOrDefault(name.get(), export.getValue());
            Optional<List<String>> mismatch = Subtyping.mismatch(asked, export.getValue());
            if (mismatch.isPresent()) {
                misfits.add(misfit(socket, plug, name.get(), export.getKey(), mismatch.get()));
                continue;
            }
            Node source = made.orElseGet(() -> graph.instantiate(plug));
            made = Optional.of(source);
            graph.argument(instance, name.get(), graph.alias(source, export.getKey()));
        }
        if (!misfits.isEmpty()) {
            throw misfits.getFirst();
        }
        if (made.isEmpty()) {
            throw CompositionException.at(
                    Place.NOWHERE,
                    taken
                            ? "`" + plug.origin() + "` gives nothing that the plugs before it do not give"
                            : "`" + plug.origin() + "` exports nothing that `" + socket.origin()
                                    + "` imports; the one exports "
                                    + list(plug.world().exports()) + ", the other imports "
                                    + list(imports));
        }
    }

    private static CompositionException misfit(
            Package socket, Package plug, String asked, String given, List<String> reason) {
        String other = asked.equals(given) ? "" : " (as `" + given + "`)";
        return CompositionException.at(
                        Place.NOWHERE,
                        "`" + asked + "` that `" + socket.origin() + "` imports and `" + plug.origin() + "` exports"
                                + other + " does not fit")
                .because(reason);
    }

    /** The import that an export is for. */
    private static Optional<String> match(SequencedMap<String, Item> imports, String export) {
        return imports.containsKey(export)
                ? Optional.of(export)
                : imports.keySet().stream()
                        .filter(name -> TrackedName.compatible(name, export))
                        .findFirst();
    }

    private static String list(SequencedMap<String, Item> items) {
        return items.isEmpty()
                ? "nothing"
                : String.join(
                        ", ",
                        items.keySet().stream().map(name -> "`" + name + "`").toList());
    }
}

package tenon.compose.resolve;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import tenon.compose.graph.CompositionGraph;
import tenon.compose.graph.Package;
import tenon.compose.source.CompositionException;
import tenon.compose.source.Span;
import tenon.compose.syntax.Identifier;
import tenon.compose.syntax.PackagePath;
import tenon.compose.syntax.PackageReference;
import tenon.compose.type.FunctionType;
import tenon.compose.type.InterfaceType;
import tenon.compose.type.Item;
import tenon.compose.type.ModuleType;
import tenon.compose.type.ResourceType;
import tenon.compose.type.Type;
import tenon.compose.type.ValueType;
import tenon.compose.type.WorldType;
import tenon.types.TenonException;
import tenon.types.component.SemanticVersion;
import tenon.wit.syntax.Slips;

/** Finds packages and what is in them. Confined to one run. */
final class PathResolver {
    private final CompositionGraph graph;
    private final Packages packages;
    private final PackageReference own;
    private final Scope scope;

    PathResolver(CompositionGraph graph, Packages packages, PackageReference own, Scope scope) {
        this.graph = graph;
        this.packages = packages;
        this.own = own;
        this.scope = scope;
    }

    /** The package that a reference names. */
    Package find(PackageReference reference) {
        return graph.find(reference.name(), reference.version()).orElseGet(() -> graph.register(load(reference)));
    }

    private Package load(PackageReference reference) {
        Span span = reference.span();
        Optional<Package> found;
        try {
            found = packages.find(reference.name(), reference.version());
        } catch (TenonException broken) {
            throw span.error("package `" + reference + "` cannot be read").note(broken.place(), broken.fact());
        }
        return found.orElseThrow(() -> unknown(reference, span));
    }

    private CompositionException unknown(PackageReference reference, Span span) {
        CompositionException error = span.error("package `" + reference + "` is not known");
        Optional<SemanticVersion> none = Optional.empty();
        if (reference.version().isPresent()
                && graph.find(reference.name(), none).isPresent()) {
            return error.hint("there is `" + reference.name() + "` without a version");
        }
        return packages.whereabouts(reference.name(), reference.version())
                .map(error::hint)
                .orElse(error);
    }

    /** What a path leads to. */
    Item item(PackagePath path) {
        if (path.target().name().equals(own.name())) {
            Identifier first = path.segments().getFirst();
            return inside(path, scope.root(first).item());
        }
        Package target = find(path.target());
        Identifier first = path.segments().getFirst();
        Type found = target.definitions().get(first.name());
        if (found == null) {
            throw missing("package `" + target + "`", first, target.definitions());
        }
        return inside(path, new Item.OfType(found));
    }

    private static Item inside(PackagePath path, Item first) {
        Item item = first;
        for (int i = 1; i < path.segments().size(); i++) {
            Identifier segment = path.segments().get(i);
            SequencedMap<String, Item> exports = switch (item.type()) {
                case InterfaceType face -> face.exports();
                case WorldType world -> world.exports();
                case ValueType _, ResourceType _, FunctionType _, ModuleType _ -> new LinkedHashMap<>();
            };
            Item next = exports.get(segment.name());
            if (next == null) {
                throw missing("`" + path.segments().get(i - 1) + "` (" + item.word() + ")", segment, exports);
            }
            item = next;
        }
        return item;
    }

    private static CompositionException missing(String where, Identifier name, SequencedMap<String, ?> there) {
        return name.span()
                .error(where + " has no export `" + name + "`")
                .hint(Slips.nearest(name.name(), there.keySet()).map(near -> "there is `" + near + "`"));
    }
}

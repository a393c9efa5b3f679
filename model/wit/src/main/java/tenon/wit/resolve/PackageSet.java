package tenon.wit.resolve;

import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tenon.types.component.InterfaceVersion;
import tenon.types.component.PackageName;
import tenon.types.component.SemanticVersion;
import tenon.wit.PackageGraph;
import tenon.wit.PackageId;
import tenon.wit.syntax.Spot;

/** Packages that are resolved together, each behind those that it uses. Confined to one run. */
final class PackageSet {
    /** Packages may use each other so deep. */
    private static final int DEEPEST = 1000;

    private static final Comparator<PackageName> BY_NAME = Comparator.comparing(PackageName::namespace)
            .thenComparing(PackageName::name)
            .thenComparing(PackageName::version, PackageSet::compareVersions);

    private final Map<PackageName, Draft> drafts = new TreeMap<>(BY_NAME);
    private final Set<PackageName> order = new LinkedHashSet<>();
    private final Set<PackageName> visiting = new HashSet<>();

    private PackageSet() {}

    /**
     * The last package of {@code main} is the main one; the others are there for it to use, partial ones if nothing better is. Those of
     * binaries come first in the graph, as with other tools.
     */
    static PackageGraph resolve(
            List<PackageSyntax> main,
            List<PackageSyntax> others,
            List<PackageSyntax> binaries,
            List<PackageSyntax> partial,
            Features features) {
        var set = new PackageSet();
        main.forEach(set::add);
        others.forEach(set::add);
        binaries.forEach(set::add);
        partial.forEach(each -> set.drafts.computeIfAbsent(each.name(), _ -> new Draft(each)));
        binaries.forEach(each -> set.visit(each.name(), each.spot()));
        set.drafts.values().forEach(set::visit);
        var graph = new GraphBuilder();
        var hints = new Hints(graph);
        for (PackageName name : set.order) {
            Draft draft = set.drafts.get(name);
            assert draft != null : name;
            PackageDrafter.fill(draft, hints);
            PackageAdder.add(graph, draft, features, hints);
        }
        PackageId id = graph.find(main.getLast().name()).orElseThrow();
        return graph.graph(id);
    }

    private void add(PackageSyntax syntax) {
        Draft other = drafts.putIfAbsent(syntax.name(), new Draft(syntax));
        if (other != null) {
            throw syntax.spot()
                    .error("package `" + syntax.name() + "` is defined twice, first at "
                            + other.syntax.spot().place().describe());
        }
    }

    private void visit(Draft draft) {
        if (order.contains(draft.name())) {
            return;
        }
        draft.dependencies().forEach((name, spot) -> visit(name, spot));
        order.add(draft.name());
    }

    private void visit(PackageName name, Spot spot) {
        if (!visiting.add(name)) {
            throw spot.error("package `" + name + "` uses packages that use it, expected no circles");
        }
        if (visiting.size() > DEEPEST) {
            throw spot.error("packages use each other too deep, expected at most " + DEEPEST + " levels");
        }
        Draft found = drafts.get(name);
        if (found != null) {
            visit(found);
        }
        visiting.remove(name);
    }

    private static int compareVersions(Optional<InterfaceVersion> one, Optional<InterfaceVersion> other) {
        if (one.isPresent()
                && other.isPresent()
                && one.get() instanceof SemanticVersion a
                && other.get() instanceof SemanticVersion b) {
            int compared = a.compareTo(b);
            return compared != 0 ? compared : a.build().compareTo(b.build());
        }
        return Boolean.compare(one.isPresent(), other.isPresent());
    }
}

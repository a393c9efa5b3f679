package tenon.wit.component;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import tenon.types.Place;
import tenon.types.component.InterfaceName;
import tenon.types.component.SemanticVersion;
import tenon.wit.Function;
import tenon.wit.Interface;
import tenon.wit.InterfaceId;
import tenon.wit.PackageGraph;
import tenon.wit.TypeComparison;
import tenon.wit.TypeId;
import tenon.wit.World;
import tenon.wit.WorldId;
import tenon.wit.print.WitPrinter;

/**
 * Whether what has one world can be used where another one is asked for: its imports are there, and it exports what is asked for. That
 * answers whether a component fits a world, and whether a new version of a world keeps its promises to the old one. Versions of one track
 * stand for each other. Confined to one run.
 */
public final class WorldFit {
    private final PackageGraph asked;
    private final PackageGraph given;
    private final TypeComparison types;
    private final List<String> problems = new ArrayList<>();

    private WorldFit(PackageGraph asked, PackageGraph given) {
        this.asked = asked;
        this.given = given;
        this.types = new TypeComparison(asked, given);
    }

    /** What keeps {@code given} from being used where {@code asked} is asked for; empty if nothing does. */
    public static List<String> problems(
            PackageGraph askedGraph, WorldId asked, PackageGraph givenGraph, WorldId given) {
        var fit = new WorldFit(askedGraph, givenGraph);
        fit.check(askedGraph.get(asked), givenGraph.get(given));
        return fit.problems;
    }

    private void check(World askedWorld, World givenWorld) {
        givenWorld.imports().forEach((key, item) -> {
            if (item instanceof World.Item.OfType) {
                return;
            }
            String name = given.name(key);
            Optional<World.Item> there = find(askedWorld.imports(), asked, name);
            if (there.isEmpty()) {
                problems.add("import `" + name + "` is not there in world `" + askedWorld.name() + "`");
            } else {
                compare("import `" + name + "`", there.get(), item, false);
            }
        });
        askedWorld.exports().forEach((key, item) -> {
            String name = asked.name(key);
            Optional<World.Item> offered = find(givenWorld.exports(), given, name);
            if (offered.isEmpty()) {
                problems.add("export `" + name + "` is missing, which world `" + askedWorld.name() + "` asks for");
            } else {
                compare("export `" + name + "`", item, offered.get(), true);
            }
        });
    }

    /** The item of this name, or else that of the same track with the highest version. */
    private static Optional<World.Item> find(
            SequencedMap<World.Key, World.Item> items, PackageGraph graph, String name) {
        Optional<InterfaceName> sought =
                name.indexOf(':') < 0 ? Optional.empty() : Optional.of(InterfaceName.parse(name, Place.NOWHERE));
        World.Item best = null;
        InterfaceName bestName = null;
        for (var each : items.entrySet()) {
            if (graph.name(each.getKey()).equals(name)) {
                return Optional.of(each.getValue());
            }
            if (sought.isPresent() && each.getKey() instanceof World.Key.OfInterface(InterfaceId id)) {
                InterfaceName other = graph.name(id).orElseThrow();
                boolean fits = TypeComparison.sameTrack(other, sought.get());
                if (fits && (bestName == null || isHigher(other, bestName))) {
                    best = each.getValue();
                    bestName = other;
                }
            }
        }
        return Optional.ofNullable(best);
    }

    private static boolean isHigher(InterfaceName one, InterfaceName other) {
        return one.version().orElse(null) instanceof SemanticVersion a
                && other.version().orElse(null) instanceof SemanticVersion b
                && a.compareTo(b) > 0;
    }

    /** {@code wanted} tells which side must have what the other one has: that of {@link #given} if it is exported. */
    private void compare(String where, World.Item askedItem, World.Item givenItem, boolean wanted) {
        if (askedItem instanceof World.Item.OfFunction(Function a)
                && givenItem instanceof World.Item.OfFunction(Function b)) {
            compare(where, a, b);
        } else if (askedItem instanceof World.Item.OfInterface a && givenItem instanceof World.Item.OfInterface b) {
            compare(where, asked.get(a.id()), given.get(b.id()), wanted);
        } else {
            problems.add(where + " is a " + givenItem.word() + ", expected a " + askedItem.word());
        }
    }

    private void compare(String where, Interface a, Interface b, boolean exported) {
        Interface needed = exported ? a : b;
        for (String name : needed.types().keySet()) {
            TypeId one = a.types().get(name);
            TypeId other = b.types().get(name);
            if (one == null || other == null) {
                problems.add(where + ": type `" + name + "` is missing");
            } else if (!types.same(one, other)) {
                problems.add(where + ": type `" + name + "` differs");
            }
        }
        for (String name : needed.functions().keySet()) {
            Function one = a.functions().get(name);
            Function other = b.functions().get(name);
            if (one == null || other == null) {
                problems.add(where + ": function `" + name + "` is missing");
            } else {
                compare(where + ": function `" + name + "`", one, other);
            }
        }
    }

    private void compare(String where, Function a, Function b) {
        if (!types.same(a, b)) {
            problems.add(
                    where + " is `" + WitPrinter.text(given, b) + "`, expected `" + WitPrinter.text(asked, a) + "`");
        }
    }
}

package tenon.wit.component;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import tenon.types.Place;
import tenon.types.component.InterfaceName;
import tenon.types.component.SemanticVersion;
import tenon.wit.Diagnostic;
import tenon.wit.Function;
import tenon.wit.Interface;
import tenon.wit.InterfaceId;
import tenon.wit.Owner;
import tenon.wit.PackageGraph;
import tenon.wit.Type;
import tenon.wit.TypeDefinition;
import tenon.wit.TypeId;
import tenon.wit.TypeKind;
import tenon.wit.WitException;
import tenon.wit.World;
import tenon.wit.WorldId;
import tenon.wit.print.WitPrinter;

/**
 * Whether what has one world can be used where another one is asked for: its imports are there, and it exports what is asked for. That
 * answers whether a component fits a world, and whether a new version of a world keeps its promises to the old one. Versions of one track
 * stand for each other. Confined to one run.
 */
public final class WorldFit {
    private static final int DEEPEST = 1000;

    private final PackageGraph asked;
    private final PackageGraph given;
    private final List<String> problems = new ArrayList<>();

    /** Pairs of types that are being compared or were found to be the same: the first of {@link #asked}. */
    private final Set<Pair> same = new HashSet<>();

    private int nesting;

    private record Pair(TypeId asked, TypeId given) {}

    private WorldFit(PackageGraph asked, PackageGraph given) {
        this.asked = asked;
        this.given = given;
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
        World.Item best = null;
        Optional<SemanticVersion> highest = Optional.empty();
        for (var each : items.entrySet()) {
            String other = graph.name(each.getKey());
            if (other.equals(name)) {
                return Optional.of(each.getValue());
            }
            Optional<SemanticVersion> version = version(other);
            boolean higher =
                    version.isPresent() && (highest.isEmpty() || version.get().compareTo(highest.get()) > 0);
            if (sameTrack(other, name) && higher) {
                best = each.getValue();
                highest = version;
            }
        }
        return Optional.ofNullable(best);
    }

    private static Optional<SemanticVersion> version(String name) {
        int at = name.indexOf('@');
        return at < 0 ? Optional.empty() : SemanticVersion.parse(name.substring(at + 1));
    }

    private static boolean sameTrack(String one, String other) {
        int a = one.indexOf('@');
        int b = other.indexOf('@');
        return a >= 0
                && b >= 0
                && one.substring(0, a).equals(other.substring(0, b))
                && version(one).flatMap(SemanticVersion::track).isPresent()
                && version(one)
                        .flatMap(SemanticVersion::track)
                        .equals(version(other).flatMap(SemanticVersion::track));
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
            } else if (!same(one, other)) {
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
        boolean fits = a.params().size() == b.params().size()
                && a.kind().async() == b.kind().async()
                && same(a.result(), b.result());
        for (int i = 0; fits && i < a.params().size(); i++) {
            fits = a.params().get(i).name().equals(b.params().get(i).name())
                    && same(a.params().get(i).type(), b.params().get(i).type());
        }
        if (!fits) {
            problems.add(
                    where + " is `" + WitPrinter.text(given, b) + "`, expected `" + WitPrinter.text(asked, a) + "`");
        }
    }

    private boolean same(Optional<Type> a, Optional<Type> b) {
        return a.isPresent() && b.isPresent() ? same(a.get(), b.get()) : a.equals(b);
    }

    private boolean same(Type a, Type b) {
        Type one = origin(asked, a);
        Type other = origin(given, b);
        if (!(one instanceof TypeId id) || !(other instanceof TypeId otherId)) {
            return one.equals(other);
        }
        var pair = new Pair(id, otherId);
        if (same.contains(pair)) {
            return true;
        }
        if (++nesting > DEEPEST) {
            throw new WitException(
                    Diagnostic.of(Place.NOWHERE, "types are nested too deep, expected at most " + DEEPEST + " levels"));
        }
        boolean result = same(asked.get(id), given.get(otherId));
        nesting--;
        if (result) {
            same.add(pair);
        }
        return result;
    }

    private static Type origin(PackageGraph graph, Type type) {
        Type origin = type;
        while (origin instanceof TypeId id && graph.get(id).kind() instanceof TypeKind.Alias(Type target)) {
            origin = target;
        }
        return origin;
    }

    private boolean same(TypeDefinition a, TypeDefinition b) {
        if (a.kind() instanceof TypeKind.Resource || b.kind() instanceof TypeKind.Resource) {
            return a.kind().equals(b.kind()) && a.name().equals(b.name()) && sameHome(a.owner(), b.owner());
        }
        List<Type> parts = a.kind().parts();
        List<Type> others = b.kind().parts();
        if (!shape(a.kind()).equals(shape(b.kind())) || parts.size() != others.size()) {
            return false;
        }
        for (int i = 0; i < parts.size(); i++) {
            if (!same(parts.get(i), others.get(i))) {
                return false;
            }
        }
        return true;
    }

    private boolean sameHome(Owner a, Owner b) {
        if (a instanceof Owner.OfInterface(InterfaceId one) && b instanceof Owner.OfInterface(InterfaceId other)) {
            String name = asked.name(one).map(InterfaceName::toString).orElse("");
            String otherName = given.name(other).map(InterfaceName::toString).orElse("");
            return name.equals(otherName) || sameTrack(name, otherName);
        }
        return a.getClass() == b.getClass();
    }

    /** What two kinds must agree in besides their parts: labels, lengths, and which payloads there are. */
    private static TypeKind shape(TypeKind kind) {
        var nothing = new TypeId(0);
        return switch (kind) {
            case TypeKind.Record(List<TypeKind.Field> fields) ->
                new TypeKind.Record(fields.stream()
                        .map(field -> new TypeKind.Field(field.name(), nothing, Optional.empty()))
                        .toList());
            case TypeKind.Variant(List<TypeKind.Case> cases) ->
                new TypeKind.Variant(cases.stream()
                        .map(each -> new TypeKind.Case(each.name(), each.type().map(_ -> nothing), Optional.empty()))
                        .toList());
            case TypeKind.Enum(List<TypeKind.Label> labels) -> new TypeKind.Enum(bare(labels));
            case TypeKind.Flags(List<TypeKind.Label> labels) -> new TypeKind.Flags(bare(labels));
            default -> kind.map(_ -> nothing, _ -> nothing);
        };
    }

    private static List<TypeKind.Label> bare(List<TypeKind.Label> labels) {
        return labels.stream()
                .map(label -> new TypeKind.Label(label.name(), Optional.empty()))
                .toList();
    }
}

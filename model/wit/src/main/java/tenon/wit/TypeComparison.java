package tenon.wit;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tenon.types.Place;
import tenon.types.component.InterfaceName;
import tenon.types.component.SemanticVersion;

/**
 * Whether types of two graphs are the same: names of types do not matter, but for resources, which must be of interfaces of one name or of
 * one track of versions. Confined to one run.
 */
public final class TypeComparison {
    private static final int DEEPEST = 1000;

    private final PackageGraph left;
    private final PackageGraph right;

    /** Pairs of types that were found to be the same. */
    private final Set<Pair> same = new HashSet<>();

    private int nesting;

    private record Pair(TypeId left, TypeId right) {}

    /** Compares types of {@code left} to those of {@code right}, which may be the same graph. */
    public TypeComparison(PackageGraph left, PackageGraph right) {
        this.left = left;
        this.right = right;
    }

    /** Whether two functions are called alike: their parameters by name and type, their results, and whether they are async. */
    public boolean same(Function a, Function b) {
        boolean fits = a.params().size() == b.params().size()
                && a.kind().async() == b.kind().async()
                && same(a.result(), b.result());
        for (int i = 0; fits && i < a.params().size(); i++) {
            fits = a.params().get(i).name().equals(b.params().get(i).name())
                    && same(a.params().get(i).type(), b.params().get(i).type());
        }
        return fits;
    }

    private boolean same(Optional<Type> a, Optional<Type> b) {
        return a.isPresent() && b.isPresent() ? same(a.get(), b.get()) : a.equals(b);
    }

    /** Raises a {@link WitException} for types that are nested too deep. */
    public boolean same(Type a, Type b) {
        Type one = origin(left, a);
        Type other = origin(right, b);
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
        boolean result = same(left.get(id), right.get(otherId));
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
        if (!sameShape(a.kind(), b.kind()) || parts.size() != others.size()) {
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
            Optional<InterfaceName> name = left.name(one);
            Optional<InterfaceName> otherName = right.name(other);
            return name.equals(otherName) || sameTrack(name, otherName);
        }
        return a.getClass() == b.getClass();
    }

    private static boolean sameTrack(Optional<InterfaceName> one, Optional<InterfaceName> other) {
        return one.isPresent() && other.isPresent() && sameTrack(one.get(), other.get());
    }

    /** Whether one stands for the other: Explainer.md, "Canonical Interface Name". */
    public static boolean sameTrack(InterfaceName one, InterfaceName other) {
        return one.unversioned().equals(other.unversioned())
                && one.version().orElse(null) instanceof SemanticVersion a
                && other.version().orElse(null) instanceof SemanticVersion b
                && a.track().isPresent()
                && a.track().equals(b.track());
    }

    /** Whether two kinds differ in their parts at most: labels, lengths, and which payloads there are, are the same. */
    public static boolean sameShape(TypeKind one, TypeKind other) {
        return shape(one).equals(shape(other));
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

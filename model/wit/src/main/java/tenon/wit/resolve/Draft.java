package tenon.wit.resolve;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import tenon.types.component.PackageName;
import tenon.wit.Function;
import tenon.wit.InterfaceId;
import tenon.wit.Remarks;
import tenon.wit.Stability;
import tenon.wit.TypeDefinition;
import tenon.wit.TypeId;
import tenon.wit.World;
import tenon.wit.WorldId;
import tenon.wit.syntax.Spot;
import tenon.wit.syntax.UsePath;
import tenon.wit.syntax.WitFile;

/**
 * A package whose own names are found: indices count what is in this draft, and items of other packages stand in it by name. Filled by
 * {@link PackageDrafter}, then only read.
 */
final class Draft {
    final PackageSyntax syntax;
    final List<Type> types = new ArrayList<>();
    final List<Interface> interfaces = new ArrayList<>();
    final List<OfWorld> worlds = new ArrayList<>();

    /** What it says that other packages have, in order of writing. */
    final List<Reference> references = new ArrayList<>();

    final List<RequiredResource> requiredResources = new ArrayList<>();

    /** A draft with references only. */
    Draft(PackageSyntax syntax) {
        this.syntax = syntax;
        for (List<WitFile.Item> file : syntax.files()) {
            References.visit(file, (path, attributes, world) -> {
                if (path instanceof UsePath.Foreign foreign) {
                    var item = new ForeignItem(
                            foreign.packageName(),
                            foreign.name().name(),
                            foreign.name().spot());
                    references.add(new Reference(item, world, PackageDrafter.stability(attributes), foreign.spot()));
                }
            });
        }
    }

    PackageName name() {
        return syntax.name();
    }

    /** The packages that it uses, each with where it is first named. */
    SequencedMap<PackageName, Spot> dependencies() {
        var dependencies = new LinkedHashMap<PackageName, Spot>();
        references.forEach(each -> dependencies.putIfAbsent(each.item().packageName(), each.spot()));
        return dependencies;
    }

    /** Something of another package; {@code spot} is where its own name stands. */
    record ForeignItem(PackageName packageName, String name, Spot spot) {}

    /** A path to something of another package; {@code spot} is where the path starts. */
    record Reference(ForeignItem item, boolean world, Stability stability, Spot spot) {}

    /** A type of another package that stands in a handle. */
    record RequiredResource(TypeId type, Spot spot) {}

    sealed interface Type {
        Stability stability();
    }

    /** {@code parts} are where its fields are named; empty if all errors point at {@code spot}. */
    record DefinedType(TypeDefinition definition, Spot spot, List<Spot> parts) implements Type {
        @Override
        public Stability stability() {
            return definition.remarks().stability();
        }
    }

    record ForeignType(InterfaceId from, String name, Stability stability, Spot spot) implements Type {}

    sealed interface Interface {}

    record DefinedInterface(
            Optional<String> name,
            SequencedMap<String, TypeId> types,
            List<PlacedFunction> functions,
            Remarks remarks,
            Spot spot)
            implements Interface {}

    record ForeignInterface(ForeignItem item) implements Interface {}

    record PlacedFunction(Function function, Spot spot) {}

    sealed interface OfWorld {}

    record DefinedWorld(
            String name,
            List<PlacedItem> imports,
            List<PlacedItem> exports,
            List<Include> includes,
            Remarks remarks,
            Spot spot)
            implements OfWorld {}

    record ForeignWorld(ForeignItem item) implements OfWorld {}

    record PlacedItem(World.Key key, World.Item item, Spot spot) {}

    record Include(WorldId world, SequencedMap<String, String> renames, Stability stability, Spot spot) {}
}

package tenon.wit;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import tenon.types.component.InterfaceName;
import tenon.types.component.PackageName;

/**
 * Packages with all that they stand on. Immutable.
 *
 * @param packages each behind those that it uses
 * @param interfaces by index
 * @param worlds by index
 * @param types by index; a type stands behind those that it is made of
 * @param main the package that was asked for
 */
public record PackageGraph(
        List<WitPackage> packages,
        List<Interface> interfaces,
        List<World> worlds,
        List<TypeDefinition> types,
        PackageId main)
        implements TypesById {
    public PackageGraph {
        packages = List.copyOf(packages);
        interfaces = List.copyOf(interfaces);
        worlds = List.copyOf(worlds);
        types = List.copyOf(types);
    }

    /** The package of this index. */
    public WitPackage get(PackageId id) {
        return packages.get(id.index());
    }

    /** The interface of this index. */
    public Interface get(InterfaceId id) {
        return interfaces.get(id.index());
    }

    /** The world of this index. */
    public World get(WorldId id) {
        return worlds.get(id.index());
    }

    @Override
    public TypeDefinition get(TypeId id) {
        return types.get(id.index());
    }

    /** The package of this name and version. */
    public Optional<PackageId> find(PackageName name) {
        for (int i = 0; i < packages.size(); i++) {
            if (packages.get(i).name().equals(name)) {
                return Optional.of(new PackageId(i));
            }
        }
        return Optional.empty();
    }

    /** The world of this name: {@code proxy} in the main package, or {@code wasi:http/proxy@0.2.0} in any. */
    public Optional<WorldId> world(String name) {
        int slash = name.indexOf('/');
        if (slash < 0) {
            return Optional.ofNullable(get(main).worlds().get(name));
        }
        int at = name.indexOf('@');
        String world = name.substring(slash + 1, at < 0 ? name.length() : at);
        String owner = name.substring(0, slash) + (at < 0 ? "" : name.substring(at));
        return packages.stream()
                .filter(each -> each.name().toString().equals(owner))
                .findFirst()
                .map(each -> each.worlds().get(world));
    }

    /** {@code wasi:http/types@0.2.0}; empty for an interface without a name. */
    public Optional<InterfaceName> name(InterfaceId id) {
        Interface found = get(id);
        return found.name().map(name -> new InterfaceName(get(found.owner()).name(), name));
    }

    /** How an import or export is called in the Component Model. */
    public String name(World.Key key) {
        return switch (key) {
            case World.Key.Plain plain -> plain.name();
            case World.Key.OfInterface named ->
                name(named.id()).map(InterfaceName::toString).orElseThrow();
        };
    }

    /** The interfaces that an interface takes types from, in order. */
    public SequencedSet<InterfaceId> uses(InterfaceId id) {
        var uses = new LinkedHashSet<InterfaceId>();
        for (TypeId type : get(id).types().values()) {
            usedFrom(type).ifPresent(uses::add);
        }
        return uses;
    }
}

package tenon.compose.type;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Where named types are at home: in the interface or world that exports or imports them first. Confined to one run. */
final class Owners {

    /** A home; {@code face} is empty if it is a world. */
    record Home(Optional<InterfaceType> face, String name) {}

    private final Map<Type, Home> homes = new HashMap<>();

    /** By type: the one that it was declared equal to. */
    private final Map<Type, Type> equal = new HashMap<>();

    /** The home of a type, or of what it is equal to. */
    Optional<Home> home(Type type) {
        Type each = type;
        while (each != null) {
            Home home = homes.get(each);
            if (home != null) {
                return Optional.of(home);
            }
            each = equal.get(each);
        }
        return Optional.empty();
    }

    /** A new type under the name {@code name} that is equal to {@code referenced}; {@code inside} is the interface in which it stands. */
    Type equalTo(Type referenced, String name, Optional<InterfaceType> inside) {
        return switch (referenced) {
            case ResourceType resource -> {
                // a resource that the component defines has no name until its first export
                if (resource.name().isEmpty()) {
                    resource.call(name);
                    yield resource;
                }
                Optional<InterfaceType> owner =
                        home(resource).flatMap(Home::face).filter(face -> inside.isEmpty() || inside.get() != face);
                yield remember(ResourceType.alias(name, resource.origin(), owner), resource);
            }
            case ValueType.Defined defined -> remember(new ValueType.Defined(defined.shape()), defined);
            case ValueType _, FunctionType _, InterfaceType _, WorldType _, ModuleType _ -> referenced;
        };
    }

    private Type remember(Type created, Type referenced) {
        equal.put(created, referenced);
        return created;
    }

    /** Notes that {@code created}, equal to {@code referenced}, is exported by {@code face}: used there, or at home there. */
    void export(InterfaceType face, String name, Type referenced, Type created) {
        Optional<Home> home = home(referenced);
        if (home.isEmpty()) {
            homes.put(created, new Home(Optional.of(face), name));
        } else {
            home.get()
                    .face()
                    .filter(from -> from != face)
                    .ifPresent(from ->
                            face.uses().put(name, new Use(from, home.get().name())));
        }
    }

    /** The same for what a world imports. */
    void importIn(WorldType world, String name, Type referenced, Type created) {
        Optional<Home> home = home(referenced);
        if (home.isEmpty()) {
            homes.put(created, new Home(Optional.empty(), name));
        } else {
            home.get()
                    .face()
                    .filter(from -> from.id().isPresent())
                    .ifPresent(from ->
                            world.uses().put(name, new Use(from, home.get().name())));
        }
    }
}

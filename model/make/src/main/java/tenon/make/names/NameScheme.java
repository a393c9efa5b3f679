package tenon.make.names;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tenon.make.world.Lifting;
import tenon.make.world.Signatures;
import tenon.types.core.FuncType;
import tenon.wit.InterfaceId;
import tenon.wit.PackageGraph;
import tenon.wit.TypeId;
import tenon.wit.World;

/** How names of core imports and exports tell what they mean. */
interface NameScheme {
    /** The first name of imports that belong to the world itself. */
    String root();

    /** What stands in front of the name of an interface. */
    String interfacePrefix();

    /** What stands in front of the first name for built-ins of what is exported. */
    String exportedPrefix();

    /** What a module has once, if an export's name says that it is one; memories, tables and functions have names of their own. */
    Optional<Offer.Service> service(String name);

    /** A built-in with the type that it must have. */
    record Builtin(Requirement requirement, Function<Signatures, FuncType> types) {
        Builtin(Requirement requirement, FuncType type) {
            this(requirement, _ -> type);
        }

        FuncType type(Signatures signatures) {
            return types.apply(signatures);
        }
    }

    /** A built-in of the world. */
    Optional<Builtin> builtin(String name);

    /** The resource that a built-in is about. */
    Optional<String> resource(Requirement.ExportedResource.Operation operation, String name);

    /** The function whose {@code task.return} it is. */
    Optional<String> taskReturn(String name);

    /** Whether it is {@code task.cancel}. */
    boolean isTaskCancel(String name);

    /** A built-in of a stream or future: of type {@code index} of a function, or {@code unit}. */
    record PayloadName(Payload.Kind kind, Payload.Operation operation, boolean async, String index, String function) {}

    /** A built-in of streams and futures. */
    Optional<PayloadName> payload(String name);

    /** A name, and whether it is used in the async way. */
    record Lowered(String name, boolean async) {}

    /** The function that an import is. */
    Lowered lowered(String name);

    /** A name, and how its function is lifted. */
    record Lifted(String name, Lifting lifting) {}

    /** The function that an export is. */
    Lifted lifted(String name);

    /** The function whose callback an export is. */
    Optional<String> callback(String name);

    /** The function whose post-return an export is. */
    Optional<String> postReturn(String name);

    /** What imports from {@code env} mean. */
    Optional<Requirement> environment(String name, FuncType type);

    /** An interface of a world under its key. */
    record Named(World.Key key, InterfaceId id) {}

    /** The interface that the first name of an import says, without prefixes. */
    Optional<Named> interfaceNamed(PackageGraph graph, Map<World.Key, World.Item> items, String name);

    /** A function that is exported. */
    record Target(World.Key key, Optional<InterfaceId> id, tenon.wit.Function function) {}

    /** The function that an export's name says, annotations taken away. */
    Optional<Target> exported(PackageGraph graph, Collection<World.Key> exports, String name);

    /** The resource whose destructor an export is. */
    Optional<TypeId> destructor(PackageGraph graph, Collection<World.Key> exports, String name);
}

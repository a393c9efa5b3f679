package tenon.make.names;

import java.util.Optional;
import tenon.make.world.Lifting;
import tenon.wit.Function;
import tenon.wit.InterfaceId;
import tenon.wit.TypeId;
import tenon.wit.World;

/** What an export of a core module stands for. */
public sealed interface Offer {
    /** A function that the world, or an interface that it exports, has. */
    record Exported(World.Key key, Optional<InterfaceId> id, Function function, Lifting lifting) implements Offer {}

    /** What is called when the results of a function have been read. */
    record PostReturn(World.Key key, Function function) implements Offer {}

    /** What is called when something happened for an async function. */
    record Callback(World.Key key, Function function) implements Offer {}

    /** What is called when the last handle of a resource is gone. */
    record Destructor(TypeId resource) implements Offer {}

    /** A thing that each module has once. */
    enum Service implements Offer {
        MEMORY,
        REALLOC,
        EXPORT_REALLOC,
        IMPORT_REALLOC,
        ADAPTER_REALLOC,
        INITIALIZE,
        FUNCTION_TABLE,
        TASK_HOOK
    }
}

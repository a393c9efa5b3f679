package tenon.make.component;

import java.util.Optional;
import tenon.component.CanonicalOptions.StringEncoding;
import tenon.make.ModuleRef;
import tenon.make.names.Payload;
import tenon.types.core.FuncType;
import tenon.wit.Function;
import tenon.wit.InterfaceId;
import tenon.wit.World;

/**
 * A function that stands in for another until that is there: it calls through a table, or a global, that is filled once all modules are
 * instantiated.
 *
 * @param name as the shim module exports it
 * @param label for people
 */
record Shim(Kind kind, String name, String label, Options options, FuncType type) {

    /** What it stands in for; of each there is one. */
    sealed interface Kind {
        /** An imported function. */
        record Lowered(Optional<String> group, ImportGroup.Use use, ModuleRef module, StringEncoding encoding)
                implements Kind {}

        /** A function of an adapter. */
        record Adapter(String adapter, String function) implements Kind {}

        /** The destructor of a resource, which is defined before the module that has it. */
        record Destructor(ModuleRef module, String export) implements Kind {}

        /** A built-in that moves values. */
        record Transfer(ModuleRef module, Payload payload, Payload.Operation operation, boolean async)
                implements Kind {}

        record Wait(boolean poll) implements Kind {}

        record TaskReturn(
                ModuleRef module, World.Key key, Optional<InterfaceId> id, Function function, StringEncoding encoding)
                implements Kind {}

        record ErrorContextNew(StringEncoding encoding) implements Kind {}

        record ErrorContextDebugMessage(ModuleRef module, StringEncoding encoding) implements Kind {}

        record ThreadNewIndirect() implements Kind {}

        /** A function that allocates memory. */
        record Realloc(ModuleRef module, String export) implements Kind {}
    }
}

package tenon.make.names;

import java.util.Optional;
import tenon.component.Canon;
import tenon.component.CanonicalOptions.StringEncoding;
import tenon.component.Sort;
import tenon.make.ModuleRef;
import tenon.types.core.FuncType;
import tenon.types.core.MemoryType;
import tenon.types.core.NumType;
import tenon.wit.Function;
import tenon.wit.InterfaceId;
import tenon.wit.TypeId;
import tenon.wit.World;

/** What an import of a core module stands for. */
public sealed interface Requirement {
    /** A function that the world imports itself. */
    record WorldFunction(World.Key key, Function function, boolean async) implements Requirement {}

    /** A function of an interface that the world imports. */
    record InterfaceFunction(World.Key key, InterfaceId id, Function function, boolean async) implements Requirement {}

    /** {@code resource.drop} of a resource that the world, or an interface that it imports, has. */
    record ImportedResourceDrop(World.Key key, Optional<InterfaceId> id, TypeId resource) implements Requirement {}

    /** A built-in of a resource that the world exports. */
    record ExportedResource(Operation operation, TypeId resource) implements Requirement {
        /** Which one. */
        public enum Operation {
            DROP,
            NEW,
            REP
        }
    }

    /** A function that an adapter exports. */
    record AdapterExport(String adapter, String function, FuncType type) implements Requirement {}

    /** The memory of the component. */
    record Memory(MemoryType type) implements Requirement {}

    /** Whatever the main module exports. */
    record MainExport(String name, Sort sort) implements Requirement {}

    /** Whatever another module exports. */
    record Item(ModuleRef from, String name, Sort sort) implements Requirement {}

    /** {@code task.return} of a function that the world exports. */
    record TaskReturn(World.Key key, Optional<InterfaceId> id, Function function) implements Requirement {}

    /** A built-in that needs nothing from any module. */
    record Builtin(Canon canon) implements Requirement {}

    /** {@code waitable-set.wait}, or {@code waitable-set.poll}. */
    record Wait(boolean poll) implements Requirement {}

    /** A built-in of streams or futures. */
    record Stream(Payload payload, Payload.Operation operation, boolean async) implements Requirement {}

    /** {@code error-context.new}. */
    record ErrorContextNew(StringEncoding encoding) implements Requirement {}

    /** {@code error-context.debug-message}. */
    record ErrorContextDebugMessage(StringEncoding encoding) implements Requirement {}

    /** {@code thread.new-indirect} over the main module's table. */
    record ThreadNewIndirect() implements Requirement {}

    /** Where the thread's own data stand; {@code set} changes it. */
    record TlsBase(boolean set, NumType type) implements Requirement {}
}

package tenon.runtime.plan;

import java.lang.invoke.MethodHandle;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import tenon.component.Component;
import tenon.runtime.canon.Signature;
import tenon.types.component.FunctionType;
import tenon.types.component.OwnType;
import tenon.types.component.ValueType;
import tenon.wasm.Module;

/** What an entry of an index space turns out to be. Immutable. */
public sealed interface Item {

    /** A component function. */
    sealed interface Function extends Item {
        /** Its type, resources followed to their identities. */
        FunctionType type();
    }

    /** A function of a guest; {@code lift} is an index of the plan's lifts. */
    record Lifted(int lift, FunctionType type) implements Function {}

    /**
     * A function of the host.
     *
     * @param definition index of the interface among those that the linker offers
     * @param handle of type {@code (owner, parameters…) → result}
     * @param dynamic whether it takes values in dynamic form, as a list
     * @param blocks whether it is async and may block, instead of giving what it will complete later
     */
    record Host(int definition, String name, MethodHandle handle, boolean dynamic, boolean blocks, Signature signature)
            implements Function {
        @Override
        public FunctionType type() {
            return signature.type();
        }
    }

    /** A function of a provider that can be replaced; {@code function} is an index of the late functions that belong to the plan. */
    record Late(int function, FunctionType type) implements Function {}

    /** A component instance, by what it exports, in the order of the binary. */
    record Instance(Map<String, Item> exports) implements Item {
        public Instance {
            exports = Collections.unmodifiableMap(new LinkedHashMap<>(exports));
        }
    }

    /** A component that can be instantiated, with the scope that its outer aliases look into. */
    record Nested(Component component, Scope scope) implements Item {}

    /** A value; {@code index} is one of the plan's values. */
    record Value(int index, ValueType type) implements Item {
        /** Whether it is, or contains, something that belongs to one life of one instance, and to one owner at a time. */
        public boolean holdsHandles() {
            return type.containsAsyncValue() || type.contains(part -> part instanceof OwnType);
        }
    }

    /** A type: it counts in its index space, and is nothing at run time. */
    enum Type implements Item {
        TYPE
    }

    /** What stands where an import is missing, so that planning finds all that is amiss; no plan is made of it. */
    record Missing() implements Item {}

    /** A core module. */
    record CoreModule(Module module) implements Item {}

    /** A core function. */
    record CoreFunction(Callee callee) implements Item {}

    /** A table, memory, global or tag: the export {@code name} of the core instance that step {@code core} makes. */
    record CoreExport(Module.ExternKind kind, int core, String name) implements Item {}

    /** A core instance, by what it exports. */
    record CoreInstance(Map<String, Item> exports) implements Item {
        public CoreInstance {
            exports = Map.copyOf(exports);
        }
    }
}

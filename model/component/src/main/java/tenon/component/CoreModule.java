package tenon.component;

import tenon.wasm.Binary;
import tenon.wasm.Module;

/** A core module that a component contains: adds an entry to {@link Sort#CORE_MODULE}. */
public record CoreModule(Module module, long offset) implements Definition {

    /** The module's bytes inside the outermost file. */
    public Binary binary() {
        return module.binary();
    }
}

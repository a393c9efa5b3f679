package tenon.core;

import tenon.wasm.Module;

/** Compiles core modules. Immutable, thread-safe; costs nothing to make. */
public final class CoreEngine {

    private final EngineOptions options;

    public CoreEngine(EngineOptions options) {
        this.options = options;
    }

    public EngineOptions options() {
        return options;
    }

    /** A valid module made ready to be linked. Cheap: functions are compiled when they are first called. */
    public CoreModule compile(Module validModule) {
        return new CoreModule(this, validModule);
    }
}

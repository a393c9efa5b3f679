package tenon.core;

import tenon.wasm.Module;

/** Compiles core modules. Thread-safe; costs nothing to make. */
public final class CoreEngine {

    private final EngineOptions options;
    private final CodeCounts codeCounts = new CodeCounts();

    public CoreEngine(EngineOptions options) {
        this.options = options;
    }

    public EngineOptions options() {
        return options;
    }

    /** What the functions came to that were compiled so far. */
    public CodeCounts codeCounts() {
        return codeCounts;
    }

    /** A valid module made ready to be linked. Cheap: functions are compiled when they are first called. */
    public CoreModule compile(Module validModule) {
        return new CoreModule(this, validModule);
    }
}

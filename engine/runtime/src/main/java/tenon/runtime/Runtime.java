package tenon.runtime;

import tenon.core.CoreEngine;
import tenon.core.EngineOptions;

/** The engine that components run on: one for a process. Thread-safe. */
public final class Runtime {
    private final CoreEngine engine;
    private final boolean generateAdapters;

    private Runtime(CoreEngine engine, boolean generateAdapters) {
        this.engine = engine;
        this.generateAdapters = generateAdapters;
    }

    /** A runtime on an engine of its own. */
    public static Runtime create() {
        return new Runtime(new CoreEngine(EngineOptions.DEFAULT.withResettable(true)), true);
    }

    /** A runtime on a given engine; if its instances are resettable, instances of components are pooled. */
    public static Runtime on(CoreEngine engine) {
        return new Runtime(engine, true);
    }

    /** The same with adapters generated, or interpreted: slower, and what the generated ones are compared with. */
    public Runtime withGeneratedAdapters(boolean generated) {
        return new Runtime(engine, generated);
    }

    boolean generatesAdapters() {
        return generateAdapters;
    }

    /** What compiles core modules. */
    public CoreEngine engine() {
        return engine;
    }
}

package tenon.runtime;

import tenon.core.CoreEngine;
import tenon.core.EngineOptions;
import tenon.core.MemoryBudget;
import tenon.core.cache.CodeCache;

/** The engine that components run on: one for a process. Thread-safe. */
public final class Runtime {
    /** What the engine of a runtime is made with, unless it is given: guests can be stopped, and are pooled. */
    public static final EngineOptions OPTIONS = EngineOptions.DEFAULT.withResettable(true);

    private final CoreEngine engine;
    private final boolean generateAdapters;
    private final MemoryBudget budget;

    private Runtime(CoreEngine engine, boolean generateAdapters, MemoryBudget budget) {
        this.engine = engine;
        this.generateAdapters = generateAdapters;
        this.budget = budget;
    }

    /** A runtime on an engine of its own. */
    public static Runtime create() {
        return on(new CoreEngine(OPTIONS));
    }

    /** A runtime on an engine of its own, which keeps compiled classes in a cache; whoever made that closes it. */
    public static Runtime create(CodeCache cache) {
        return on(new CoreEngine(OPTIONS.withCache(cache)));
    }

    /** A runtime on a given engine; if its instances are resettable, instances of components are pooled. */
    public static Runtime on(CoreEngine engine) {
        return new Runtime(engine, true, MemoryBudget.ofHeap());
    }

    /** The same with adapters generated, or interpreted: slower, and what the generated ones are compared with. */
    public Runtime withGeneratedAdapters(boolean generated) {
        return new Runtime(engine, generated, budget);
    }

    /** The same with another budget for what its guests take of the heap; the heap's own if none is given. */
    public Runtime withMemoryBudget(MemoryBudget other) {
        return new Runtime(engine, generateAdapters, other);
    }

    /** What its guests may take of the heap together. */
    public MemoryBudget memoryBudget() {
        return budget;
    }

    boolean generatesAdapters() {
        return generateAdapters;
    }

    /** What compiles core modules. */
    public CoreEngine engine() {
        return engine;
    }
}

package tenon.core;

import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import tenon.core.cache.CachedModule;
import tenon.core.compile.SplitLimits;
import tenon.wasm.Binary;
import tenon.wasm.Module;
import tenon.wasm.ModuleValidator;

/** Compiles core modules. Thread-safe; costs nothing to make. */
public final class CoreEngine {

    private final EngineOptions options;
    private final SplitLimits splitLimits;
    private final CodeCounts codeCounts = new CodeCounts();
    private final Map<Binary, Optional<CachedModule>> cached = new WeakHashMap<>();

    public CoreEngine(EngineOptions options) {
        this(options, SplitLimits.DEFAULT);
    }

    /** With limits of its own, for tests; what it compiles must not get into a cache. */
    CoreEngine(EngineOptions options, SplitLimits splitLimits) {
        assert options.cache().isEmpty() || splitLimits.equals(SplitLimits.DEFAULT);
        this.options = options;
        this.splitLimits = splitLimits;
    }

    public EngineOptions options() {
        return options;
    }

    SplitLimits splitLimits() {
        return splitLimits;
    }

    /** What the functions came to that were compiled so far. */
    public CodeCounts codeCounts() {
        return codeCounts;
    }

    /**
     * Validates a module, unless the cache knows that it is valid.
     *
     * @throws tenon.types.InvalidException as {@link ModuleValidator#validate(Module)}
     */
    public void validate(Module module) {
        Optional<CachedModule> known = cached(module);
        if (known.isPresent() && known.get().isValid()) {
            return;
        }
        ModuleValidator.validate(module);
        known.ifPresent(CachedModule::markValid);
    }

    /** A valid module made ready to be linked. Cheap: functions are compiled when they are first called. */
    public CoreModule compile(Module validModule) {
        return new CoreModule(this, validModule);
    }

    /** What the cache has of a module; empty without a cache. */
    Optional<CachedModule> cached(Module module) {
        if (options.cache().isEmpty()) {
            return Optional.empty();
        }
        synchronized (cached) {
            // by the identity of its bytes, which live as long as the module
            return cached.computeIfAbsent(
                    module.binary(), _ -> options.cache().get().module(module, options.traits()));
        }
    }
}

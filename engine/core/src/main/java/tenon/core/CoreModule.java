package tenon.core;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import tenon.core.cache.CachedModule;
import tenon.core.compile.CompileOptions;
import tenon.core.compile.ModuleCompiler;
import tenon.core.compile.ModuleLayout;
import tenon.types.UnsupportedException;
import tenon.types.core.FuncType;
import tenon.types.core.MemoryType;
import tenon.wasm.Module;

/** A module that can be linked into any number of linkages. Immutable, thread-safe. */
public final class CoreModule {
    /** The JVM's 255 less the instance and the handle that a call goes through. */
    private static final int MOST_PARAMETER_SLOTS = 250;

    /** What one class can hold as fields, and choose among in one method. */
    private static final int MOST_FIELDS = 3000;

    private final CoreEngine engine;
    private final Module module;
    private final List<Signature> signatures;
    private final Optional<CachedModule> cached;

    CoreModule(CoreEngine engine, Module module) {
        this.engine = engine;
        this.module = module;
        for (MemoryType memory : module.spaces().memories()) {
            if (memory.shared()) {
                throw new UnsupportedException(
                        module.binary().start(), "shared memories of the proposal `threads` do not run yet");
            }
        }
        for (int i = 0; i < module.spaces().types().size(); i++) {
            if (module.compositeType(i) instanceof FuncType type && JvmTypes.slots(type) > MOST_PARAMETER_SLOTS) {
                throw new UnsupportedException(
                        module.binary().start(),
                        "function type " + i + " has too many parameters: a method of the JVM takes "
                                + MOST_PARAMETER_SLOTS + ", where i64 and f64 count twice");
            }
        }
        refuse(module.spaces().globals().size(), "globals");
        refuse(module.importedFunctions(), "imported functions");
        refuse(module.spaces().tables().size(), "tables");
        refuse(module.spaces().memories().size(), "memories");
        this.signatures = Signature.of(module);
        this.cached = engine.cached(module);
    }

    private void refuse(int count, String what) {
        if (count > MOST_FIELDS) {
            throw new UnsupportedException(
                    module.binary().start(),
                    "the module has " + count + " " + what + ", at most " + MOST_FIELDS + " are supported");
        }
    }

    public Module module() {
        return module;
    }

    /** What compiles it. */
    public CoreEngine engine() {
        return engine;
    }

    /** The identities of the module's types. */
    List<Signature> signatures() {
        return signatures;
    }

    Signature signature(int function) {
        return signatures.get(module.spaces().functions().get(function));
    }

    /** The package of its classes where nothing else has that name. */
    String packageName() {
        return cached.map(CachedModule::packageName).orElse("m");
    }

    /** The code of the module in a package. */
    ModuleCode code(String packageName) {
        EngineOptions options = engine.options();
        var layout = new ModuleLayout(
                module,
                new CompileOptions(
                        options.interruptible(), options.resettable(), options.largeMemories(), options.groupBytes()),
                engine.splitLimits(),
                packageName);
        return new ModuleCode(layout, cached, engine.codeCounts());
    }

    /** Compiles all functions and forgets their code: what it comes to, for tools. */
    public CodeCounts compileAll() {
        var counts = new CodeCounts();
        new ModuleCompiler(code("all").layout(), counts::add).compileAll();
        return counts;
    }

    /**
     * Compiles all functions that the cache lacks, on all processors, for processes to come.
     *
     * @param progress is told from several threads how many of {@link #groups()} are done, one after the other
     * @throws IllegalStateException without a cache
     */
    public void compileAhead(Runnable progress) {
        if (cached.isEmpty()) {
            throw new IllegalStateException("there is no cache to compile for");
        }
        ModuleCode code = code(packageName());
        IntStream.range(0, code.layout().groups()).parallel().forEach(group -> {
            code.prepare("F" + group);
            progress.run();
        });
        code.prepare("Instance");
        code.prepare("Calls");
        int functions = module.spaces().functions().size();
        if (IntStream.range(module.importedFunctions(), functions).anyMatch(code.layout()::hasTailCalls)) {
            code.prepare("Tails");
        }
    }

    /** How many classes its functions make. */
    public int groups() {
        return code(packageName()).layout().groups();
    }

    /** Links the module alone, each imported function to be given to the instance. */
    public LinkedModule link() {
        return link(new Linkage(), Collections.nCopies(module.importedFunctions(), ImportTarget.DYNAMIC));
    }

    /** Links the module in one place of a linkage; one target for each imported function. */
    public LinkedModule link(Linkage linkage, List<ImportTarget> functionTargets) {
        if (functionTargets.size() != module.importedFunctions()) {
            throw new IllegalArgumentException("the module imports " + module.importedFunctions() + " functions, found "
                    + functionTargets.size() + " targets");
        }
        return new LinkedModule(this, linkage, functionTargets);
    }
}

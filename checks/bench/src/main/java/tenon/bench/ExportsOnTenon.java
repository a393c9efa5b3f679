package tenon.bench;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import tenon.core.CoreEngine;
import tenon.core.CoreFunction;
import tenon.core.CoreInstance;
import tenon.core.CoreModule;
import tenon.core.EngineOptions;
import tenon.core.ImportValue;
import tenon.core.Imports;
import tenon.core.cache.CodeCache;
import tenon.types.core.FuncType;
import tenon.types.core.FuncTypeUse;
import tenon.wasm.Module;
import tenon.wasm.ModuleDecoder;

/** What {@code exports.mjs} does, on our engine; the same arguments and the same output. */
final class ExportsOnTenon {
    /** The property that names a folder for compiled code. */
    static final String CACHE = "tenon.bench.cache";

    /** The property that asks for large memories. */
    private static final String LARGE_MEMORIES = "tenon.bench.large-memories";

    private ExportsOnTenon() {}

    public static void main(String[] args) throws Throwable {
        int warmup = Integer.parseInt(args[1]);
        int runs = Integer.parseInt(args[2]);
        CoreInstance instance = instantiate(ModuleDecoder.decode(Files.readAllBytes(Path.of(args[0]))));
        for (String call : Arrays.asList(args).subList(3, args.length)) {
            String name = call.substring(0, call.indexOf(':'));
            int argument = Integer.parseInt(call.substring(name.length() + 1));
            MethodHandle run = Exported.function(instance, name);
            var times = new long[runs];
            int result = 0;
            for (int i = 0; i < warmup + runs; i++) {
                long start = System.nanoTime();
                result = (int) run.invokeExact(argument);
                if (i >= warmup) {
                    times[i - warmup] = System.nanoTime() - start;
                }
            }
            Arrays.sort(times);
            System.out.println(name + " " + times[runs / 2] + " " + result);
        }
        System.out.println(Engines.hugeMethods(instance));
        instance.linked().module().engine().options().cache().ifPresent(CodeCache::close);
    }

    private static CoreInstance instantiate(Module module) throws ReflectiveOperationException {
        // given by the bench that asks what a cache of code is good for
        String folder = System.getProperty(CACHE, "");
        EngineOptions options = EngineOptions.DEFAULT.withLargeMemories(Boolean.getBoolean(LARGE_MEMORIES));
        CoreModule compiled = new CoreEngine(
                        folder.isEmpty() ? options : options.withCache(CodeCache.in(Path.of(folder))))
                .compile(module);
        MethodHandle add = MethodHandles.lookup()
                .findStatic(Integer.class, "sum", MethodType.methodType(int.class, int.class, int.class));
        var values = new ArrayList<ImportValue>();
        for (Module.Import imported : module.imports()) {
            int type = ((FuncTypeUse) imported.type()).typeIndex();
            values.add(CoreFunction.of((FuncType) module.compositeType(type), add));
        }
        return compiled.link().instantiate(new Imports(values));
    }
}

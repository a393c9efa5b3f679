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
import tenon.core.EngineOptions;
import tenon.core.ImportValue;
import tenon.core.Imports;
import tenon.core.InstanceImage;
import tenon.types.core.FuncType;
import tenon.types.core.FuncTypeUse;
import tenon.wasm.Module;
import tenon.wasm.ModuleDecoder;

/** What {@code instances.mjs} does, on our engine: an instance of a pool is brought back to its first state, then used. */
final class InstancesOnTenon {
    private static final int BATCH = 100;

    private InstancesOnTenon() {}

    public static void main(String[] args) throws Throwable {
        Module module = ModuleDecoder.decode(Files.readAllBytes(Path.of(args[0])));
        int warmup = Integer.parseInt(args[1]);
        int runs = Integer.parseInt(args[2]);
        MethodHandle add = MethodHandles.lookup()
                .findStatic(Integer.class, "sum", MethodType.methodType(int.class, int.class, int.class));
        var imports = new ArrayList<ImportValue>();
        for (Module.Import imported : module.imports()) {
            int type = ((FuncTypeUse) imported.type()).typeIndex();
            imports.add(CoreFunction.of((FuncType) module.compositeType(type), add));
        }
        CoreInstance instance = new CoreEngine(EngineOptions.DEFAULT.withResettable(true))
                .compile(module)
                .link()
                .instantiate(new Imports(imports));
        InstanceImage image = instance.image();
        MethodHandle touch = Exported.function(instance, "touch");
        for (int pages : new int[] {0, 10}) {
            var times = new long[runs];
            int sum = 0;
            for (int i = 0; i < warmup + runs; i++) {
                long start = System.nanoTime();
                for (int k = 0; k < BATCH; k++) {
                    instance.reset(image);
                    sum = pages == 0 ? 0 : (int) touch.invokeExact(0, pages);
                }
                if (i >= warmup) {
                    times[i - warmup] = (System.nanoTime() - start) / BATCH;
                }
            }
            Arrays.sort(times);
            System.out.println((pages == 0 ? "instantiate " : "and-10-pages ") + times[runs / 2] + " " + sum);
        }
    }
}

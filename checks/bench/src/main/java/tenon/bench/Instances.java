package tenon.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tenon.component.read.ComponentDecoder;
import tenon.runtime.LinkedComponent;
import tenon.runtime.Linker;
import tenon.runtime.Runtime;
import tenon.runtime.Store;
import tenon.wasi.Wasi;
import tenon.wasi.WasiConfig;

/** How long a fresh instance takes: a core module beside peers, and a whole HTTP component. */
final class Instances {
    private static final int ROUNDS = 3;
    private static final int WARMUP = 20_000;
    private static final int RUNS = 20_000;

    private Instances() {}

    static void compare(PrintStream out) throws IOException, InterruptedException {
        var engines = new ArrayList<Engines.Engine>();
        engines.add(Engines.ours(InstancesOnTenon.class));
        engines.addAll(Engines.peers("instances.mjs", "instances.py"));
        String module = Path.of("checks", "bench", "guests", "slot17.wasm")
                .toAbsolutePath()
                .toString();
        component(out);
        new Comparison("instances", engines).run(ROUNDS, List.of(module, "100", "100"), out);
    }

    /** The hello of the examples: instantiated in a store of its own, and given back. */
    private static void component(PrintStream out) throws IOException {
        var linker = new Linker();
        Wasi.define(linker, WasiConfig.NOTHING);
        LinkedComponent hello = linker.link(
                Runtime.create(),
                ComponentDecoder.decode(Files.readAllBytes(Path.of("examples", "hello", "hello.wasm"))));
        long start = System.nanoTime();
        open(hello);
        long first = System.nanoTime() - start;
        var times = new long[RUNS];
        for (int i = 0; i < WARMUP + RUNS; i++) {
            start = System.nanoTime();
            open(hello);
            if (i >= WARMUP) {
                times[i - WARMUP] = System.nanoTime() - start;
            }
        }
        Arrays.sort(times);
        out.printf(
                "HTTP component: first instance %.1f ms; from the pool, median %.2f µs, 99 %% %.2f µs%n",
                first / 1e6, times[RUNS / 2] / 1e3, times[RUNS / 100 * 99] / 1e3);
    }

    private static void open(LinkedComponent component) {
        try (Store store = Store.open()) {
            component.instantiate(store);
        }
    }
}

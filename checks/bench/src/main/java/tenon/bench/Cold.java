package tenon.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tenon.core.cache.CodeCache;

/** A whole process that loads a module, calls it once and ends: what a cold start costs. */
final class Cold {
    private static final int RUNS = 11;

    private Cold() {}

    static void compare(PrintStream out) throws IOException, InterruptedException {
        String module = Path.of("checks", "bench", "guests", "kernels.wasm")
                .toAbsolutePath()
                .toString();
        List<String> arguments = List.of(module, "0", "1", "json:1");
        var engines = new ArrayList<Engines.Engine>();
        engines.add(Engines.ours(ExportsOnTenon.class));
        engines.addAll(Engines.peers("exports.mjs", "exports.py"));
        Path cache = Files.createTempDirectory("tenon-bench");
        var cached = new Engines.Engine(
                "tenon-cached",
                Engines.ours(ExportsOnTenon.class, "-D" + ExportsOnTenon.CACHE + "=" + cache)
                        .command());
        run(cached, arguments);
        engines.add(cached);
        var medians = new ArrayList<Double>();
        out.printf("%-14s%24s%n", "cold", "whole process, median ms");
        for (Engines.Engine engine : engines) {
            var times = new ArrayList<Long>();
            for (int i = 0; i < RUNS; i++) {
                times.add(run(engine, arguments));
            }
            medians.add(Comparison.median(times));
            out.printf("%-14s%24.0f%n", engine.name(), medians.getLast() / 1e6);
        }
        CodeCache.in(cache).content().clean();
        Files.delete(cache);
        Engines.printHugeMethods(Engines.measure(engines.getFirst(), arguments), out);
        for (int i = engines.size() - 1; i > 0; i--) {
            out.printf(
                    "ratio cold %.3f %s%n",
                    medians.getFirst() / medians.get(i), engines.get(i).name());
        }
    }

    private static long run(Engines.Engine engine, List<String> arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(engine.command());
        command.addAll(arguments);
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IllegalStateException("`" + engine.name() + "` failed");
        }
        return System.nanoTime() - start;
    }
}

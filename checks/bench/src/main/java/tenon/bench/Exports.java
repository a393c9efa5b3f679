package tenon.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Exports of a core module that compute and return a checksum. */
final class Exports {
    private static final int ROUNDS = 3;
    private static final List<String> KERNELS = List.of(
            "fib:30",
            "sieve:4",
            "sha256:3",
            "nbody:100000",
            "mandel:300",
            "qsort:1",
            "json:10",
            "indirect:1000000",
            "core:10",
            "strhash:10");

    private Exports() {}

    /** Ten small kernels. */
    static void kernels(PrintStream out) throws IOException, InterruptedException {
        compare("kernels", "kernels.wasm", 60, 20, KERNELS, out);
    }

    /** One function too big for HotSpot's compilers if it were one method. */
    static void huge(PrintStream out) throws IOException, InterruptedException {
        compare("huge", "huge.wasm", 6000, 1000, List.of("req:1"), out);
    }

    private static void compare(String name, String module, int warmup, int runs, List<String> calls, PrintStream out)
            throws IOException, InterruptedException {
        var engines = new ArrayList<Engines.Engine>();
        engines.add(Engines.ours(ExportsOnTenon.class));
        engines.addAll(Engines.peers("exports.mjs", "exports.py"));
        var arguments = new ArrayList<String>();
        arguments.add(
                Path.of("checks", "bench", "guests", module).toAbsolutePath().toString());
        arguments.add(Integer.toString(warmup));
        arguments.add(Integer.toString(runs));
        arguments.addAll(calls);
        new Comparison(name, engines).run(ROUNDS, arguments, out);
    }
}

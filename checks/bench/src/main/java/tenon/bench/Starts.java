package tenon.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.IntFunction;
import tenon.core.cache.CodeCache;

/** The time from the start of a serving process to its first answer. */
final class Starts {
    private static final String HELLO = "examples/hello/hello.wasm";
    private static final int ROUNDS = 7;
    private static final int LONG_ROUNDS = 3;

    private Starts() {}

    /**
     * Who serves what.
     *
     * @param rounds how often it is measured
     */
    private record Contestant(String name, int rounds, IntFunction<List<String>> command) {}

    private static List<Contestant> contestants(Path cache) {
        var contestants = new ArrayList<Contestant>();
        contestants.add(tenon("tenon", ROUNDS, HELLO, "--cache-dir", cache.toString()));
        contestants.add(tenon("tenon, no code cached", ROUNDS, HELLO, "--no-cache"));
        if (Engines.answers("wasmtime", "--version")) {
            contestants.add(new Contestant(
                    "wasmtime", ROUNDS, port -> List.of("wasmtime", "serve", "--addr", "127.0.0.1:" + port, HELLO)));
        }
        Path javaScript = Path.of(System.getProperty("tenon.shared"), "components/js/js-http-hello.wasm");
        if (Files.exists(javaScript)) {
            String file = javaScript.toString();
            contestants.add(tenon("javascript", LONG_ROUNDS, file, "--cache-dir", cache.toString()));
            contestants.add(tenon("javascript, no code cached", LONG_ROUNDS, file, "--no-cache"));
        }
        return contestants;
    }

    private static Contestant tenon(String name, int rounds, String file, String... options) {
        return new Contestant(name, rounds, port -> {
            var command = new ArrayList<>(List.of("./tenon", "serve", file, "--addr", "127.0.0.1:" + port));
            command.addAll(List.of(options));
            return command;
        });
    }

    /** From the start of the process to the first answer, of the second start and later ones: what the first one compiled is cached. */
    static void compare(PrintStream out) throws IOException, InterruptedException {
        Path cache = Files.createTempDirectory("tenon-bench");
        var times = new LinkedHashMap<String, List<Long>>();
        List<Contestant> contestants = contestants(cache);
        for (int round = 0; round <= ROUNDS; round++) {
            for (Contestant contestant : contestants) {
                if (round > contestant.rounds()) {
                    continue;
                }
                try (Server server = Server.start(contestant.command(), "/")) {
                    if (round > 0) {
                        times.computeIfAbsent(contestant.name(), _ -> new ArrayList<>())
                                .add(server.firstAnswerNanos());
                    }
                }
            }
        }
        CodeCache.in(cache).content().clean();
        Files.delete(cache);
        out.printf("%-28s%24s%n", "start", "first answer, median ms");
        times.forEach((name, nanos) -> out.printf("%-28s%24.0f%n", name, Comparison.median(nanos) / 1e6));
        double ours = Comparison.median(Comparison.of(times, "tenon"));
        if (times.containsKey("wasmtime")) {
            out.printf("ratio start %.3f %s%n", ours / Comparison.median(Comparison.of(times, "wasmtime")), "wasmtime");
        }
    }
}

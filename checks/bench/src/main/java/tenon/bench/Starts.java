package tenon.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.IntFunction;

/** The time from the start of a serving process to its first answer. */
final class Starts {
    private static final String HELLO = "examples/hello/hello.wasm";
    private static final int ROUNDS = 7;

    private Starts() {}

    private record Contestant(String name, IntFunction<List<String>> command) {}

    private static List<Contestant> contestants() {
        var contestants = new ArrayList<Contestant>();
        contestants.add(
                new Contestant("tenon", port -> List.of("./tenon", "serve", HELLO, "--addr", "127.0.0.1:" + port)));
        if (Engines.answers("wasmtime", "--version")) {
            contestants.add(new Contestant(
                    "wasmtime", port -> List.of("wasmtime", "serve", "--addr", "127.0.0.1:" + port, HELLO)));
        }
        return contestants;
    }

    /** From the start of the process to the first answer. */
    static void compare(PrintStream out) throws IOException, InterruptedException {
        var times = new LinkedHashMap<String, List<Long>>();
        for (int round = 0; round < ROUNDS; round++) {
            for (Contestant contestant : contestants()) {
                try (Server server = Server.start(contestant.command(), "/")) {
                    times.computeIfAbsent(contestant.name(), _ -> new ArrayList<>())
                            .add(server.firstAnswerNanos());
                }
            }
        }
        out.printf("%-14s%24s%n", "start", "first answer, median ms");
        times.forEach((name, nanos) -> out.printf("%-14s%24.0f%n", name, Comparison.median(nanos) / 1e6));
        double ours = Comparison.median(Comparison.of(times, "tenon"));
        times.forEach((name, nanos) -> {
            if (!name.equals("tenon")) {
                out.printf("ratio start %.3f %s%n", ours / Comparison.median(nanos), name);
            }
        });
    }
}

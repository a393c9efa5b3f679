package tenon.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.regex.Pattern;

/** Serving HTTP: requests per second under {@code wrk}, and the time from the start of the process to the first answer. */
final class Http {
    private static final String HELLO = "examples/hello/hello.wasm";
    private static final int ROUNDS = 3;
    private static final int START_ROUNDS = 7;
    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
    private static final Pattern LATENCY = Pattern.compile("99%\\s+([0-9.]+)(us|ms|s)");

    private Http() {}

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

    /** Requests per second with 16 connections, each request a fresh instance. */
    static void rates(PrintStream out) throws IOException, InterruptedException {
        if (!Engines.answers("wrk", "-v") && !Files.exists(Path.of("/usr/bin/wrk"))) {
            out.println("wrk was not found: install it to measure `http`");
            return;
        }
        List<Contestant> contestants = new ArrayList<>(contestants());
        contestants.add(new Contestant("bare-jetty", port -> bare(port)));
        var rates = new LinkedHashMap<String, List<Long>>();
        out.printf("%-14s%12s%12s%12s%n", "http", "requests/s", "99 % ms", "RSS MiB");
        for (int round = 0; round < ROUNDS; round++) {
            for (Contestant contestant : contestants) {
                try (Server server = Server.start(contestant.command(), "/")) {
                    wrk(server.port(), round == 0 ? 15 : 10);
                    String report = wrk(server.port(), 10);
                    double rate = number(RATE, report);
                    rates.computeIfAbsent(contestant.name(), _ -> new ArrayList<>())
                            .add((long) rate);
                    out.printf(
                            "%-14s%12.0f%12.2f%12d%n",
                            contestant.name(), rate, latencyMillis(report), server.residentKib() / 1024);
                }
            }
        }
        double ours = Comparison.median(Comparison.of(rates, "tenon"));
        for (Map.Entry<String, List<Long>> peer : rates.entrySet()) {
            if (!peer.getKey().equals("tenon")) {
                out.printf("ratio http %.3f %s%n", Comparison.median(peer.getValue()) / ours, peer.getKey());
            }
        }
    }

    /** From the start of the process to the first answer. */
    static void starts(PrintStream out) throws IOException, InterruptedException {
        var times = new LinkedHashMap<String, List<Long>>();
        for (int round = 0; round < START_ROUNDS; round++) {
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

    private static List<String> bare(int port) {
        var command = new ArrayList<>(Engines.ours(BareServer.class).command());
        command.add(Integer.toString(port));
        return command;
    }

    private static String wrk(int port, int seconds) throws IOException, InterruptedException {
        Process wrk = new ProcessBuilder(
                        "wrk", "-t1", "-c16", "-d" + seconds + "s", "--latency", "http://127.0.0.1:" + port + "/")
                .start();
        String report = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (wrk.waitFor() != 0 || report.contains("Non-2xx")) {
            throw new IllegalStateException("wrk failed:" + System.lineSeparator() + report);
        }
        return report;
    }

    private static double number(Pattern pattern, String report) {
        var matcher = pattern.matcher(report);
        if (!matcher.find()) {
            throw new IllegalStateException("wrk did not say " + pattern + ":" + System.lineSeparator() + report);
        }
        return Double.parseDouble(matcher.group(1));
    }

    private static double latencyMillis(String report) {
        var matcher = LATENCY.matcher(report);
        if (!matcher.find()) {
            return Double.NaN;
        }
        double value = Double.parseDouble(matcher.group(1));
        return switch (matcher.group(2)) {
            case "us" -> value / 1000;
            case "ms" -> value;
            default -> value * 1000;
        };
    }
}

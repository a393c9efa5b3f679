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

/** Requests per second under {@code wrk} with 16 connections, each request a fresh instance. */
final class Rates {
    private static final int ROUNDS = Integer.getInteger("tenon.bench.rounds", 3);
    private static final int SECONDS = 10;
    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
    private static final Pattern LATENCY = Pattern.compile("99%\\s+([0-9.]+)(us|ms|s)");

    private Rates() {}

    /**
     * What is served.
     *
     * @param file of the component; below the shared folder where it does not lie in the repository
     * @param warm seconds under load before it is measured, the same for all contestants
     */
    private record Work(String name, Path file, String path, int warm) {}

    private record Contestant(String name, IntFunction<List<String>> command) {}

    private static List<Work> works() {
        Path components = Path.of(System.getProperty("tenon.shared"), "components");
        return List.of(
                new Work("hello", Path.of("examples/hello/hello.wasm"), "/", 15),
                new Work("books", components.resolve("composed/composed-rust-teller-finance.wasm"), "/books", 15),
                new Work("javascript", components.resolve("js/js-http-hello.wasm"), "/", 40));
    }

    private static List<Contestant> contestants(Work work) {
        var contestants = new ArrayList<Contestant>();
        String file = work.file().toString();
        contestants.add(
                new Contestant("tenon", port -> List.of("./tenon", "serve", file, "--addr", "127.0.0.1:" + port)));
        if (work.name().equals("hello")) {
            contestants.add(new Contestant("bare-jetty", Rates::bare));
        }
        if (Engines.answers("wasmtime", "--version")) {
            contestants.add(new Contestant(
                    "wasmtime", port -> List.of("wasmtime", "serve", "-Scli", "--addr", "127.0.0.1:" + port, file)));
        }
        return contestants;
    }

    /** Measures the hello of the repository, and what there is of larger components in the shared folder. */
    static void compare(PrintStream out) throws IOException, InterruptedException {
        if (!Engines.answers("wrk", "-v") && !Files.exists(Path.of("/usr/bin/wrk"))) {
            out.println("wrk was not found: install it to measure `http`");
            return;
        }
        out.printf("%-12s%-14s%12s%12s%12s%n", "http", "", "requests/s", "99 % ms", "RSS MiB");
        var ratios = new LinkedHashMap<String, List<Double>>();
        for (Work work : works()) {
            if (Files.exists(work.file())) {
                measure(work, out)
                        .forEach((peer, ratio) -> ratios.computeIfAbsent(peer, _ -> new ArrayList<>())
                                .add(ratio));
            } else {
                out.printf("%-12snot measured: `%s` is not there%n", work.name(), work.file());
            }
        }
        ratios.forEach((peer, each) -> out.printf(
                "ratio http %.3f %s%n",
                Math.exp(each.stream().mapToDouble(Math::log).average().orElseThrow()), peer));
    }

    /** Measures one component; our time for a request in that of each peer. */
    private static Map<String, Double> measure(Work work, PrintStream out) throws IOException, InterruptedException {
        var rates = new LinkedHashMap<String, List<Long>>();
        for (int round = 0; round < ROUNDS; round++) {
            for (Contestant contestant : contestants(work)) {
                try (Server server = Server.start(contestant.command(), work.path())) {
                    wrk(server.port(), work.path(), work.warm());
                    String report = wrk(server.port(), work.path(), SECONDS);
                    double rate = number(report);
                    rates.computeIfAbsent(contestant.name(), _ -> new ArrayList<>())
                            .add((long) rate);
                    out.printf(
                            "%-12s%-14s%12.0f%12.2f%12d%n",
                            work.name(), contestant.name(), rate, latencyMillis(report), server.residentKib() / 1024);
                }
            }
        }
        var ratios = new LinkedHashMap<String, Double>();
        double ours = Comparison.median(Comparison.of(rates, "tenon"));
        rates.forEach((name, each) -> {
            if (!name.equals("tenon")) {
                double ratio = Comparison.median(each) / ours;
                ratios.put(name, ratio);
                out.printf("%-12s%s makes %.3f of our requests%n", work.name(), name, ratio);
            }
        });
        return ratios;
    }

    private static List<String> bare(int port) {
        var command = new ArrayList<>(Engines.ours(BareServer.class).command());
        command.add(Integer.toString(port));
        return command;
    }

    private static String wrk(int port, String path, int seconds) throws IOException, InterruptedException {
        Process wrk = new ProcessBuilder(
                        "wrk", "-t1", "-c16", "-d" + seconds + "s", "--latency", "http://127.0.0.1:" + port + path)
                .start();
        String report = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (wrk.waitFor() != 0 || report.contains("Non-2xx")) {
            throw new IllegalStateException("wrk failed:" + System.lineSeparator() + report);
        }
        return report;
    }

    private static double number(String report) {
        var matcher = RATE.matcher(report);
        if (!matcher.find()) {
            throw new IllegalStateException("wrk did not say its rate:" + System.lineSeparator() + report);
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

package tenon.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tenon.bench.Engines.Engine;
import tenon.bench.Engines.Measured;

/**
 * Runs engines in turn, each round in fresh processes, and prints the medians beside one another. An engine whose result
 * differs from ours ends the benchmark: a wrong answer has no speed.
 */
final class Comparison {
    private final String name;
    private final List<Engine> engines;
    private final Map<String, Map<String, List<Long>>> times = new LinkedHashMap<>();
    private Map<String, Measured> ours = Map.of();

    Comparison(String name, List<Engine> engines) {
        this.name = name;
        this.engines = engines;
    }

    void run(int rounds, List<String> arguments, PrintStream out) throws IOException, InterruptedException {
        for (int round = 0; round < rounds; round++) {
            Map<String, Measured> first = Map.of();
            for (Engine engine : engines) {
                Map<String, Measured> lines = Engines.measure(engine, arguments);
                if (first.isEmpty()) {
                    first = lines;
                    ours = lines;
                }
                for (Measured line : lines.values()) {
                    if (line.name().equals(Engines.HUGE_METHODS)) {
                        continue;
                    }
                    Measured expected = first.get(line.name());
                    if (expected == null || !expected.result().equals(line.result())) {
                        throw new IllegalStateException(engine.name() + " answers " + line + ", "
                                + engines.getFirst().name() + " " + expected);
                    }
                    times.computeIfAbsent(line.name(), _ -> new LinkedHashMap<>())
                            .computeIfAbsent(engine.name(), _ -> new ArrayList<>())
                            .add(line.nanos());
                }
            }
        }
        print(out);
    }

    private void print(PrintStream out) {
        List<String> names = engines.stream().map(Engine::name).toList();
        out.printf("%-12s", name);
        names.forEach(each -> out.printf("%14s", each + " ms"));
        names.stream().skip(1).forEach(each -> out.printf("%14s", "÷ " + each));
        out.println();
        var logarithms = new double[names.size()];
        for (var row : times.entrySet()) {
            out.printf("%-12s", row.getKey());
            double ours = median(of(row.getValue(), names.getFirst()));
            names.forEach(each -> out.printf("%14.3f", median(of(row.getValue(), each)) / 1e6));
            for (int i = 1; i < names.size(); i++) {
                double ratio = ours / median(of(row.getValue(), names.get(i)));
                logarithms[i] += Math.log(ratio);
                out.printf("%14.2f", ratio);
            }
            out.println();
        }
        Engines.printHugeMethods(ours, out);
        for (int i = names.size() - 1; i > 0; i--) {
            out.printf("ratio %s %.3f %s%n", name, Math.exp(logarithms[i] / times.size()), names.get(i));
        }
        if (names.size() == 1) {
            out.println("no peer was found: install node, or the wasmtime package for python3");
        }
    }

    /** What was measured of a contestant. */
    static List<Long> of(Map<String, List<Long>> measured, String contestant) {
        List<Long> found = measured.get(contestant);
        if (found == null) {
            throw new IllegalStateException("`" + contestant + "` was not measured");
        }
        return found;
    }

    static double median(List<Long> values) {
        List<Long> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2.0;
    }
}

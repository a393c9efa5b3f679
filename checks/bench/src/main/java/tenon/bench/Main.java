package tenon.bench;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code bench NAME}: runs one benchmark and prints its table. */
public final class Main {

    /** A benchmark: prints a table whose last line is {@code ratio NAME VALUE PEER}. */
    interface Benchmark {
        void run(PrintStream out) throws Exception;
    }

    private Main() {}

    public static void main(String[] args) throws Exception {
        Map<String, Benchmark> benchmarks = new LinkedHashMap<>();
        benchmarks.put("kernels", Exports::kernels);
        benchmarks.put("huge", Exports::huge);
        benchmarks.put("sqlite", Sqlite::compare);
        benchmarks.put("instances", Instances::compare);
        benchmarks.put("calls", Calls::compare);
        benchmarks.put("tasks", Calls::tasks);
        benchmarks.put("cold", Cold::compare);
        benchmarks.put("http", Rates::compare);
        benchmarks.put("start", Starts::compare);
        benchmarks.put("fair", Fair::latencies);
        benchmarks.put("crowd", Fair::crowd);
        if (args.length != 1 || !benchmarks.containsKey(args[0])) {
            System.err.println("usage: bench NAME, where NAME is one of " + String.join(", ", benchmarks.keySet()));
            System.exit(2);
            return;
        }
        benchmarks.get(args[0]).run(System.out);
    }
}

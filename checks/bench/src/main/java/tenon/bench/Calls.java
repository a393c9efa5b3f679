package tenon.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tenon.component.ComponentFeatures;
import tenon.component.read.ComponentDecoder;
import tenon.core.CoreEngine;
import tenon.core.CoreFunction;
import tenon.core.CoreInstance;
import tenon.core.EngineOptions;
import tenon.core.Imports;
import tenon.runtime.Binding;
import tenon.runtime.Instance;
import tenon.runtime.LinkedComponent;
import tenon.runtime.Linker;
import tenon.runtime.Provider;
import tenon.runtime.Runtime;
import tenon.runtime.Store;
import tenon.types.core.FuncType;
import tenon.types.core.FuncTypeUse;
import tenon.wasm.Binary;
import tenon.wasm.Module;
import tenon.wasm.ModuleDecoder;

/** Nanoseconds per call over each kind of border, beside {@code wasmtime run --invoke} for calls between components. */
final class Calls {
    private static final int COUNT = 20_000_000;

    /**
     * What is measured between components.
     *
     * @param function that calls in a loop
     * @param count of calls in a round
     * @param peers how often the peer calls
     */
    private record Kind(String values, String function, int count, int peers) {
        Kind(String values, String function, int count) {
            this(values, function, count, 5 * count);
        }

        /** A task: the peer keeps something of each until the call that made them all ends, and does not take many. */
        static Kind task(String values, String function, int count) {
            return new Kind(values, function, count, Math.min(count, COUNT / 200));
        }
    }

    private static final List<Kind> KINDS = List.of(
            new Kind("(u32, u32) -> u32", "run-add", COUNT),
            new Kind("a string of 100 bytes", "run-len", COUNT),
            new Kind("10 records with a string of 100 bytes each", "run-records", COUNT / 20),
            new Kind("9 variants, options and results in them", "run-variants", COUNT / 20));

    /** Calls that are tasks; none of them blocks. */
    private static final List<Kind> TASKS = List.of(
            Kind.task("async, (u32, u32) -> u32", "run-add", COUNT / 10),
            Kind.task("async, a string of 100 bytes", "run-len", COUNT / 10),
            Kind.task("async without a callback, (u32, u32) -> u32", "run-stackful", COUNT / 10),
            Kind.task("not async, beside such ones", "run-plain", COUNT / 10),
            Kind.task("async, to an instance that could block", "run-blocking-add", COUNT / 100),
            Kind.task("not async, to an instance that could block", "run-blocking-plain", COUNT / 10));

    private static final int ROUNDS = 9;
    private static final int REPLACEMENTS = 500;

    /** What wasmtime is to have on. */
    private static final String FEATURES = "component-model-async=y,component-model-async-stackful=y";

    private Calls() {}

    /** Makes {@code count} calls. */
    private interface Loop {
        int run(int count) throws Throwable;
    }

    static void compare(PrintStream out) throws Exception {
        core(out);
        late(out);
        compare(out, "calls", CallsComponent.binary(), KINDS);
    }

    static void tasks(PrintStream out) throws Exception {
        compare(out, "tasks", TaskCallsComponent.binary(), TASKS);
    }

    private static void compare(PrintStream out, String name, byte[] binary, List<Kind> kinds) throws Exception {
        LinkedComponent linked =
                new Linker().link(Runtime.create(), ComponentDecoder.decode(Binary.of(binary), ComponentFeatures.ALL));
        Path file = Files.createTempFile(name, ".wasm");
        Files.write(file, binary);
        try (Store store = Store.open()) {
            Instance instance = linked.instantiate(store);
            boolean peer = Engines.answers("wasmtime", "--version");
            double logarithms = 0;
            out.printf("%-44s%10s%12s%n", "component to component, ns", "tenon", "wasmtime");
            for (Kind kind : kinds) {
                double ours = nanos(loop(linked, instance, kind.function()), kind.count());
                double theirs = peer ? wasmtime(file, kind) : Double.NaN;
                logarithms += Math.log(ours / theirs);
                out.printf("%-44s%10.2f%12.2f%n", kind.values(), ours, theirs);
            }
            if (peer) {
                out.printf("ratio %s %.3f wasmtime%n", name, Math.exp(logarithms / kinds.size()));
            }
        } finally {
            Files.delete(file);
        }
    }

    /** From one component into another that can be replaced, before and after it was. */
    private static void late(PrintStream out) throws Exception {
        Runtime runtime = Runtime.create();
        var provider = new Provider(ComponentDecoder.decode(CallsComponent.callee()), new Linker());
        try (var binding = new Binding(runtime, provider);
                LinkedComponent linked =
                        new Linker().provide(binding).link(runtime, ComponentDecoder.decode(CallsComponent.caller()));
                Store store = Store.open()) {
            Instance instance = linked.instantiate(store);
            double add = nanos(loop(linked, instance, "run-add"), COUNT);
            double len = nanos(loop(linked, instance, "run-len"), COUNT);
            for (int i = 0; i < REPLACEMENTS; i++) {
                binding.replace(provider);
                loop(linked, instance, "run-add").run(1000);
            }
            double later = nanos(loop(linked, instance, "run-add"), COUNT);
            out.printf(
                    "late-bound: (u32, u32) -> u32 %.2f ns, string of 100 bytes %.2f ns, numbers after %d replacements %.2f ns%n",
                    add, len, REPLACEMENTS, later);
        } catch (Exception | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static Loop loop(LinkedComponent linked, Instance instance, String name) {
        MethodHandle run = linked.function("", name, List.of(int.class), int.class, MethodHandles.lookup());
        return count -> (int) run.invokeExact(instance, count);
    }

    /** From the host into a guest and back, and from a guest into the host and back. */
    private static void core(PrintStream out) throws Exception {
        Module module = ModuleDecoder.decode(Files.readAllBytes(Path.of("checks", "bench", "guests", "kernels.wasm")));
        MethodHandle sum = MethodHandles.lookup()
                .findStatic(Integer.class, "sum", MethodType.methodType(int.class, int.class, int.class));
        int type = ((FuncTypeUse) module.imports().getFirst().type()).typeIndex();
        CoreInstance instance = new CoreEngine(EngineOptions.DEFAULT)
                .compile(module)
                .link()
                .instantiate(Imports.of(CoreFunction.of((FuncType) module.compositeType(type), sum)));
        MethodHandle add = Exported.function(instance, "add");
        MethodHandle hostLoop = Exported.function(instance, "hostloop");
        double into = nanos(
                count -> {
                    int total = 0;
                    for (int i = 0; i < count; i++) {
                        total = (int) add.invokeExact(total, i);
                    }
                    return total;
                },
                COUNT);
        double outOf = nanos(count -> (int) hostLoop.invokeExact(count), COUNT);
        out.printf("host to core guest %.2f ns, core guest to host %.2f ns%n", into, outOf);
    }

    private static double nanos(Loop loop, int count) throws Exception {
        var times = new double[ROUNDS];
        int sum = 0;
        try {
            for (int i = 0; i < 20; i++) {
                sum += loop.run(count / 100);
            }
            for (int i = 0; i < ROUNDS; i++) {
                long start = System.nanoTime();
                sum += loop.run(count);
                times[i] = (System.nanoTime() - start) / (double) count;
            }
        } catch (RuntimeException | Error error) {
            throw error;
        } catch (Throwable error) {
            throw new IllegalStateException(error);
        }
        if (sum == 0) {
            throw new IllegalStateException("the loop returned nothing");
        }
        Arrays.sort(times);
        return times[ROUNDS / 2];
    }

    /** A run with many calls less a run with none; the process starts cancel out. */
    private static double wasmtime(Path file, Kind kind) throws IOException, InterruptedException {
        var times = new double[5];
        int count = kind.peers();
        for (int i = 0; i < times.length; i++) {
            times[i] = (process(file, kind.function(), count) - process(file, kind.function(), 0)) / (double) count;
        }
        Arrays.sort(times);
        return times[times.length / 2];
    }

    private static long process(Path file, String name, int count) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process process = new ProcessBuilder(
                        "wasmtime", "run", "-W", FEATURES, "--invoke", name + "(" + count + ")", file.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        if (!process.waitFor(120, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IllegalStateException("wasmtime failed on `" + name + "`");
        }
        return System.nanoTime() - start;
    }
}

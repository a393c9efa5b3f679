package tenon.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import tenon.component.Component;
import tenon.component.NestedComponent;
import tenon.component.read.ComponentDecoder;
import tenon.component.resolve.Arguments;
import tenon.component.resolve.Resolution;
import tenon.core.CoreEngine;
import tenon.core.CoreModule;
import tenon.core.cache.CodeCache;
import tenon.wasm.Module;
import tenon.wasm.ModuleDecoder;

/** {@code tenon compile FILE}: compiles all functions of a component into the cache, so that no later command waits for that. */
record Compile(Console console) implements Command {
    private static final long PROGRESS_NANOS = 100_000_000;

    @Override
    public String name() {
        return "compile";
    }

    @Override
    public CommandSpec spec() {
        var spec = Command.named(name(), "Compile all of a component ahead of time, into the cache of code.");
        spec.usageMessage()
                .footer(
                        "",
                        "Needs not be called: what `serve` and `run` compile is kept as well. There is no file to carry elsewhere:"
                                + " compiled code fits one build of tenon and one JVM.");
        Command.addJson(spec);
        spec.addOption(OptionSpec.builder("-o")
                .paramLabel("OUT")
                .type(Path.class)
                .hidden(true)
                .build());
        CacheChoice.describeFolder(spec);
        EngineChoice.describe(spec);
        return Command.addFile(spec, "A component or core module, a .wasm file.");
    }

    @Override
    public int run(ParseResult arguments) throws IOException {
        if (arguments.hasMatchedOption("-o")) {
            throw new UsageException(
                    "`-o` is not offered: compiled code fits one build of tenon and one JVM and is no file to carry"
                            + " elsewhere, expected `--cache-dir DIR` to choose where it is kept");
        }
        Path file = arguments.matchedPositional(0).getValue();
        try (CodeCache cache = CacheChoice.required(arguments, console)) {
            if (!cache.isWritable()) {
                throw new IOException("cache folder `" + cache.folder() + "` cannot be written to");
            }
            long start = System.nanoTime();
            CoreEngine engine = EngineChoice.runtime(arguments, cache).engine();
            byte[] bytes = Grants.webAssembly(file);
            List<Module> modules = BrokenFile.reading(file, () -> modules(bytes, engine));
            List<CoreModule> cores = modules.stream().map(engine::compile).toList();
            int classes = cores.stream().mapToInt(CoreModule::groups).sum();
            compile(cores, classes);
            cache.flush();
            if (!cache.isWritable()) {
                throw new IOException("nothing was kept");
            }
            report(arguments.hasMatchedOption("--json"), file, modules, engine, cache, System.nanoTime() - start);
        }
        return Tenon.DONE;
    }

    private static List<Module> modules(byte[] bytes, CoreEngine engine) {
        var modules = new ArrayList<Module>();
        if (ComponentDecoder.isComponent(bytes)) {
            Component component = ComponentDecoder.decode(bytes);
            Resolution.of(component, Arguments.NONE, engine::validate);
            collect(component, modules);
        } else {
            Module module = ModuleDecoder.decode(bytes);
            engine.validate(module);
            modules.add(module);
        }
        return modules;
    }

    private static void collect(Component component, List<Module> modules) {
        component.definitions(tenon.component.CoreModule.class).forEach(core -> modules.add(core.module()));
        component.definitions(NestedComponent.class).forEach(nested -> collect(nested.component(), modules));
    }

    private void compile(List<CoreModule> cores, int classes) {
        boolean live = System.getProperty("tenon.terminal", "").contains("2");
        var done = new AtomicInteger();
        var said = new AtomicLong(System.nanoTime());
        for (CoreModule core : cores) {
            core.compileAhead(() -> {
                int now = done.incrementAndGet();
                long last = said.get();
                if (live && System.nanoTime() - last > PROGRESS_NANOS && said.compareAndSet(last, System.nanoTime())) {
                    console.err().print("\rcompiling: class " + now + " of " + classes);
                }
            });
        }
        if (live) {
            console.err().print("\r\033[K");
        }
    }

    private void report(boolean json, Path file, List<Module> modules, CoreEngine engine, CodeCache cache, long nanos) {
        int functions =
                modules.stream().mapToInt(module -> module.functions().size()).sum();
        long compiled = engine.codeCounts().compiledClasses();
        long huge = engine.codeCounts().hugeMethods();
        if (json) {
            var figures = new LinkedHashMap<String, Object>();
            figures.put("file", file.toString());
            figures.put("modules", modules.size());
            figures.put("functions", functions);
            figures.put("compiled-classes", compiled);
            figures.put("huge-methods", huge);
            figures.put("milliseconds", nanos / 1_000_000);
            figures.put("cache", cache.folder().toString());
            console.out().println(JsonText.of(figures));
            return;
        }
        console.out()
                .println(file + ": " + modules.size() + " core modules, " + functions + " functions: "
                        + (compiled == 0
                                ? "all of it was compiled before"
                                : compiled + " classes compiled in "
                                        + String.format(Locale.ROOT, "%.1f s", nanos / 1e9)));
        if (huge > 0) {
            console.out().println(huge + " methods are too big for the JIT and will run slowly");
        }
    }
}

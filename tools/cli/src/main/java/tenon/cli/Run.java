package tenon.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;
import tenon.component.Component;
import tenon.core.MemoryBudget;
import tenon.core.cache.CodeCache;
import tenon.runtime.Func;
import tenon.runtime.LinkedComponent;
import tenon.runtime.Linker;
import tenon.runtime.Store;
import tenon.runtime.StoreLimits;
import tenon.runtime.value.Value;
import tenon.runtime.wave.Wave;
import tenon.runtime.wave.WaveCall;
import tenon.types.LinkException;
import tenon.wasi.WasiConfig;
import tenon.wasi.cli.Exit;

/** {@code tenon run FILE [ARGS]}: runs a command component once, or calls one exported function. */
record Run(Console console) implements Command {
    private static final String RUN = "wasi:cli/run@0.2.12";

    @Override
    public String name() {
        return "run";
    }

    @Override
    public CommandSpec spec() {
        var spec = Command.named(name(), "Run a component once: a command, or one function of a library.");
        spec.parser().stopAtPositional(true);
        spec.addOption(OptionSpec.builder("--invoke")
                .paramLabel("CALL")
                .type(String.class)
                .description(
                        "Call an exported function and print its result, both in WAVE: 'process({id: \"1\"})', or with its interface:"
                                + " 'a:b/c#process({id: \"1\"})'; or print an exported value: 'greeting'.")
                .build());
        Grants.describe(spec);
        LinkOptions.describe(spec);
        GivenValues.describe(spec);
        CacheChoice.describe(spec);
        EngineChoice.describe(spec);
        FeatureChoice.describe(spec);
        spec.addPositional(PositionalParamSpec.builder()
                .paramLabel("FILE")
                .index("0")
                .arity("1")
                .type(Path.class)
                .required(true)
                .description("A component that exports wasi:cli/run, or any with --invoke.")
                .build());
        spec.addPositional(PositionalParamSpec.builder()
                .paramLabel("ARGS")
                .index("1..*")
                .arity("0..*")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description("The guest's own arguments.")
                .build());
        spec.usageMessage()
                .footer(
                        "",
                        "Options of tenon stand before FILE; all that follows FILE is the guest's. A guest gets nothing that no"
                                + " option names. Ends with the guest's exit code.");
        return spec;
    }

    @Override
    public int run(ParseResult arguments) throws IOException {
        Path file = arguments.matchedPositional(0).getValue();
        var own = new ArrayList<String>();
        own.add(String.valueOf(file.getFileName()));
        if (arguments.hasMatchedPositional(1)) {
            own.addAll(arguments.matchedPositional(1).<List<String>>getValue());
        }
        LogLevels.quieten();
        try (@Nullable CodeCache cache = CacheChoice.of(arguments, console).orElse(null);
                var outside = Grants.outside(arguments);
                var options = LinkOptions.of(arguments)) {
            WasiConfig config = LinkOptions.virtual(arguments, Grants.of(arguments, outside))
                    .withArgs(own)
                    .withStdin(console.in())
                    .withStdout(console.out())
                    .withStderr(console.err())
                    .withTerminals(terminals());
            // one guest, once: of what it grew out of, nothing waits for another
            var runtime = EngineChoice.runtime(arguments, cache)
                    .withMemoryBudget(
                            MemoryBudget.withoutReserves(MemoryBudget.ofHeap().most()));
            Component component = Grants.component(file, FeatureChoice.of(arguments));
            Linker linker = options.linker(runtime, config);
            options.requireMeaning(linker, List.of(component));
            GivenValues.give(arguments, linker, component);
            LinkedComponent linked = linker.link(runtime, component);
            var limits = StoreLimits.DEFAULT.withMemoryBytes(Grants.memory(arguments));
            try (Store store = Store.open(limits)) {
                return arguments.hasMatchedOption("--invoke")
                        ? invoke(linked, store, arguments.matchedOptionValue("--invoke", ""))
                        : command(linked, store);
            }
        } finally {
            console.out().flush();
        }
    }

    private int command(LinkedComponent linked, Store store) {
        if (!linked.exports(RUN, "run")) {
            throw new LinkException(
                    "the component is no command: it does not export `wasi:cli/run@0.2`; `--invoke` calls one of "
                            + names(linked.exports()));
        }
        try {
            Optional<Value> result = linked.instantiate(store).func(RUN, "run").call(List.of());
            return result.orElseThrow() instanceof Value.Ok ? Tenon.DONE : Tenon.FAILED;
        } catch (Exit.Exited exited) {
            return exited.code();
        }
    }

    private int invoke(LinkedComponent linked, Store store, String text) {
        for (LinkedComponent.ExportedValue value : linked.values()) {
            String name = value.interfaceName().isEmpty() ? value.name() : value.interfaceName() + "#" + value.name();
            if (name.equals(text)) {
                Value found = linked.instantiate(store).value(value.interfaceName(), value.name());
                console.out().println(Wave.print(found));
                return Tenon.DONE;
            }
        }
        WaveCall call = WaveCall.parse(text, "--invoke");
        LinkedComponent.Export export = find(linked, call.name());
        List<Value> values = call.arguments(export.type());
        Func function = linked.instantiate(store).func(export.interfaceName(), export.name());
        function.call(values).ifPresent(value -> console.out().println(Wave.print(value)));
        return Tenon.DONE;
    }

    private static LinkedComponent.Export find(LinkedComponent linked, String name) {
        List<LinkedComponent.Export> found = linked.exports().stream()
                .filter(export -> export.name().equals(name)
                        || qualified(export).equals(name)
                        || unversioned(export).equals(name))
                .toList();
        if (found.size() == 1) {
            return found.getFirst();
        }
        throw new UsageException(
                found.isEmpty()
                        ? "the component exports no function `" + name + "`, expected one of " + names(linked.exports())
                        : "function `" + name + "` is exported more than once, expected one of " + names(found));
    }

    private static String qualified(LinkedComponent.Export export) {
        return export.interfaceName().isEmpty() ? export.name() : export.interfaceName() + "#" + export.name();
    }

    /** With its interface's name, but without the version. */
    private static String unversioned(LinkedComponent.Export export) {
        return export.interfaceName().replaceFirst("@.*", "") + "#" + export.name();
    }

    private static String names(List<LinkedComponent.Export> exports) {
        List<String> names =
                exports.stream().map(export -> "`" + qualified(export) + "`").toList();
        return names.isEmpty() ? "none" : String.join(", ", names);
    }

    /** The launcher knows which of its streams are terminals. */
    private static WasiConfig.Terminals terminals() {
        String streams = System.getProperty("tenon.terminal", "");
        return new WasiConfig.Terminals(streams.contains("0"), streams.contains("1"), streams.contains("2"));
    }
}

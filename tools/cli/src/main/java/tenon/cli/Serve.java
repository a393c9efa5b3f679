package tenon.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;
import tenon.component.Component;
import tenon.core.cache.CodeCache;
import tenon.host.ComponentHandler;
import tenon.host.HandlerChain;
import tenon.host.HttpService;
import tenon.host.ServeOptions;
import tenon.runtime.Linker;
import tenon.runtime.Runtime;
import tenon.runtime.StoreLimits;
import tenon.types.TenonException;
import tenon.wasi.WasiConfig;

/** {@code tenon serve FILE}: answers HTTP requests with a component until it is told to end, then lets requests in flight finish. */
record Serve(Console console) implements Command {
    @Override
    public String name() {
        return "serve";
    }

    @Override
    public CommandSpec spec() {
        var spec = Command.named(name(), "Answer HTTP requests with a component.");
        spec.addOption(ServiceOptions.option(
                "--addr", "HOST:PORT", "Where to listen; 127.0.0.1:8080 if not given; port 0 takes a free one."));
        spec.addOption(Grants.list(
                "--middleware",
                "FILE",
                "A component that gets each request first and hands it on through its import of wasi:http/incoming-handler; may be"
                        + " repeated, the outermost first."));
        spec.addOption(OptionSpec.builder("--watch")
                .type(boolean.class)
                .description(
                        "Replace a component when its file changes: requests in flight end with the one that they began with.")
                .build());
        ServiceOptions.describe(spec);
        Grants.describe(spec);
        LinkOptions.describe(spec);
        CacheChoice.describe(spec);
        EngineChoice.describe(spec);
        FeatureChoice.describe(spec);
        spec.addPositional(PositionalParamSpec.builder()
                .paramLabel("FILE")
                .arity("1")
                .type(Path.class)
                .required(true)
                .description("A component that exports wasi:http/incoming-handler.")
                .build());
        spec.usageMessage()
                .footer("", "Each request is answered by a fresh instance. A guest gets nothing that no option names.");
        return spec;
    }

    @Override
    public int run(ParseResult arguments) throws IOException, InterruptedException {
        List<Path> files = new ArrayList<>();
        Grants.values(arguments, "--middleware").forEach(each -> files.add(Path.of(each)));
        Path file = arguments.matchedPositional(0).getValue();
        files.add(file);
        String address = arguments.matchedOptionValue("--addr", "127.0.0.1:8080");
        FeatureChoice features = FeatureChoice.of(arguments);
        ServeOptions options = ServiceOptions.of(arguments, Grants.address("--addr", address));
        LogLevels.quieten();
        try (var ending = new Ending();
                @Nullable CodeCache cache = CacheChoice.of(arguments, console).orElse(null);
                var outside = Grants.outside(arguments);
                var links = LinkOptions.of(arguments)) {
            var runtime = EngineChoice.runtime(arguments, cache).withMemoryBudget(ServiceOptions.budget(arguments));
            var config = LinkOptions.virtual(arguments, Grants.of(arguments, outside))
                    .withStdout(console.out())
                    .withStderr(console.err());
            var limits = ServiceOptions.limits(options);
            boolean watch = arguments.matchedOptionValue("--watch", false);
            if (files.size() == 1 && !watch) {
                try (var service =
                        ServiceOptions.start(options, () -> single(file, features, links, runtime, config, limits))) {
                    serve(file, service, ending);
                }
                return Tenon.DONE;
            }
            var chain = new AtomicReference<@Nullable HandlerChain>();
            try (var service = ServiceOptions.start(options, () -> {
                        HandlerChain made = chain(files, features, links, runtime, config, limits);
                        chain.set(made);
                        return made;
                    });
                    @Nullable FileWatch _ = watch ? watch(files, features, Objects.requireNonNull(chain.get())) : null) {
                serve(file, service, ending);
            }
        }
        return Tenon.DONE;
    }

    private void serve(Path file, HttpService service, Ending ending) throws InterruptedException {
        console.out().println("serving " + file + " on " + service.uri());
        console.out().flush();
        ending.await();
    }

    private static ComponentHandler single(
            Path file,
            FeatureChoice features,
            LinkOptions options,
            Runtime runtime,
            WasiConfig config,
            StoreLimits limits)
            throws IOException {
        Component component = Grants.component(file, features);
        Linker linker = options.linker(runtime, config);
        options.requireMeaning(linker, List.of(component));
        return ComponentHandler.of(runtime, component, linker, limits);
    }

    private static HandlerChain chain(
            List<Path> files,
            FeatureChoice features,
            LinkOptions options,
            Runtime runtime,
            WasiConfig config,
            StoreLimits limits)
            throws IOException {
        var links = new ArrayList<HandlerChain.Link>();
        for (Path each : files) {
            links.add(new HandlerChain.Link(Grants.component(each, features), options.linker(runtime, config)));
        }
        options.requireMeaning(
                links.getFirst().offers(),
                links.stream().map(HandlerChain.Link::component).toList());
        return HandlerChain.of(runtime, links, limits);
    }

    /** Replaces a component of the chain when its file has changed; one that does not fit is told, and the one before stays. */
    private FileWatch watch(List<Path> files, FeatureChoice features, HandlerChain chain) {
        return new FileWatch(files, index -> {
            Path file = files.get(index);
            try {
                chain.replace(index, Grants.component(file, features));
                console.out().println("replaced " + file);
            } catch (IOException | TenonException e) {
                console.out().println("not replaced " + file + ": " + e.getMessage());
            }
            console.out().flush();
        });
    }
}

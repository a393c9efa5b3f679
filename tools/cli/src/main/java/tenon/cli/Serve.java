package tenon.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;
import tenon.core.cache.CodeCache;
import tenon.host.ComponentHandler;
import tenon.host.HttpService;
import tenon.host.Outside;
import tenon.host.ServeOptions;
import tenon.runtime.Runtime;

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
        ServiceOptions.describe(spec);
        Grants.describe(spec);
        CacheChoice.describe(spec);
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
        Path file = arguments.matchedPositional(0).getValue();
        String address = arguments.matchedOptionValue("--addr", "127.0.0.1:8080");
        ServeOptions options = ServiceOptions.of(arguments, Grants.address("--addr", address));
        LogLevels.quieten();
        try (var ending = new Ending();
                @Nullable CodeCache cache = CacheChoice.of(arguments, console).orElse(null);
                var outside = Grants.outside(arguments);
                var service = start(file, options, arguments, outside, CacheChoice.runtime(cache))) {
            console.out().println("serving " + file + " on " + service.uri());
            console.out().flush();
            ending.await();
        }
        return Tenon.DONE;
    }

    private HttpService start(Path file, ServeOptions options, ParseResult arguments, Outside outside, Runtime own)
            throws IOException {
        var config = Grants.of(arguments, outside).withStdout(console.out()).withStderr(console.err());
        var runtime = own.withMemoryBudget(ServiceOptions.budget(arguments));
        return ServiceOptions.start(
                options,
                () -> ComponentHandler.of(runtime, Grants.component(file), config, ServiceOptions.limits(options)));
    }
}

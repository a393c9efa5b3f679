package tenon.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;
import tenon.app.Problem;
import tenon.app.manifest.Manifest;
import tenon.app.manifest.ManifestReader;
import tenon.app.template.EnvironmentSource;
import tenon.app.template.GivenSource;
import tenon.core.cache.CodeCache;
import tenon.host.HttpService;
import tenon.host.ServeOptions;
import tenon.host.app.AppHandler;
import tenon.host.app.AppOptions;

/** {@code tenon up}: brings an application to life from its manifest, until it is told to end; then requests in flight finish. */
record Up(Console console) implements Command {
    private static final String MANIFEST = "spin.toml";

    @Override
    public String name() {
        return "up";
    }

    @Override
    public CommandSpec spec() {
        var spec = Command.named(name(), "Run an application of several components from its manifest.");
        spec.addOption(OptionSpec.builder("-f", "--from")
                .paramLabel("FILE")
                .type(String.class)
                .description("The manifest, or the folder with its spin.toml; the same as FILE without the option.")
                .build());
        spec.addOption(ServiceOptions.option(
                "--listen", "HOST:PORT", "Where to listen; 127.0.0.1:3000 if not given; port 0 takes a free one."));
        spec.addOption(ServiceOptions.option(
                "--state-dir", "DIR", "Where stores and logs lie; .spin beside the manifest if not given."));
        spec.addOption(
                Grants.list("--env", "NAME=VALUE", "Give every component an environment variable; may be repeated."));
        spec.addOption(
                Grants.list(
                        "--variable",
                        "NAME=VALUE",
                        "Give a variable of the application a value, before SPIN_VARIABLE_NAME of the environment; may be repeated."));
        spec.addOption(ServiceOptions.option(
                "--profile", "NAME", "Use the variant of this name of the components that have it."));
        spec.addOption(OptionSpec.builder("--quiet")
                .type(boolean.class)
                .description("Keep what components print from the terminal; it is in the logs in any case.")
                .build());
        ServiceOptions.describe(spec);
        Grants.describeMemory(spec);
        CacheChoice.describe(spec);
        EngineChoice.describe(spec);
        FeatureChoice.describeLong(spec);
        spec.addPositional(PositionalParamSpec.builder()
                .paramLabel("FILE")
                .arity("0..1")
                .type(String.class)
                .description("The manifest, or the folder with its spin.toml; the current folder if not given.")
                .build());
        spec.usageMessage()
                .footer(
                        "",
                        "Each request is answered by a fresh instance. A component gets what its part of the manifest names, and"
                                + " nothing else; what the manifest holds that is not supported is refused.");
        return spec;
    }

    @Override
    public int run(ParseResult arguments) throws IOException, InterruptedException {
        String listen = arguments.matchedOptionValue("--listen", "127.0.0.1:3000");
        ServeOptions options = ServiceOptions.of(arguments, Grants.address("--listen", listen));
        LogLevels.quieten();
        Manifest manifest = manifest(arguments);
        AppOptions app = options(arguments, manifest, options);
        var made = new AtomicReference<AppHandler>();
        try (var ending = new Ending();
                @Nullable CodeCache cache = CacheChoice.of(arguments, console).orElse(null);
                var service = ServiceOptions.start(options, () -> {
                    var runtime =
                            EngineChoice.runtime(arguments, cache).withMemoryBudget(ServiceOptions.budget(arguments));
                    var handler = AppHandler.of(runtime, manifest, app);
                    made.set(handler);
                    return handler;
                })) {
            AppHandler handler = made.get();
            handler.listensAt(service.uri().getAuthority());
            say(service, handler);
            ending.await();
        }
        return Tenon.DONE;
    }

    private Manifest manifest(ParseResult arguments) {
        Manifest manifest = ManifestReader.read(file(named(arguments)));
        for (Problem warning : manifest.warnings()) {
            new ErrorReport(console, false).warn(warning);
        }
        return arguments.hasMatchedOption("--profile")
                ? manifest.withProfile(arguments.matchedOptionValue("--profile", ""))
                : manifest;
    }

    private static String named(ParseResult arguments) {
        boolean option = arguments.hasMatchedOption("--from");
        if (option && arguments.hasMatchedPositional(0)) {
            throw new UsageException("two manifests are named, expected one: `--from`, or FILE");
        }
        return option ? arguments.matchedOptionValue("--from", "") : arguments.matchedPositionalValue(0, ".");
    }

    private static Path file(String text) {
        Path file;
        try {
            file = Path.of(text);
        } catch (InvalidPathException e) {
            throw new UsageException("`" + text + "` is no path: " + e.getReason());
        }
        if (Files.isDirectory(file)) {
            Path manifest = file.resolve(MANIFEST);
            if (!Files.exists(manifest)) {
                throw new UsageException("there is no `" + MANIFEST + "` in the folder `" + text + "`");
            }
            return manifest;
        }
        // HOST/NAME[:TAG][@DIGEST], the host with a dot or a port
        boolean reference =
                text.matches("[a-z0-9-]+(\\.[a-z0-9.-]+|:[0-9]+|\\.[a-z0-9.-]+:[0-9]+)/[a-z0-9._/-]+([:@].*)?");
        if (text.endsWith(".wasm") && Files.exists(file)) {
            throw new UsageException(
                    "`" + text + "` is no manifest; `tenon serve` answers requests with a single component");
        }
        if (!Files.exists(file) && reference) {
            throw new UsageException(
                    "there is no file `" + text + "`, and applications from a registry are not supported yet");
        }
        return file;
    }

    private AppOptions options(ParseResult arguments, Manifest manifest, ServeOptions service) {
        String state = arguments.matchedOptionValue("--state-dir", "");
        FeatureChoice features = FeatureChoice.of(arguments);
        AppOptions options = AppOptions.in(state.isEmpty() ? manifest.folder().resolve(".spin") : Path.of(state))
                .withFeatures(features.components(), features.core())
                .withLimits(ServiceOptions.limits(service))
                .withRequestTime(service.requestTime())
                .withVariables(GivenSource.parse(Grants.values(arguments, "--variable")))
                .withVariables(new EnvironmentSource(EnvironmentSource.PREFIX, System.getenv(), Map.of()));
        for (String variable : Grants.values(arguments, "--env")) {
            int equals = variable.indexOf('=');
            if (equals < 1) {
                throw new UsageException("`--env " + variable + "` sets nothing, expected `NAME=VALUE`");
            }
            options = options.withEnv(variable.substring(0, equals), variable.substring(equals + 1));
        }
        boolean quiet = arguments.matchedOptionValue("--quiet", false);
        OutputStream nowhere = OutputStream.nullOutputStream();
        return options.withOutput(quiet ? nowhere : console.out(), quiet ? nowhere : console.err());
    }

    private void say(HttpService service, AppHandler handler) {
        console.out().println("Serving " + service.uri());
        console.out().println("Available Routes:");
        for (AppHandler.ServedRoute route : handler.routes()) {
            console.out()
                    .println("  " + route.name() + ": " + service.uri() + route.path()
                            + (route.open() ? " (wildcard)" : ""));
            if (!route.description().isEmpty()) {
                console.out().println("    " + route.description());
            }
        }
        console.out().flush();
    }
}

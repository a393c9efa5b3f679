package tenon.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import tenon.component.Component;
import tenon.runtime.LinkPolicy;
import tenon.runtime.LinkedComponent;
import tenon.runtime.Linker;
import tenon.runtime.Provider;
import tenon.runtime.Runtime;
import tenon.types.NearestName;
import tenon.wasi.LoggedOutput;
import tenon.wasi.Wasi;
import tenon.wasi.WasiConfig;

/**
 * The options by which a guest's imports are met by something else than what is granted, or by nothing: none touches the binary. Closing
 * gives back what was linked for it.
 */
final class LinkOptions implements AutoCloseable {
    private final LinkPolicy policy;
    /** By file, in order. */
    private final SequencedMap<String, Component> plugs = new LinkedHashMap<>();

    private final ParseResult arguments;
    private final FeatureChoice features;
    private final List<LinkedComponent> loggers = new ArrayList<>();

    private LinkOptions(LinkPolicy policy, ParseResult arguments) {
        this.policy = policy;
        this.arguments = arguments;
        this.features = FeatureChoice.of(arguments);
    }

    /** Adds the options. */
    static void describe(CommandSpec spec) {
        spec.addOption(Grants.list(
                "--plug",
                "FILE",
                "Have a component's exports meet the guest's imports; it gets what the guest is given; may be repeated: a further one meets"
                        + " the imports of those before, too."));
        spec.addOption(Grants.list(
                "--redirect",
                "STREAM=FILE",
                "Send stdout or stderr to a component that exports wasi:logging/logging, a line at a time."));
        spec.addOption(Grants.list(
                "--deny",
                "IMPORT",
                "Do not run a guest that imports `wasi:sockets`, `wasi:sockets/tcp` or `*`; with `IMPORT=call` run it, and end it"
                        + " when it calls one of the functions; may be repeated."));
        spec.addOption(Grants.list(
                "--mock",
                "IMPORT",
                "Answer an interface's functions by their types alone: zero, nothing, ok; may be repeated."));
        spec.addOption(OptionSpec.builder("--clock")
                .paramLabel("TIME")
                .type(String.class)
                .description("Stop the guest's wall clock at a time like 2030-01-01T00:00:00Z.")
                .build());
        spec.addOption(OptionSpec.builder("--random-seed")
                .paramLabel("NUMBER")
                .type(Long.class)
                .description("Make all that is random come out the same in each run: for tests only.")
                .build());
    }

    /** What the options say; files are read. */
    static LinkOptions of(ParseResult arguments) throws IOException {
        LinkPolicy policy = LinkPolicy.NONE;
        for (String pattern : Grants.values(arguments, "--mock")) {
            policy = policy.mock(named("--mock", pattern, pattern));
        }
        for (String pattern : Grants.values(arguments, "--deny")) {
            policy = pattern.endsWith("=call")
                    ? policy.denyCalls(
                            named("--deny", pattern, pattern.substring(0, pattern.length() - "=call".length())))
                    : policy.deny(named("--deny", pattern, pattern));
        }
        var options = new LinkOptions(policy, arguments);
        for (String file : Grants.values(arguments, "--plug")) {
            options.plugs.put(file, Grants.component(Path.of(file), options.features));
        }
        return options;
    }

    private static String named(String option, String value, String pattern) {
        if (!LinkPolicy.Rule.isPattern(pattern)) {
            throw new UsageException("`" + option + " " + value
                    + "` names no import, expected one like `wasi:sockets`, `wasi:sockets/tcp` or `*`");
        }
        return pattern;
    }

    /** The clock and the random numbers that the options ask for. */
    static WasiConfig virtual(ParseResult arguments, WasiConfig config) {
        WasiConfig virtual = config;
        @Nullable String time = arguments.matchedOptionValue("--clock", null);
        if (time != null) {
            try {
                virtual = virtual.withWallClock(InstantSource.fixed(Instant.parse(time)));
            } catch (DateTimeParseException e) {
                throw new UsageException("`--clock " + time + "` is no time, expected one like `2030-01-01T00:00:00Z`");
            }
        }
        @Nullable Long seed = arguments.matchedOptionValue("--random-seed", null);
        return seed == null ? virtual : virtual.withRandomSeed(seed);
    }

    /** Refuses rules that mean nothing to any of the components, nor to a plug; they get what {@code linker} offers. */
    void requireMeaning(Linker linker, List<Component> guests) {
        var components = new ArrayList<>(guests);
        components.addAll(plugs.values());
        for (LinkPolicy.Rule rule : policy.rules()) {
            List<String> slips = components.stream()
                    .flatMap(each -> linker.slip(rule, each).stream())
                    .toList();
            if (slips.size() == components.size()) {
                String option = rule.answer() == LinkPolicy.Answer.MOCK ? "--mock" : "--deny";
                throw new UsageException("`" + option + "`: " + slips.getFirst());
            }
        }
    }

    /** A linker that offers WASI, and what the options put in its place. */
    Linker linker(Runtime runtime, WasiConfig config) throws IOException {
        var linker = new Linker();
        Wasi.define(linker, config);
        for (String redirection : Grants.values(arguments, "--redirect")) {
            redirect(linker, runtime, config, redirection);
        }
        // a plug's own imports are met by those that are named after it, so the last one comes first
        List<Provider> after = new ArrayList<>();
        for (Map.Entry<String, Component> plug : plugs.reversed().entrySet()) {
            var granted = new Linker();
            Wasi.define(granted, config);
            after.forEach(granted::provide);
            // what is denied to the guest is no plug's, either: it would only have to ask one
            after.add(new Provider(plug.getValue(), granted.restrict(policy), plug.getKey()));
        }
        after.forEach(linker::provide);
        return linker.restrict(policy);
    }

    private void redirect(Linker linker, Runtime runtime, WasiConfig config, String redirection) throws IOException {
        int equals = redirection.indexOf('=');
        String stream = equals < 0 ? redirection : redirection.substring(0, equals);
        if (equals < 0 || !stream.equals("stdout") && !stream.equals("stderr")) {
            String near = NearestName.among(List.of("stdout", "stderr"), stream, 3)
                    .map(known -> ", did you mean `" + known + "`?")
                    .orElse("");
            throw new UsageException("`--redirect " + redirection
                    + "` redirects nothing, expected `stdout=FILE` or `stderr=FILE`" + near);
        }
        // a logger writes where the guest would have written, and gets nothing else
        var own = new Linker();
        Wasi.define(own, WasiConfig.NOTHING.withOutputOf(config));
        LinkedComponent logger =
                own.link(runtime, Grants.component(Path.of(redirection.substring(equals + 1)), features));
        loggers.add(logger);
        if (!LoggedOutput.isLogger(logger)) {
            throw new UsageException("`--redirect " + redirection + "`: the component does not export `"
                    + LoggedOutput.LOGGING + "`; `--plug` takes one that exports `wasi:cli/" + stream + "`");
        }
        if (stream.equals("stdout")) {
            LoggedOutput.redirectStdout(linker, logger);
        } else {
            LoggedOutput.redirectStderr(linker, logger);
        }
    }

    @Override
    public void close() {
        loggers.forEach(LinkedComponent::close);
    }
}

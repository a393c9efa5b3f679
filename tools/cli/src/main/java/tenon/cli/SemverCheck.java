package tenon.cli;

import java.io.IOException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import tenon.wit.PackageGraph;
import tenon.wit.component.WorldFit;

/** {@code tenon component semver-check PATH --prev WORLD --new WORLD}: whether a world keeps what another one promised. */
record SemverCheck(Console console) implements Command {
    @Override
    public String name() {
        return "semver-check";
    }

    @Override
    public CommandSpec spec() {
        var spec = Command.named(name(), "Check that a new world still fits components of a previous one.");
        spec.addOption(world("--prev", "The world that components were made for."));
        spec.addOption(world("--new", "The world that they are to fit."));
        return WitInput.specify(spec);
    }

    private static OptionSpec world(String name, String description) {
        return OptionSpec.builder(name)
                .paramLabel("WORLD")
                .type(String.class)
                .required(true)
                .description(description)
                .build();
    }

    @Override
    public int run(ParseResult arguments) throws IOException {
        PackageGraph graph = WitInput.of(console, arguments).read();
        return Wit.report(
                console,
                WorldFit.problems(
                        graph,
                        WitInput.world(graph, arguments.matchedOptionValue("--new", "")),
                        graph,
                        WitInput.world(graph, arguments.matchedOptionValue("--prev", ""))));
    }
}

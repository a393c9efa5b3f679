package tenon.cli;

import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;
import tenon.wit.PackageGraph;
import tenon.wit.WorldId;

/** {@code tenon component targets PATH FILE --world WORLD}: whether a component fits a world. */
record Targets(Console console) implements Command {
    @Override
    public String name() {
        return "targets";
    }

    @Override
    public CommandSpec spec() {
        var spec = Command.named(name(), "Check that a component fits a world, and say what keeps it from that.");
        spec.addOption(OptionSpec.builder("-w", "--world")
                .paramLabel("WORLD")
                .type(String.class)
                .description("The world that is meant; not needed if the package has one only.")
                .build());
        WitInput.specify(spec);
        return spec.addPositional(PositionalParamSpec.builder()
                .index("1")
                .paramLabel("FILE")
                .type(Path.class)
                .required(true)
                .description("The component, binary or text.")
                .build());
    }

    @Override
    public int run(ParseResult arguments) throws IOException {
        PackageGraph graph = WitInput.of(console, arguments).read();
        WorldId world = WitInput.world(graph, arguments.matchedOptionValue("--world", ""));
        return Wit.fits(console, graph, world, arguments.matchedPositional(1).getValue());
    }
}

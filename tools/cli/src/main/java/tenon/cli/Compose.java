package tenon.cli;

import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import tenon.compose.resolve.Composition;

/** {@code tenon compose FILE [-d NAME=PATH] [-o FILE]}: several components to one, as a WAC document says. */
record Compose(Console console) implements Command {
    @Override
    public String name() {
        return "compose";
    }

    @Override
    public CommandSpec spec() {
        var spec = Command.named(name(), "Make one component of several, as a WAC document says.");
        spec.usageMessage()
                .footer(
                        "",
                        "Package `example:greeter` is looked for in `deps/example/greeter.wasm`, or as .wat, .wit or a"
                                + " folder of WIT; `example:greeter@1.0.0` in `deps/example/greeter/1.0.0.wasm`.");
        Composing.addPackages(spec);
        spec.addOption(OptionSpec.builder("--import-dependencies")
                .type(boolean.class)
                .description("Import the components that are instantiated; they lie in the result otherwise.")
                .build());
        Composing.addOutput(spec);
        return Command.addFile(spec, "The document, a .wac file.");
    }

    @Override
    public int run(ParseResult arguments) throws IOException {
        Path file = arguments.matchedPositional(0).getValue();
        Composition composition = Composition.of(Composing.document(file), Composing.packages(file, arguments));
        Composing.write(console, arguments, composition.encode(Composing.dependencies(arguments), Composing.version()));
        return Tenon.DONE;
    }
}

package tenon.cli;

import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import tenon.make.unbundle.Stripping;

/** {@code tenon strip FILE [-o FILE]}: a component or core module without custom sections. */
record Strip(Console console) implements Command {
    private static final String ALL = "--all";

    @Override
    public String name() {
        return "strip";
    }

    @Override
    public CommandSpec spec() {
        var spec = Command.named(name(), "Take custom sections out of a component or core module.");
        spec.usageMessage().footer("", "Names stay without " + ALL + ".");
        spec.addOption(MakeArguments.flag(ALL, "Take names, too."));
        MakeArguments.addOutput(spec);
        return Command.addFile(spec, "The component or core module, binary or text; `-` is standard input.");
    }

    @Override
    public int run(ParseResult arguments) throws IOException {
        Path file = arguments.matchedPositional(0).getValue();
        byte[] binary = WebAssemblyInput.read(console, file);
        new MakeArguments(console, arguments)
                .write(BrokenFile.reading(file, () -> Stripping.of(binary, arguments.hasMatchedOption(ALL))));
        return Tenon.DONE;
    }
}

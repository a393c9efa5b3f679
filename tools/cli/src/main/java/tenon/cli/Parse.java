package tenon.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;
import tenon.text.Wat;

/** {@code tenon parse FILE [-o FILE]}: WebAssembly text to binary. */
record Parse(Console console) implements Command {
    private static final Path STANDARD = Path.of("-");

    @Override
    public CommandSpec spec() {
        var spec = Command.named("parse", "Encode WebAssembly text as a binary.");
        spec.usageMessage().footer("", "The binary is not validated. Identifiers become its name section.");
        spec.addOption(OptionSpec.builder("-o", "--output")
                .paramLabel("FILE")
                .type(Path.class)
                .description("Where the binary goes; standard output if this is missing or `-`.")
                .build());
        return spec.addPositional(PositionalParamSpec.builder()
                .index("0")
                .paramLabel("FILE")
                .type(Path.class)
                .required(true)
                .description("The text, a .wat file; `-` is standard input.")
                .build());
    }

    @Override
    public int run(ParseResult arguments) throws IOException {
        Path file = arguments.matchedPositional(0).getValue();
        Path output = arguments.matchedOptionValue("-o", STANDARD);
        boolean standard = file.equals(STANDARD);
        byte[] text = standard ? console.in().readAllBytes() : Files.readAllBytes(file);
        byte[] binary = Wat.parse(standard ? "standard input" : file.toString(), text);
        if (output.equals(STANDARD)) {
            console.out().write(binary);
            console.out().flush();
        } else {
            Files.write(output, binary);
        }
        return Tenon.DONE;
    }
}

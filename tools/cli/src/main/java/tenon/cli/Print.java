package tenon.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;
import tenon.text.Wat;
import tenon.wasm.ModuleDecoder;

/** {@code tenon print FILE [-o FILE]}: a WebAssembly binary to text. */
record Print(Console console) implements Command {
    private static final Path STANDARD = Path.of("-");

    @Override
    public CommandSpec spec() {
        var spec = Command.named("print", "Show the binary of a core module as WebAssembly text.");
        spec.usageMessage().footer("", "The binary is not validated. Names come from its name section.");
        spec.addOption(OptionSpec.builder("-o", "--output")
                .paramLabel("FILE")
                .type(Path.class)
                .description("Where the text goes; standard output if this is missing or `-`.")
                .build());
        return spec.addPositional(PositionalParamSpec.builder()
                .index("0")
                .paramLabel("FILE")
                .type(Path.class)
                .required(true)
                .description("The binary, a .wasm file; `-` is standard input.")
                .build());
    }

    @Override
    public int run(ParseResult arguments) throws IOException {
        Path file = arguments.matchedPositional(0).getValue();
        Path output = arguments.matchedOptionValue("-o", STANDARD);
        byte[] binary = file.equals(STANDARD) ? console.in().readAllBytes() : Files.readAllBytes(file);
        String text = Wat.print(ModuleDecoder.decode(binary));
        if (output.equals(STANDARD)) {
            console.out().write(text.getBytes(StandardCharsets.UTF_8));
            console.out().flush();
        } else {
            Files.writeString(output, text);
        }
        return Tenon.DONE;
    }
}

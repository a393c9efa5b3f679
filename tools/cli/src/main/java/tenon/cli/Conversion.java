package tenon.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * What a command reads that makes one file of another, and where it writes: {@code FILE [-o FILE]}, each a file or {@code -} for the
 * standard stream.
 */
record Conversion(Console console, Path file, Path output) {
    private static final Path STANDARD = Path.of("-");

    /** Has a command take {@code FILE}, described as {@code input}, and {@code -o FILE} for its {@code result}. */
    static CommandSpec specify(CommandSpec spec, String input, String result) {
        spec.addOption(OptionSpec.builder("-o", "--output")
                .paramLabel("FILE")
                .type(Path.class)
                .description("Where the " + result + " goes; standard output if this is missing or `-`.")
                .build());
        return Command.addFile(spec, input + "; `-` is standard input.");
    }

    /** What was asked for with the options of {@link #specify}. */
    static Conversion of(Console console, ParseResult arguments) {
        return new Conversion(
                console, arguments.matchedPositional(0).getValue(), arguments.matchedOptionValue("-o", STANDARD));
    }

    /** What is read, as errors call it. */
    String source() {
        return file.equals(STANDARD) ? "standard input" : file.toString();
    }

    byte[] read() throws IOException {
        return WebAssemblyInput.bytes(console, file);
    }

    void write(byte[] result) throws IOException {
        if (output.equals(STANDARD)) {
            console.out().write(result);
            console.out().flush();
        } else if (Files.isDirectory(output)) {
            throw new UsageException("`-o " + output + "` is a folder, expected a file");
        } else {
            try {
                Files.write(output, result);
            } catch (NoSuchFileException e) {
                throw new UsageException("`-o " + output + "`: there is no folder `"
                        + output.toAbsolutePath().getParent() + "`");
            }
        }
    }
}

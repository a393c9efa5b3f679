package tenon.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import tenon.component.read.ComponentDecoder;
import tenon.make.unbundle.Unbundling;
import tenon.make.unbundle.Unbundling.Unbundled;

/** {@code tenon component unbundle FILE --module-dir FOLDER}: core modules out of a component. */
record ComponentUnbundle(Console console) implements Command {
    private static final String FOLDER = "--module-dir";
    private static final String THRESHOLD = "--threshold";
    private static final String USUAL = "10k";

    @Override
    public String name() {
        return "unbundle";
    }

    @Override
    public CommandSpec spec() {
        var spec = Command.named(name(), "Take the core modules out of a component, which then imports them.");
        spec.addOption(OptionSpec.builder(FOLDER)
                .paramLabel("FOLDER")
                .type(Path.class)
                .required(true)
                .description("Where the modules go, as unbundled-moduleN.wasm.")
                .build());
        spec.addOption(OptionSpec.builder(THRESHOLD)
                .paramLabel("BYTES")
                .type(String.class)
                .description("Modules up to this size stay; k and m multiply by 1024; " + USUAL + " if not given.")
                .build());
        MakeArguments.addOutput(spec);
        return Command.addFile(spec, "The component, binary or text; `-` is standard input.");
    }

    @Override
    public int run(ParseResult arguments) throws IOException {
        var making = new MakeArguments(console, arguments);
        Path file = arguments.matchedPositional(0).getValue();
        byte[] component = WebAssemblyInput.read(console, file);
        if (!ComponentDecoder.isComponent(component)) {
            making.write(component);
            return Tenon.DONE;
        }
        long threshold = Grants.size(THRESHOLD, arguments.matchedOptionValue(THRESHOLD, USUAL));
        Unbundled unbundled = BrokenFile.reading(file, () -> Unbundling.of(component, Math.toIntExact(threshold)));
        Path folder = arguments.matchedOptionValue(FOLDER, Path.of(""));
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new UsageException("`" + FOLDER + " " + folder + "` is a file, expected a folder");
        }
        Files.createDirectories(folder);
        for (int i = 0; i < unbundled.modules().size(); i++) {
            Files.write(
                    folder.resolve(Unbundled.name(i) + ".wasm"),
                    unbundled.modules().get(i));
        }
        making.write(unbundled.component());
        return Tenon.DONE;
    }
}

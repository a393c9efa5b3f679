package tenon.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import tenon.compose.encode.Dependencies;
import tenon.compose.encode.GraphEncoder;
import tenon.compose.graph.Package;
import tenon.compose.graph.Plug;
import tenon.compose.resolve.PackageFiles;

/** {@code tenon plug SOCKET --plug FILE [-o FILE]}: gives a component what it imports from the exports of others. */
record PlugIn(Console console) implements Command {
    @Override
    public String name() {
        return "plug";
    }

    @Override
    public CommandSpec spec() {
        var spec = Command.named(name(), "Give a component what it imports from the exports of others.");
        spec.usageMessage()
                .footer(
                        "",
                        "Names match if they are the same, or versions that can stand for each other, as 0.2.1 and"
                                + " 0.2.6. What several plugs have is taken from the first. What nobody has stays an"
                                + " import.");
        spec.addOption(OptionSpec.builder("--plug")
                .paramLabel("FILE")
                .type(List.class)
                .auxiliaryTypes(Path.class)
                .required(true)
                .description("A component whose exports FILE imports; may be given several times.")
                .build());
        Composing.addOutput(spec);
        return Command.addFile(spec, "The component that imports, the socket.");
    }

    @Override
    public int run(ParseResult arguments) throws IOException {
        Path file = arguments.matchedPositional(0).getValue();
        PackageFiles files = Composing.packages(Path.of(""), Map.of(), FeatureChoice.of(arguments));
        var taken = new HashMap<String, Integer>();
        Package socket = read(files, file, taken);
        var plugs = new ArrayList<Package>();
        List<Path> given = arguments.matchedOptionValue("--plug", List.of());
        given.forEach(plug -> plugs.add(read(files, plug, taken)));
        Composing.write(
                console,
                arguments,
                GraphEncoder.encode(Plug.into(socket, plugs), Dependencies.EMBEDDED, Composing.version()));
        return Tenon.DONE;
    }

    /** A component under a name of its own: two files may be called the same. */
    private static Package read(PackageFiles files, Path file, Map<String, Integer> taken) {
        String base = file.getFileName().toString().replaceAll("\\.[^.]*$", "");
        int number = taken.merge(base, 1, Integer::sum);
        return files.read(number == 1 ? base : base + "-" + number, Optional.empty(), file);
    }
}

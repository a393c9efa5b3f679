package tenon.cli;

import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import tenon.component.read.ComponentDecoder;
import tenon.make.component.ComponentMaker;

/** {@code tenon component new FILE}: a core module that brings its types along becomes a component. */
record ComponentNew(Console console) implements Command {
    @Override
    public String name() {
        return "new";
    }

    @Override
    public CommandSpec spec() {
        var spec = Command.named(name(), "Make a component of a core module.");
        spec.usageMessage()
                .footer(
                        "",
                        "The module's world stands in its custom sections component-type; `tenon component embed` writes"
                                + " one. A module for preview 1 needs an adapter: --adapt wasi_snapshot_preview1=FILE.");
        MakeArguments.addMaking(spec);
        MakeArguments.addOutput(spec);
        return Command.addFile(spec, "The core module, binary or text; `-` is standard input.");
    }

    @Override
    public int run(ParseResult arguments) throws IOException {
        var making = new MakeArguments(console, arguments);
        Path file = arguments.matchedPositional(0).getValue();
        byte[] module = WebAssemblyInput.read(console, file);
        if (ComponentDecoder.isComponent(module)) {
            throw new UsageException(
                    "`" + WebAssemblyInput.name(file) + "` is a component already, expected a core module");
        }
        var maker = BrokenFile.reading(file, () -> new ComponentMaker(making.options()).module(module));
        making.adapters().forEach(maker::adapter);
        making.write(maker.make());
        return Tenon.DONE;
    }
}

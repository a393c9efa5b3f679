package tenon.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import tenon.component.ComponentFeatures;
import tenon.component.read.ComponentDecoder;
import tenon.text.Wat;
import tenon.wasm.Binary;
import tenon.wasm.ModuleDecoder;

/** {@code tenon print FILE [-o FILE]}: a WebAssembly binary to text. */
record Print(Console console) implements Command {
    @Override
    public String name() {
        return "print";
    }

    @Override
    public CommandSpec spec() {
        var spec = Command.named(name(), "Show a component or core module as WebAssembly text.");
        spec.usageMessage().footer("", "The binary is not validated. Names come from its name sections.");
        return Conversion.specify(spec, "The binary, a .wasm file; or a text, which comes out in this form", "text");
    }

    @Override
    public int run(ParseResult arguments) throws IOException {
        var conversion = Conversion.of(console, arguments);
        byte[] bytes = WebAssemblyInput.read(console, conversion.file());
        String text = BrokenFile.reading(
                conversion.file(),
                () -> ComponentDecoder.isComponent(bytes)
                        ? Wat.print(ComponentDecoder.decode(Binary.of(bytes), ComponentFeatures.ALL))
                        : Wat.print(ModuleDecoder.decode(bytes)));
        conversion.write(text.getBytes(StandardCharsets.UTF_8));
        return Tenon.DONE;
    }
}

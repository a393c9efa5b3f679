package tenon.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import tenon.text.Wat;
import tenon.wasm.ModuleDecoder;

/** {@code tenon print FILE [-o FILE]}: a WebAssembly binary to text. */
record Print(Console console) implements Command {
    @Override
    public String name() {
        return "print";
    }

    @Override
    public CommandSpec spec() {
        var spec = Command.named(name(), "Show the binary of a core module as WebAssembly text.");
        spec.usageMessage().footer("", "The binary is not validated. Names come from its name section.");
        return Conversion.specify(spec, "The binary, a .wasm file", "text");
    }

    @Override
    public int run(ParseResult arguments) throws IOException {
        var conversion = Conversion.of(console, arguments);
        String text = Wat.print(ModuleDecoder.decode(conversion.read()));
        conversion.write(text.getBytes(StandardCharsets.UTF_8));
        return Tenon.DONE;
    }
}

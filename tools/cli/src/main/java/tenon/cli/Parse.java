package tenon.cli;

import java.io.IOException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import tenon.text.Wat;

/** {@code tenon parse FILE [-o FILE]}: WebAssembly text to binary. */
record Parse(Console console) implements Command {
    @Override
    public String name() {
        return "parse";
    }

    @Override
    public CommandSpec spec() {
        var spec = Command.named(name(), "Encode WebAssembly text as a binary.");
        spec.usageMessage().footer("", "The binary is not validated. Identifiers become its name section.");
        return Conversion.specify(spec, "The text, a .wat file", "binary");
    }

    @Override
    public int run(ParseResult arguments) throws IOException {
        var conversion = Conversion.of(console, arguments);
        byte[] text = conversion.read();
        if (WebAssemblyInput.isBinary(text)) {
            throw new UsageException(
                    "`" + conversion.source() + "` is a binary, expected text; `tenon print` shows it");
        }
        conversion.write(Wat.parse(conversion.source(), text));
        return Tenon.DONE;
    }
}

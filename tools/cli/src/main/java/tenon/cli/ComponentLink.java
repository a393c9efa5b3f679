package tenon.cli;

import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;
import tenon.make.link.Linker;

/** {@code tenon component link [NAME=]FILE...}: libraries that share one memory become a component. */
record ComponentLink(Console console) implements Command {
    private static final String OPENABLE = "--dl-openable";

    @Override
    public String name() {
        return "link";
    }

    @Override
    public CommandSpec spec() {
        var spec = Command.named(name(), "Make a component of libraries that share one memory.");
        spec.usageMessage()
                .footer(
                        "",
                        "Libraries are core modules with a section dylink.0, which wasm-ld writes with --shared. Of several"
                                + " that export a symbol the first one counts.");
        MakeArguments.addMaking(spec);
        MakeArguments.addOutput(spec);
        spec.addOption(OptionSpec.builder(OPENABLE)
                .paramLabel("[NAME=]FILE")
                .type(String[].class)
                .description("A library that is found at run time by dlopen, too.")
                .build());
        spec.addOption(OptionSpec.builder("--stack-size")
                .paramLabel("BYTES")
                .type(String.class)
                .description("The size of the stack; k and m multiply by 1024; 1m if not given.")
                .build());
        spec.addOption(MakeArguments.flag("--stub-missing-functions", "Have functions trap that no library exports."));
        spec.addOption(MakeArguments.flag(
                "--use-built-in-libdl", "Give a library libdl.so of our own, for libraries that call dlopen."));
        return spec.addPositional(PositionalParamSpec.builder()
                .index("0..*")
                .paramLabel("[NAME=]FILE")
                .type(String[].class)
                .description("A library; without NAME, it is called like the file.")
                .build());
    }

    @Override
    public int run(ParseResult arguments) throws IOException {
        var making = new MakeArguments(console, arguments);
        var linker = new Linker(making.options()).stubMissingFunctions(making.has("--stub-missing-functions"));
        if (making.has("--stack-size")) {
            linker.stackSize(
                    Math.toIntExact(Grants.size("--stack-size", arguments.matchedOptionValue("--stack-size", ""))));
        }
        for (String each : arguments.matchedPositionalValue(0, new String[0])) {
            add(linker, each, false);
        }
        for (String each : arguments.matchedOptionValue(OPENABLE, new String[0])) {
            add(linker, each, true);
        }
        if (making.has("--use-built-in-libdl")) {
            linker.builtInLibdl();
        }
        making.adapters().forEach(linker::adapter);
        making.write(linker.link());
        return Tenon.DONE;
    }

    private void add(Linker linker, String text, boolean openable) throws IOException {
        int equals = text.indexOf('=');
        Path file = Path.of(text.substring(equals + 1));
        String name = equals < 0 ? file.getFileName().toString() : text.substring(0, equals);
        linker.library(name, WebAssemblyInput.read(console, file), openable);
    }
}

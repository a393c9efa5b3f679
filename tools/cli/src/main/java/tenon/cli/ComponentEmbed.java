package tenon.cli;

import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;
import tenon.component.CanonicalOptions.StringEncoding;
import tenon.component.read.ComponentDecoder;
import tenon.make.Producers;
import tenon.make.embed.DummyModule;
import tenon.make.embed.TypeSection;
import tenon.make.embed.TypedModule;
import tenon.wit.PackageGraph;
import tenon.wit.WorldId;

/** {@code tenon component embed WIT [FILE]}: a world's type in a core module, for {@code tenon component new}. */
record ComponentEmbed(Console console) implements Command {
    private static final String DUMMY = "--dummy";
    private static final String DUMMY_NAMES = "--dummy-names";
    private static final String ONLY_CUSTOM = "--only-custom";

    @Override
    public String name() {
        return "embed";
    }

    @Override
    public CommandSpec spec() {
        var spec = Command.named(name(), "Put the type of a world into a core module.");
        spec.addOption(OptionSpec.builder("-w", "--world")
                .paramLabel("WORLD")
                .type(String.class)
                .description("The world that is meant; not needed if the package has one only.")
                .build());
        spec.addOption(OptionSpec.builder("--encoding")
                .paramLabel("ENCODING")
                .type(String.class)
                .description("How the module has strings: utf8, utf16 or compact-utf16; utf8 if not given.")
                .build());
        spec.addOption(MakeArguments.flag(DUMMY, "Make a module that has what the world needs, and traps."));
        spec.addOption(OptionSpec.builder(DUMMY_NAMES)
                .paramLabel("standard32|legacy")
                .type(String.class)
                .description("The same, with names of this kind; standard32 with " + DUMMY + ".")
                .build());
        spec.addOption(MakeArguments.flag("--async-callback", "Have the dummy export async functions with callbacks."));
        spec.addOption(MakeArguments.flag("--async-stackful", "Have the dummy export async functions that block."));
        spec.addOption(MakeArguments.flag(ONLY_CUSTOM, "Write the type alone, a component."));
        MakeArguments.addOutput(spec);
        WitInput.specify(spec);
        return spec.addPositional(PositionalParamSpec.builder()
                .index("1")
                .arity("0..1")
                .paramLabel("FILE")
                .type(Path.class)
                .description("The core module, binary or text; `-`, or nothing, is standard input.")
                .build());
    }

    @Override
    public int run(ParseResult arguments) throws IOException {
        var making = new MakeArguments(console, arguments);
        boolean dummy = making.has(DUMMY) || making.has(DUMMY_NAMES);
        if (making.has(ONLY_CUSTOM) && dummy) {
            throw new UsageException("`" + ONLY_CUSTOM + "` writes no module, expected no `" + DUMMY + "`");
        }
        PackageGraph graph = WitInput.of(console, arguments).read();
        WorldId world = WitInput.world(graph, arguments.matchedOptionValue("--world", ""));
        var types = new TypeSection(graph, world, encoding(arguments), Producers.none());
        if (making.has(ONLY_CUSTOM)) {
            making.write(types.toByteArray());
            return Tenon.DONE;
        }
        byte[] module = dummy
                ? DummyModule.of(graph, world, standard(arguments), form(making))
                : module(arguments.matchedPositionalValue(1, WebAssemblyInput.STANDARD));
        making.write(TypedModule.embed(module, types));
        return Tenon.DONE;
    }

    private byte[] module(Path file) throws IOException {
        byte[] module = WebAssemblyInput.read(console, file);
        if (ComponentDecoder.isComponent(module)) {
            throw new UsageException("`" + WebAssemblyInput.name(file) + "` is a component, expected a core module");
        }
        return module;
    }

    private static StringEncoding encoding(ParseResult arguments) {
        String name = arguments.matchedOptionValue("--encoding", "utf8");
        return TypeSection.encodingNamed(name)
                .orElseThrow(() ->
                        new UsageException("`--encoding " + name + "`: expected `utf8`, `utf16` or `compact-utf16`"));
    }

    private static boolean standard(ParseResult arguments) {
        String names = arguments.matchedOptionValue(DUMMY_NAMES, "standard32");
        if (!names.equals("standard32") && !names.equals("legacy")) {
            throw new UsageException("`" + DUMMY_NAMES + " " + names + "`: expected `standard32` or `legacy`");
        }
        return names.equals("standard32");
    }

    private static DummyModule.Form form(MakeArguments making) {
        boolean callback = making.has("--async-callback");
        boolean stackful = making.has("--async-stackful");
        if (callback && stackful) {
            throw new UsageException("`--async-callback` and `--async-stackful` exclude each other, expected one");
        }
        if (callback) {
            return DummyModule.Form.CALLBACK;
        }
        return stackful ? DummyModule.Form.STACKFUL : DummyModule.Form.SYNC;
    }
}

package tenon.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import tenon.component.ComponentFeatures;
import tenon.component.read.ComponentDecoder;
import tenon.make.component.MakeOptions;
import tenon.text.Wat;
import tenon.wasm.Binary;
import tenon.wasm.ModuleDecoder;

/** What the actions of {@code tenon component} have in common: how a component is made, and where it goes. */
record MakeArguments(Console console, ParseResult arguments) {
    private static final String ADAPT = "--adapt";
    private static final String TEXT = "--wat";

    /** Has a command take the options that say how a component is made. */
    static void addMaking(CommandSpec spec) {
        spec.addOption(OptionSpec.builder(ADAPT)
                .paramLabel("[NAME=]FILE")
                .type(String[].class)
                .description("An adapter: a core module that meets the imports called NAME, such as"
                        + " wasi_snapshot_preview1, by those of a world; without NAME, the file's name up to the first"
                        + " dot. None is built in; toolchains bring one for preview 1 along.")
                .build());
        spec.addOption(flag("--reject-legacy-names", "Read only names of imports and exports that begin with cm32p2."));
        spec.addOption(flag("--realloc-via-memory-grow", "Have adapters take memory by memory.grow."));
        spec.addOption(flag(
                "--emit-canonical-names",
                "Call interfaces by the part of their version that tells what is compatible."));
        spec.addOption(OptionSpec.builder("--merge-imports-based-on-semver")
                .paramLabel("true|false")
                .type(String.class)
                .description(
                        "Whether imports of one interface in compatible versions become the latest; true if not given.")
                .build());
        spec.addOption(flag("--return-call-ref", "Have shims call by references, and not through a table."));
    }

    /** Has a command write a binary or text. */
    static void addOutput(CommandSpec spec) {
        spec.addOption(OptionSpec.builder("-t", TEXT)
                .type(boolean.class)
                .description("Write WebAssembly text.")
                .build());
        spec.addOption(OptionSpec.builder("-o", "--output")
                .paramLabel("FILE")
                .type(Path.class)
                .description("Where the result goes; standard output if this is missing or `-`.")
                .build());
    }

    static OptionSpec flag(String name, String description) {
        return OptionSpec.builder(name)
                .type(boolean.class)
                .description(description)
                .build();
    }

    boolean has(String option) {
        return arguments.hasMatchedOption(option);
    }

    MakeOptions options() {
        return new MakeOptions(
                merge(),
                has("--reject-legacy-names"),
                has("--return-call-ref"),
                has("--realloc-via-memory-grow"),
                has("--emit-canonical-names"));
    }

    private boolean merge() {
        String option = "--merge-imports-based-on-semver";
        String value = arguments.matchedOptionValue(option, "true");
        if (!value.equals("true") && !value.equals("false")) {
            throw new UsageException("`" + option + "=" + value + "`: expected `true` or `false`");
        }
        return Boolean.parseBoolean(value);
    }

    /** The adapters by name, in order. */
    SequencedMap<String, byte[]> adapters() throws IOException {
        var adapters = new LinkedHashMap<String, byte[]>();
        for (String each : arguments.matchedOptionValue(ADAPT, new String[0])) {
            int equals = each.indexOf('=');
            Path file = Path.of(each.substring(equals + 1));
            String name = equals < 0 ? stem(file) : each.substring(0, equals);
            adapters.put(name, WebAssemblyInput.read(console, file));
        }
        return adapters;
    }

    private static String stem(Path file) {
        String name = file.getFileName().toString();
        int dot = name.indexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }

    /** Writes a component or core module in the form that was asked for. */
    void write(byte[] result) throws IOException {
        Path output = arguments.matchedOptionValue("-o", WebAssemblyInput.STANDARD);
        new Conversion(console, WebAssemblyInput.STANDARD, output).write(has(TEXT) ? text(result) : result);
    }

    private static byte[] text(byte[] binary) {
        String text = ComponentDecoder.isComponent(binary)
                ? Wat.print(ComponentDecoder.decode(Binary.of(binary), ComponentFeatures.ALL))
                : Wat.print(ModuleDecoder.decode(binary));
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

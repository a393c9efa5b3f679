package tenon.conformance.make;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tenon.component.CanonicalOptions.StringEncoding;
import tenon.component.ComponentFeatures;
import tenon.component.CoreModule;
import tenon.component.read.ComponentDecoder;
import tenon.make.Producers;
import tenon.make.component.ComponentMaker;
import tenon.make.component.MakeOptions;
import tenon.make.embed.TypeSection;
import tenon.make.embed.TypedModule;
import tenon.make.link.Linker;
import tenon.text.Wat;
import tenon.wasm.ModuleDecoder;
import tenon.wit.PackageGraph;
import tenon.wit.WorldId;
import tenon.wit.resolve.Features;
import tenon.wit.resolve.WitReader;

/**
 * One case of a suite: modules with their worlds, and the component that they make.
 *
 * @param line the case's line of the manifest
 */
record MakeCase(String suite, Path root, String line) {
    private static final String LIBDL = "libdl.so";

    static Stream<MakeCase> of(String suite, Path root) throws IOException {
        return Files.readAllLines(root.resolve("manifest.json")).stream()
                .filter(line -> line.contains("\"family\": \"components/"))
                .map(line -> new MakeCase(suite, root, line))
                .filter(each -> !each.line.contains("\"superseded\": true"));
    }

    /** {@code components/NAME}. */
    String id() {
        return field("id");
    }

    String family() {
        return field("family");
    }

    boolean isError() {
        return field("expect").equals("error");
    }

    private String field(String name) {
        Matcher matcher = Pattern.compile("\"" + name + "\": \"([^\"]*)\"").matcher(line);
        return matcher.find() ? matcher.group(1) : "";
    }

    private boolean config(String name) {
        return line.contains("\"" + name + "\": true");
    }

    Path folder() {
        return root.resolve(id());
    }

    byte[] expected() throws IOException {
        Path text = folder().resolve("component.wat");
        return Wat.parse(text.toString(), Files.readAllBytes(text));
    }

    boolean isLinked() {
        return !Files.exists(folder().resolve("module.wat"));
    }

    byte[] make() throws IOException {
        var options = new MakeOptions(
                true,
                false,
                config("return-call-ref"),
                config("realloc-via-memory-grow"),
                config("emit-canonical-names"));
        if (isLinked()) {
            return link(options);
        }
        var maker = new ComponentMaker(options).module(module("module"));
        modules("adapt-").forEach(maker::adapter);
        return maker.make();
    }

    private byte[] link(MakeOptions options) throws IOException {
        var linker = new Linker(options).stubMissingFunctions(config("stub-missing-functions"));
        // both kinds stand in one order
        modules("dlopen-lib-").forEach((name, module) -> linker.library(name, module, true));
        modules("lib-").forEach((name, module) -> linker.library(name, module, false));
        if (config("use-built-in-libdl")) {
            linker.library(LIBDL, builtInLibdl(), false);
        }
        modules("adapt-").forEach(linker::adapter);
        return linker.link();
    }

    /** That of the other tool, since ours is another one, which {@link BuiltInLibdlTest} is about. */
    private byte[] builtInLibdl() throws IOException {
        return ComponentDecoder.decode(expected(), ComponentFeatures.ALL)
                .definitions(CoreModule.class)
                .map(each -> Arrays.copyOfRange(
                        each.binary().bytes(),
                        each.binary().start(),
                        each.binary().end()))
                .filter(each -> ModuleDecoder.decode(each).exports().stream()
                        .anyMatch(export -> export.name().equals("dlopen")))
                .findFirst()
                .orElseThrow();
    }

    /** Modules whose files start with {@code prefix}, by name, in the order of the files. */
    SequencedMap<String, byte[]> modules(String prefix) throws IOException {
        var modules = new LinkedHashMap<String, byte[]>();
        List<Path> files;
        try (Stream<Path> all = Files.list(folder())) {
            files = all.filter(file -> file.getFileName().toString().startsWith(prefix)
                            && file.toString().endsWith(".wat"))
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            String stem = file.getFileName().toString().replaceFirst("\\.wat$", "");
            modules.put(name(stem, prefix), module(stem));
        }
        return modules;
    }

    private String name(String stem, String prefix) {
        Matcher named = Pattern.compile("\"" + Pattern.quote(stem) + "(?:\\.wat)?\": \"([^\"]*)\"")
                .matcher(line);
        return named.find() ? named.group(1) : stem.substring(prefix.length());
    }

    /** A module with the world of its name embedded. */
    byte[] module(String stem) throws IOException {
        Path file = folder().resolve(stem + ".wat");
        byte[] module = Wat.parse(file.toString(), Files.readAllBytes(file));
        PackageGraph graph = WitReader.read(folder(), Features.ALL);
        WorldId world = graph.world(stem).orElseThrow();
        return TypedModule.embed(module, new TypeSection(graph, world, StringEncoding.UTF8, Producers.none()));
    }
}

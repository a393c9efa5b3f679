package tenon.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import tenon.cli.inspect.Diagram;
import tenon.cli.inspect.MermaidText;
import tenon.cli.inspect.Part;
import tenon.cli.inspect.PartsText;
import tenon.cli.inspect.Size;
import tenon.cli.inspect.SvgPicture;
import tenon.cli.inspect.Wiring;
import tenon.component.Component;
import tenon.component.ComponentFeatures;
import tenon.component.read.ComponentDecoder;
import tenon.component.world.ConstantExports;
import tenon.component.world.Reach;
import tenon.component.world.World;
import tenon.component.world.WorldText;
import tenon.runtime.value.ConstantValue;
import tenon.runtime.wave.Wave;
import tenon.types.component.FunctionType;
import tenon.types.component.InstanceType;
import tenon.types.component.ValueExtern;
import tenon.wasm.Module;
import tenon.wasm.ModuleDecoder;

/**
 * {@code tenon inspect FILE}: what a component asks for and offers, what is in it, and what it can reach; as text, as JSON, or as a
 * diagram.
 */
record Inspect(Console console) implements Command {

    @Override
    public String name() {
        return "inspect";
    }

    @Override
    public CommandSpec spec() {
        var spec = Command.named(
                name(), "Show what a component imports and exports, what is in it, and what it can reach.");
        spec.usageMessage()
                .footer(
                        "",
                        "Nothing is run. A core module is shown with its imports and exports. A diagram has a box for"
                                + " each instance that a component makes, and arrows for what one gives to another.");
        Command.addJson(spec);
        spec.addOption(flag("--mermaid", "Print a diagram for Mermaid."));
        spec.addOption(flag("--svg", "Print a diagram as an SVG picture."));
        return Command.addFile(spec, "A component or core module, binary or text; `-` is standard input.");
    }

    private static OptionSpec flag(String name, String description) {
        return OptionSpec.builder(name)
                .type(boolean.class)
                .description(description)
                .build();
    }

    @Override
    public int run(ParseResult arguments) throws IOException {
        List<String> forms = Stream.of("--json", "--mermaid", "--svg")
                .filter(arguments::hasMatchedOption)
                .toList();
        if (forms.size() > 1) {
            throw new UsageException("`" + forms.getFirst() + "` and `" + forms.getLast() + "` exclude each other");
        }
        String form = forms.isEmpty() ? "" : forms.getFirst();
        Path file = arguments.matchedPositional(0).getValue();
        byte[] bytes = WebAssemblyInput.read(console, file);
        String name = file.equals(WebAssemblyInput.STANDARD) ? "component" : String.valueOf(file.getFileName());
        if (ComponentDecoder.isComponent(bytes)) {
            component(
                    form, name, BrokenFile.reading(file, () -> ComponentDecoder.decode(bytes, ComponentFeatures.ALL)));
        } else {
            module(form, name, BrokenFile.reading(file, () -> ModuleDecoder.decode(bytes)));
        }
        return Tenon.DONE;
    }

    private void component(String form, String name, Component component) {
        // whatever is asked for, only what is valid is followed
        World world = World.of(component);
        Part part = Part.of(component);
        switch (form) {
            case "--json" -> print(List.of(JsonText.of(describe(part, world, constants(component)))));
            case "--mermaid" -> print(MermaidText.of(diagram(name, part, component)));
            case "--svg" -> console.out().print(SvgPicture.of(diagram(name, part, component)));
            default -> print(lines(name, part, world, constants(component)));
        }
    }

    /** What is known of exported values before anything runs, in WAVE. */
    private static Map<String, String> constants(Component component) {
        var texts = new LinkedHashMap<String, String>();
        ConstantExports.of(component)
                .forEach(
                        (name, known) -> texts.put(name, Wave.print(ConstantValue.of(known.constant(), known.type()))));
        return texts;
    }

    private static Diagram diagram(String name, Part part, Component component) {
        return Wiring.of(component, name + ", " + Size.of(part.bytes()));
    }

    private void module(String form, String name, Module module) {
        Part part = Part.of(module);
        switch (form) {
            case "--json" -> print(List.of(JsonText.of(describe(part, module))));
            case "--mermaid", "--svg" ->
                throw new UsageException("`" + name + "` is a core module, expected a component for a diagram");
            default -> print(lines(name, part, module));
        }
    }

    private void print(List<String> lines) {
        lines.forEach(console.out()::println);
    }

    private static List<String> lines(String name, Part part, World world, Map<String, String> constants) {
        var lines = new ArrayList<String>();
        lines.add(name + ": component, " + Size.of(part.bytes()));
        lines.add("");
        lines.addAll(WorldText.of(world, constants));
        lines.add("");
        Reach.of(world).sentences().forEach(lines::add);
        lines.add("");
        lines.addAll(PartsText.of(part));
        return lines;
    }

    private static List<String> lines(String name, Part part, Module module) {
        var lines = new ArrayList<String>();
        lines.add(name + ": core module, " + Size.of(part.bytes()) + ", " + PartsText.functions(part));
        if (!part.producers().tools().isEmpty()) {
            lines.add("made by " + part.producers());
        }
        lines.add("");
        module.imports().forEach(each -> lines.add("import " + each.module() + " " + each.name()));
        module.exports()
                .forEach(each -> lines.add(
                        "export " + each.name() + ": " + each.kind().name().toLowerCase(Locale.ROOT)));
        return lines;
    }

    private static Map<String, Object> describe(Part part, World world, Map<String, String> constants) {
        Reach reach = Reach.of(world);
        var json = new LinkedHashMap<>(describe(part));
        json.remove("parts");
        json.put("imports", world.imports().stream().map(Inspect::describe).toList());
        json.put(
                "exports",
                world.exports().stream()
                        .map(each -> {
                            Map<String, Object> export = describe(each);
                            @Nullable String constant = constants.get(each.name().text());
                            if (constant != null) {
                                export.put("value", constant);
                            }
                            return export;
                        })
                        .toList());
        json.put("can", reach.can().stream().map(Inspect::describe).toList());
        json.put("cannot", reach.cannot().stream().map(Inspect::describe).toList());
        json.put("unknown", reach.unknown());
        json.put("parts", part.parts().stream().map(Inspect::describe).toList());
        return json;
    }

    /** A part with what is in it. */
    private static Map<String, Object> describe(Part part) {
        var json = new LinkedHashMap<String, Object>();
        boolean component = part.kind() == Part.Kind.COMPONENT;
        json.put("kind", component ? "component" : "core module");
        part.name().ifPresent(name -> json.put("name", name));
        json.put("bytes", part.bytes());
        if (!component) {
            json.put("functions", part.functions());
        }
        json.put(
                "producers",
                part.producers().tools().stream()
                        .map(tool -> {
                            var each = object("field", tool.field(), "name", tool.name());
                            each.put("version", tool.version());
                            return each;
                        })
                        .toList());
        json.put(
                "customs",
                part.customs().stream()
                        .map(custom -> object("name", custom.name(), "bytes", custom.bytes()))
                        .toList());
        if (component) {
            json.put("parts", part.parts().stream().map(Inspect::describe).toList());
        }
        return json;
    }

    private static Map<String, Object> describe(World.Extern each) {
        var json = new LinkedHashMap<String, Object>();
        json.put("name", each.name().text());
        json.put("sort", each.type().sort());
        if (each.type() instanceof FunctionType function) {
            json.put("type", function.toString());
        }
        if (each.type() instanceof ValueExtern value) {
            json.put("type", value.type().toString());
        }
        if (each.type() instanceof InstanceType instance) {
            var functions = new LinkedHashMap<String, Object>();
            var types = new ArrayList<String>();
            instance.exports().forEach((name, type) -> {
                if (type instanceof FunctionType function) {
                    functions.put(name, function.toString());
                } else {
                    types.add(name);
                }
            });
            json.put("functions", functions);
            json.put("types", types);
        }
        return json;
    }

    private static Map<String, Object> describe(Reach.Deed deed) {
        return object("deed", deed.words(), "interfaces", deed.interfaces());
    }

    private static Map<String, Object> describe(Part part, Module module) {
        Map<String, Object> json = describe(part);
        json.put(
                "imports",
                module.imports().stream()
                        .map(each -> object("module", each.module(), "name", each.name()))
                        .toList());
        json.put("exports", module.exports().stream().map(Module.Export::name).toList());
        return json;
    }

    private static Map<String, Object> object(String key1, Object value1, String key2, Object value2) {
        var object = new LinkedHashMap<String, Object>();
        object.put(key1, value1);
        object.put(key2, value2);
        return object;
    }
}

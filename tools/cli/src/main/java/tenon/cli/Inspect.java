package tenon.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import tenon.component.Component;
import tenon.component.ComponentDecoder;
import tenon.component.ComponentFeatures;
import tenon.component.CoreModule;
import tenon.component.Definition;
import tenon.component.NestedComponent;
import tenon.component.Reach;
import tenon.component.World;
import tenon.component.WorldText;
import tenon.types.component.FunctionType;
import tenon.types.component.InstanceType;
import tenon.wasm.Module;
import tenon.wasm.ModuleDecoder;
import tenon.wasm.Names;

/** {@code tenon inspect FILE [--json]}: what a component asks for and offers, what is in it, and what it can reach. */
record Inspect(Console console) implements Command {

    @Override
    public String name() {
        return "inspect";
    }

    @Override
    public CommandSpec spec() {
        var spec = Command.named(name(), "Show what a component imports and exports, and what it can reach.");
        spec.usageMessage().footer("", "Nothing is run. A core module is shown with its imports and exports.");
        Command.addJson(spec);
        return Command.addFile(spec, "A component or core module, a .wasm file.");
    }

    @Override
    public int run(ParseResult arguments) throws IOException {
        Path file = arguments.matchedPositional(0).getValue();
        byte[] bytes = WebAssemblyInput.read(console, file);
        boolean json = arguments.hasMatchedOption("--json");
        if (ComponentDecoder.isComponent(bytes)) {
            Component component = ComponentDecoder.decode(bytes, ComponentFeatures.ALL);
            World world = World.of(component);
            print(
                    json
                            ? List.of(JsonText.of(describe(bytes, component, world)))
                            : lines(file, bytes, component, world));
        } else {
            Module module = ModuleDecoder.decode(bytes);
            print(json ? List.of(JsonText.of(describe(bytes, module))) : lines(file, bytes, module));
        }
        return Tenon.DONE;
    }

    private void print(List<String> lines) {
        lines.forEach(console.out()::println);
    }

    private static List<String> lines(Path file, byte[] bytes, Component component, World world) {
        var lines = new ArrayList<String>();
        lines.add(file.getFileName() + ": component, " + Size.of(bytes.length));
        lines.add("");
        lines.addAll(WorldText.of(world));
        lines.add("");
        Reach.of(world).sentences().forEach(lines::add);
        lines.add("");
        for (Part part : Part.of(component)) {
            lines.add(part.path() + ": " + Size.of(part.bytes()) + part.functions());
        }
        return lines;
    }

    private static List<String> lines(Path file, byte[] bytes, Module module) {
        var lines = new ArrayList<String>();
        lines.add(file.getFileName() + ": core module, " + Size.of(bytes.length) + ", "
                + module.functions().size() + " functions");
        lines.add("");
        module.imports().forEach(each -> lines.add("import " + each.module() + " " + each.name()));
        module.exports()
                .forEach(each -> lines.add(
                        "export " + each.name() + ": " + each.kind().name().toLowerCase(Locale.ROOT)));
        return lines;
    }

    /** A core module or component inside, at any depth. */
    private record Part(String path, int bytes, String functions) {
        static List<Part> of(Component component) {
            var parts = new ArrayList<Part>();
            collect(component, "", parts);
            return parts;
        }

        private static void collect(Component component, String above, List<Part> parts) {
            int modules = 0;
            int components = 0;
            for (Definition definition : component.definitions()) {
                if (definition instanceof CoreModule module) {
                    int count = module.module().functions().size();
                    String name = module.module()
                            .names()
                            .module()
                            .map(each -> " `" + Names.shown(each) + "`")
                            .orElse("");
                    parts.add(new Part(
                            above + "core module " + modules++ + name,
                            module.binary().end() - module.binary().start(),
                            ", " + count + (count == 1 ? " function" : " functions")));
                } else if (definition instanceof NestedComponent nested) {
                    var binary = nested.component().binary();
                    String path = above + "component " + components++;
                    parts.add(new Part(path, binary.end() - binary.start(), ""));
                    collect(nested.component(), path + " / ", parts);
                }
            }
        }
    }

    private static Map<String, Object> describe(byte[] bytes, Component component, World world) {
        Reach reach = Reach.of(world);
        var json = new LinkedHashMap<String, Object>();
        json.put("kind", "component");
        json.put("bytes", bytes.length);
        json.put("imports", world.imports().stream().map(Inspect::describe).toList());
        json.put("exports", world.exports().stream().map(Inspect::describe).toList());
        json.put("can", reach.can().stream().map(Inspect::describe).toList());
        json.put("cannot", reach.cannot().stream().map(Inspect::describe).toList());
        json.put("unknown", reach.unknown());
        json.put(
                "parts",
                Part.of(component).stream()
                        .map(part -> object("path", part.path(), "bytes", part.bytes()))
                        .toList());
        return json;
    }

    private static Map<String, Object> describe(World.Extern each) {
        var json = new LinkedHashMap<String, Object>();
        json.put("name", each.name().text());
        json.put("sort", each.type().sort());
        if (each.type() instanceof FunctionType function) {
            json.put("type", function.toString());
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

    private static Map<String, Object> describe(byte[] bytes, Module module) {
        var json = new LinkedHashMap<String, Object>();
        json.put("kind", "core module");
        json.put("bytes", bytes.length);
        json.put("functions", module.functions().size());
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

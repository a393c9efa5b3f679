package tenon.conformance.wac;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tenon.compose.encode.Dependencies;
import tenon.compose.encode.GraphEncoder;
import tenon.compose.graph.CompositionGraph;
import tenon.compose.graph.Node;
import tenon.compose.graph.Package;
import tenon.compose.resolve.PackageFiles;
import tenon.compose.type.Item;
import tenon.compose.type.WorldType;
import tenon.testing.JsonText;
import tenon.text.Wat;

/** A graph that is built as {@code graph.json} says; {@link #step} is what is being done. */
final class GraphCase {
    private final Path folder;
    private String step = "";
    private final List<Package> packages = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();
    private final CompositionGraph graph = new CompositionGraph();

    GraphCase(Path folder) {
        this.folder = folder;
    }

    /** The step that is under way, in the suite's words. */
    String step() {
        return step + (step.contains("encode") ? "" : " for test case `" + folder.getFileName() + "`");
    }

    void build() throws IOException {
        if (!(JsonText.parse(Files.readString(folder.resolve("graph.json"))) instanceof Map<?, ?> json)) {
            throw new AssertionError("no object");
        }
        for (Map<?, ?> each : objects(json, "packages")) {
            packages.add(graph.register(read(text(each, "name"), folder.resolve(text(each, "path")))));
        }
        List<Map<?, ?>> all = objects(json, "nodes");
        for (int i = 0; i < all.size(); i++) {
            step = "failed to add " + text(all.get(i), "type") + " node " + i;
            nodes.add(node(all.get(i)));
        }
        List<Map<?, ?>> arguments = objects(json, "arguments");
        for (int i = 0; i < arguments.size(); i++) {
            Map<?, ?> each = arguments.get(i);
            step = "failed to add argument edge from source node " + number(each, "source") + " to target node "
                    + number(each, "target") + " referenced in argument " + i;
            graph.argument(nodes.get(number(each, "target")), text(each, "name"), nodes.get(number(each, "source")));
        }
        List<Map<?, ?>> exports = objects(json, "exports");
        for (int i = 0; i < exports.size(); i++) {
            Map<?, ?> each = exports.get(i);
            step = "failed to export node " + number(each, "node") + " in export " + i;
            graph.export(nodes.get(number(each, "node")), text(each, "name"));
        }
        for (Map<?, ?> each : objects(json, "names")) {
            graph.name(nodes.get(number(each, "node")), text(each, "name"));
        }
        step = "failed to encode the graph";
    }

    byte[] encode(Dependencies dependencies) {
        return GraphEncoder.encode(graph, dependencies, Optional.empty());
    }

    private Node node(Map<?, ?> node) {
        return switch (text(node, "type")) {
            case "import" -> {
                Package source = packages.get(number(node, "package"));
                Item item = source.world().exports().get(text(node, "export"));
                if (item == null) {
                    throw new AssertionError("no export " + node);
                }
                yield graph.importItem(text(node, "name"), item);
            }
            case "instantiation" -> graph.instantiate(packages.get(number(node, "package")));
            case "alias" -> graph.alias(nodes.get(number(node, "source")), text(node, "export"));
            default -> throw new AssertionError(node);
        };
    }

    /** A component; WIT stands for a component of its only world. */
    private static Package read(String name, Path path) {
        var files = new PackageFiles(path, Map.of(), Wat::parse);
        Package read = files.read(name, Optional.empty(), path);
        return read.definitions().values().stream()
                .filter(WorldType.class::isInstance)
                .map(WorldType.class::cast)
                .findFirst()
                .map(world -> Package.of(name, Optional.empty(), path.toString(), world))
                .orElse(read);
    }

    private static List<Map<?, ?>> objects(Map<?, ?> json, String key) {
        var objects = new ArrayList<Map<?, ?>>();
        if (json.get(key) instanceof List<?> list) {
            for (Object each : list) {
                if (each instanceof Map<?, ?> map) {
                    objects.add(map);
                }
            }
        }
        return objects;
    }

    private static String text(Map<?, ?> json, String key) {
        return String.valueOf(json.get(key));
    }

    private static int number(Map<?, ?> json, String key) {
        return json.get(key) instanceof Double value ? value.intValue() : -1;
    }
}

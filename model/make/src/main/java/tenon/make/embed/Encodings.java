package tenon.make.embed;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tenon.component.CanonicalOptions.StringEncoding;
import tenon.make.MakeException;
import tenon.types.component.PackageName;
import tenon.wit.Function;
import tenon.wit.Interface;
import tenon.wit.PackageGraph;
import tenon.wit.World;

/** How a module has its strings, for each function that it imports or exports; versions of interfaces do not count. Confined to one run. */
public final class Encodings {
    private final Map<String, StringEncoding> known = new HashMap<>();

    /** None known. */
    public Encodings() {}

    /** All functions of some imports or exports. */
    void add(PackageGraph graph, Map<World.Key, World.Item> items, StringEncoding encoding) {
        items.forEach((key, item) -> {
            switch (item) {
                case World.Item.OfFunction(Function function) -> add(graph, key, function.name(), encoding);
                case World.Item.OfInterface named ->
                    graph.get(named.id()).functions().keySet().forEach(name -> add(graph, key, name, encoding));
                case World.Item.OfType _ -> {}
            }
        });
    }

    private void add(PackageGraph graph, World.Key key, String function, StringEncoding encoding) {
        StringEncoding before = known.put(text(graph, key, function), encoding);
        if (before != null && before != encoding) {
            throw new MakeException("function `" + text(graph, key, function)
                    + "` has two string encodings, expected the same from all bindings of a module");
        }
    }

    /** The encoding of a function that the module's own world has. */
    public Optional<StringEncoding> get(PackageGraph graph, World.Key key, String function) {
        return Optional.ofNullable(known.get(text(graph, key, function)));
    }

    private static String text(PackageGraph graph, World.Key key, String function) {
        String place = switch (key) {
            case World.Key.Plain(String name) -> name;
            case World.Key.OfInterface(var id) -> {
                Interface face = graph.get(id);
                PackageName owner = graph.get(face.owner()).name();
                yield owner.unversioned() + "/" + face.name().orElse("");
            }
        };
        return place + "/" + function;
    }
}

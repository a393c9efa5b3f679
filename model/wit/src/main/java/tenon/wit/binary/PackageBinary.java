package tenon.wit.binary;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import tenon.component.Component;
import tenon.component.Export;
import tenon.component.ExternalName;
import tenon.component.Sort;
import tenon.component.TypeDefinition;
import tenon.component.TypeExpression;
import tenon.component.resolve.Resolution;
import tenon.types.MalformedException;
import tenon.types.component.InterfaceName;
import tenon.types.component.PackageName;
import tenon.wit.PackageGraph;
import tenon.wit.WitException;
import tenon.wit.binary.DecodedItem.Named;

/**
 * A package that is written as a component: WIT.md, "Package Format". Interfaces of other packages are there as far as the package uses
 * them.
 */
public final class PackageBinary {
    private PackageBinary() {}

    /** Whether a component holds nothing but types that it exports, as packages do. */
    public static boolean isPackage(Component component) {
        boolean typesAlone = component.definitions().stream()
                .allMatch(each -> each instanceof TypeDefinition
                        || (each instanceof Export export && export.item().sort() == Sort.TYPE));
        return typesAlone && !component.exports().isEmpty();
    }

    /** Raises a {@link WitException} if it is no package, a {@link MalformedException} for its documentation, after {@link tenon.component.resolve.Resolution} found it valid. */
    public static PackageGraph of(Component component) {
        Resolution.of(component);
        var graph = new DecodedGraph();
        Optional<PackageName> main = Optional.empty();
        for (Named each : DecodedLevel.of(component).exports().values()) {
            PackageName owner = item(graph, each);
            if (main.isPresent() && !main.get().equals(owner)) {
                throw no("item of package `" + owner + "` beside one of `" + main.get() + "`");
            }
            main = Optional.of(owner);
        }
        return documented(component, graph.finish(main.orElseThrow(() -> no("component without exports"))));
    }

    /** Adds an interface or world, which stands in a component type around it that imports what it uses; gives back its package. */
    private static PackageName item(DecodedGraph graph, Named item) {
        if (!(item.item() instanceof DecodedItem.OfType(DecodedType type))
                || !(type.expression() instanceof TypeExpression.ComponentOf)) {
            throw no("thing like `" + item.name() + "`");
        }
        var around = DecodedLevel.of(type, Map.of());
        for (Named each : around.imports().values()) {
            face(graph, each);
        }
        if (around.exports().size() != 1) {
            throw no("component type with " + around.exports().size() + " exports, expected one,");
        }
        Named own = around.exports().firstEntry().getValue();
        if (own.item() instanceof DecodedItem.OfComponentType(DecodedType world)) {
            var inside = DecodedLevel.of(world, Map.of());
            InterfaceName name = interfaceName(own.name());
            graph.world(name.packageName(), name.projection(), inside.imports(), inside.exports());
            return name.packageName();
        }
        return face(graph, own);
    }

    private static PackageName face(DecodedGraph graph, Named each) {
        if (!(each.item() instanceof DecodedItem.OfInstance instance)) {
            throw no("thing like `" + each.name() + "`");
        }
        InterfaceName name = interfaceName(each.name());
        graph.face(name, instance);
        return name.packageName();
    }

    private static InterfaceName interfaceName(ExternalName name) {
        if (name.name() instanceof InterfaceName found) {
            return DecodedGraph.nameOf(found, name.attributes().versionSuffix());
        }
        throw no("name like `" + name + "`");
    }

    private static PackageGraph documented(Component component, PackageGraph graph) {
        PackageGraph documented = graph;
        boolean found = false;
        for (Component.CustomSection each : component.customs()) {
            if (each.name().equals(PackageDocs.SECTION)) {
                if (found) {
                    throw new MalformedException(each.start(), "there are two sections `" + PackageDocs.SECTION + "`");
                }
                found = true;
                documented = documented(graph, component.binary().bytes(), each);
            }
        }
        return documented;
    }

    private static PackageGraph documented(PackageGraph graph, byte[] bytes, Component.CustomSection section) {
        int version = section.start() < section.end() ? bytes[section.start()] : -1;
        if (version != 0 && version != PackageDocs.VERSION) {
            throw new MalformedException(
                    section.start(),
                    "section `" + PackageDocs.SECTION + "` has version " + version + ", expected "
                            + PackageDocs.VERSION);
        }
        int start = section.start() + 1;
        String json = new String(bytes, start, section.end() - start, StandardCharsets.UTF_8);
        return DocumentedGraph.of(graph, json, start);
    }

    private static WitException no(String what) {
        return ComponentWorld.inexpressible("a " + what + " stands in a package");
    }
}

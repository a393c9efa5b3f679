package tenon.wit.binary;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import tenon.component.Component;
import tenon.component.ExternalName;
import tenon.component.Resolution;
import tenon.types.Place;
import tenon.types.component.ComponentType;
import tenon.types.component.CoreModuleType;
import tenon.types.component.FunctionType;
import tenon.types.component.InstanceType;
import tenon.types.component.InterfaceName;
import tenon.types.component.PackageName;
import tenon.types.component.PlainName;
import tenon.types.component.TypeExtern;
import tenon.types.component.ValueExtern;
import tenon.wit.Diagnostic;
import tenon.wit.Interface;
import tenon.wit.InterfaceId;
import tenon.wit.Owner;
import tenon.wit.PackageGraph;
import tenon.wit.PackageId;
import tenon.wit.Remarks;
import tenon.wit.Stability;
import tenon.wit.WitException;
import tenon.wit.WitPackage;
import tenon.wit.World;
import tenon.wit.WorldId;

/**
 * The world of a component as WIT: world {@code root} of package {@code root:component}, and the interfaces that it names, as far as the
 * component knows them. Confined to one run.
 */
public final class ComponentWorld {
    private static final PackageName ROOT = new PackageName("root", "component", Optional.empty());
    private static final PackageId ROOT_ID = new PackageId(0);
    private static final WorldId WORLD = new WorldId(0);
    private static final String WORLD_NAME = "root";

    private final TypeTable table = new TypeTable();
    private final Scope world = new Scope(table, new Owner.OfWorld(WORLD));
    private final SequencedMap<PackageName, SequencedMap<String, InterfaceId>> packages = new LinkedHashMap<>();
    private final Map<PackageName, PackageId> packageIds = new HashMap<>();
    private final List<Face> interfaces = new ArrayList<>();
    private final SequencedMap<World.Key, World.Item> imports = new LinkedHashMap<>();
    private final SequencedMap<World.Key, World.Item> exports = new LinkedHashMap<>();

    /** An interface that is being made. */
    private record Face(Optional<String> name, PackageId owner, Scope scope) {}

    private ComponentWorld() {
        packages.put(ROOT, new LinkedHashMap<>());
        packageIds.put(ROOT, ROOT_ID);
    }

    /** Raises the errors of {@link tenon.component.World#of}, and a {@link WitException} for what WIT has no words for. */
    public static PackageGraph of(Component component) {
        var root = new ComponentWorld();
        tenon.component.World found = tenon.component.World.of(component, Resolution.withAllNames(component));
        found.imports().forEach(each -> root.add(each, true));
        found.exports().forEach(each -> root.add(each, false));
        return root.graph();
    }

    static WitException inexpressible(String fact) {
        return new WitException(Diagnostic.of(Place.NOWHERE, fact + ", which WIT has no words for"));
    }

    private void add(tenon.component.World.Extern each, boolean imported) {
        SequencedMap<World.Key, World.Item> items = imported ? imports : exports;
        Remarks remarks = new Remarks(
                Optional.empty(), Stability.UNKNOWN, each.name().attributes().externalId());
        switch (each.type()) {
            case InstanceType instance -> {
                InterfaceId id = face(each.name(), instance);
                World.Key key = each.name().name() instanceof InterfaceName
                        ? new World.Key.OfInterface(id)
                        : new World.Key.Plain(each.name().text());
                items.put(key, new World.Item.OfInterface(id, remarks));
            }
            case FunctionType function -> {
                var item = new World.Item.OfFunction(world.function(plain(each.name()), function));
                items.put(new World.Key.Plain(item.function().name()), item);
            }
            case TypeExtern(var type) -> world.define(each.name().text(), type);
            case ComponentType _, CoreModuleType _, ValueExtern _ ->
                throw inexpressible((imported ? "import `" : "export `") + each.name() + "` is a "
                        + each.type().sort());
        }
    }

    private static PlainName plain(ExternalName name) {
        if (name.name() instanceof PlainName plain) {
            return plain;
        }
        throw inexpressible("function `" + name + "` has no plain name");
    }

    private InterfaceId face(ExternalName name, InstanceType instance) {
        Optional<InterfaceName> named = name.attributes()
                .implemented()
                .map(text -> InterfaceName.parse(text, Place.NOWHERE))
                .or(() -> name.name() instanceof InterfaceName own ? Optional.of(own) : Optional.empty());
        if (named.isEmpty() && !(name.name() instanceof PlainName)) {
            throw inexpressible("instance `" + name + "` is found by its content");
        }
        InterfaceId id = named.map(this::face).orElseGet(() -> newFace(Optional.empty(), ROOT_ID));
        fill(interfaces.get(id.index()).scope(), instance);
        return id;
    }

    private InterfaceId face(InterfaceName name) {
        SequencedMap<String, InterfaceId> known =
                packages.computeIfAbsent(name.packageName(), _ -> new LinkedHashMap<>());
        PackageId owner = packageIds.computeIfAbsent(name.packageName(), _ -> new PackageId(packages.size() - 1));
        InterfaceId id = known.get(name.projection());
        if (id == null) {
            id = newFace(Optional.of(name.projection()), owner);
            known.put(name.projection(), id);
        }
        return id;
    }

    private InterfaceId newFace(Optional<String> name, PackageId owner) {
        var id = new InterfaceId(interfaces.size());
        interfaces.add(new Face(name, owner, new Scope(table, new Owner.OfInterface(id))));
        return id;
    }

    private static void fill(Scope scope, InstanceType instance) {
        instance.exports().forEach((name, type) -> {
            switch (type) {
                case TypeExtern(var defined) -> scope.define(name, defined);
                case FunctionType function -> scope.define(plainName(name), function);
                case InstanceType _, ComponentType _, CoreModuleType _, ValueExtern _ ->
                    throw inexpressible("`" + name + "` of an interface is a " + type.sort());
            }
        });
    }

    private static PlainName plainName(String name) {
        return PlainName.parse(name, Place.NOWHERE);
    }

    private PackageGraph graph() {
        world.types().forEach((name, id) -> imports.put(new World.Key.Plain(name), new World.Item.OfType(id)));
        List<Interface> faces = interfaces.stream()
                .map(face -> new Interface(
                        face.name(),
                        face.owner(),
                        face.scope().types(),
                        face.scope().functions(),
                        Remarks.NONE))
                .toList();
        var made = new ArrayList<WitPackage>();
        for (Map.Entry<PackageName, SequencedMap<String, InterfaceId>> each : packages.entrySet()) {
            var worlds = new LinkedHashMap<String, WorldId>();
            if (each.getKey().equals(ROOT)) {
                worlds.put(WORLD_NAME, WORLD);
            }
            made.add(new WitPackage(each.getKey(), Optional.empty(), each.getValue(), worlds));
        }
        var root = new World(WORLD_NAME, ROOT_ID, imports, exports, Remarks.NONE);
        return new PackageGraph(made, faces, List.of(root), table.types(), ROOT_ID);
    }
}

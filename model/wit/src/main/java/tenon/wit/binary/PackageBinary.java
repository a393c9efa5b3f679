package tenon.wit.binary;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import tenon.component.Alias;
import tenon.component.Component;
import tenon.component.CoreTypeDefinition;
import tenon.component.Declaration;
import tenon.component.Definition;
import tenon.component.Export;
import tenon.component.ExportDeclaration;
import tenon.component.ExternDescription;
import tenon.component.ExternalName;
import tenon.component.Import;
import tenon.component.Resolution;
import tenon.component.Sort;
import tenon.component.TypeDefinition;
import tenon.component.TypeExpression;
import tenon.types.MalformedException;
import tenon.types.Place;
import tenon.types.component.InterfaceName;
import tenon.types.component.PackageName;
import tenon.types.component.PlainName;
import tenon.wit.Interface;
import tenon.wit.InterfaceId;
import tenon.wit.Owner;
import tenon.wit.PackageGraph;
import tenon.wit.PackageId;
import tenon.wit.Remarks;
import tenon.wit.Stability;
import tenon.wit.TypeId;
import tenon.wit.WitException;
import tenon.wit.WitPackage;
import tenon.wit.World;
import tenon.wit.WorldId;

/**
 * A package that is written as a component: WIT.md, "Package Format". Interfaces of other packages are there as far as the package uses
 * them. Confined to one run.
 */
public final class PackageBinary {
    private final TypeTable table = new TypeTable();
    private final SequencedMap<PackageName, WitPackage> packages = new LinkedHashMap<>();
    private final List<Face> interfaces = new ArrayList<>();
    private final List<World> worlds = new ArrayList<>();

    /** By world: its package. */
    private final List<PackageName> homes = new ArrayList<>();

    private PackageName main = new PackageName("", "", Optional.empty());

    /** An interface that is being read. */
    private record Face(Optional<String> name, PackageName owner, DecodedFace content) {}

    private PackageBinary() {}

    /** Whether a component holds nothing but types that it exports, as packages do. */
    public static boolean isPackage(Component component) {
        boolean typesAlone = component.definitions().stream()
                .allMatch(each -> each instanceof TypeDefinition
                        || (each instanceof Export export && export.item().sort() == Sort.TYPE));
        return typesAlone && !component.exports().isEmpty();
    }

    /** Raises a {@link WitException} if it is no package, a {@link MalformedException} for its documentation, after {@link tenon.component.Resolution} found it valid. */
    public static PackageGraph of(Component component) {
        Resolution.withAllNames(component);
        var binary = new PackageBinary();
        var level = new DecodedLevel(Optional.empty());
        for (Definition definition : component.definitions()) {
            switch (definition) {
                case TypeDefinition type -> level.add(new DecodedType(type.expression(), level));
                case Export export -> {
                    DecodedType type = level.type(export.item().index());
                    binary.item(type);
                    level.add(type);
                }
                default -> throw no("definition");
            }
        }
        return documented(component, binary.graph());
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

    static WitException no(String what) {
        return ComponentWorld.inexpressible("a " + what + " stands in a package");
    }

    /** One interface or world: a component type around it that imports what it uses. */
    private void item(DecodedType type) {
        if (!(type.expression() instanceof TypeExpression.ComponentOf(List<Declaration> declarations))) {
            throw no("type that is no component's");
        }
        var level = new DecodedLevel(Optional.of(type.level()));
        for (Declaration declaration : declarations) {
            switch (declaration) {
                case Import imported -> instance(level, imported.name(), imported.type());
                case ExportDeclaration export -> {
                    InterfaceName name = interfaceName(export.name());
                    main = name.packageName();
                    if (export.type() instanceof ExternDescription.ComponentUse(int index)) {
                        own(main);
                        world(name, level.type(index));
                    } else {
                        instance(level, export.name(), export.type());
                    }
                }
                case TypeDefinition _, CoreTypeDefinition _, Alias _ -> level.add(declaration);
            }
        }
    }

    private static InterfaceName interfaceName(ExternalName name) {
        if (name.name() instanceof InterfaceName found) {
            return found;
        }
        throw no("name like `" + name + "`");
    }

    /** An instance of an interface; gives back which interface. */
    private InterfaceId instance(DecodedLevel level, ExternalName name, ExternDescription type) {
        if (!(type instanceof ExternDescription.InstanceUse(int index))
                || !(level.type(index).expression()
                        instanceof TypeExpression.InstanceOf(List<Declaration> declarations))) {
            throw no("thing like `" + name + "`");
        }
        Optional<InterfaceName> named = name.attributes()
                .implemented()
                .map(text -> InterfaceName.parse(text, Place.NOWHERE))
                .or(() -> name.name() instanceof InterfaceName own ? Optional.of(own) : Optional.empty());
        InterfaceId id = named.map(this::face).orElseGet(() -> add(Optional.empty(), main));
        level.addInstance(interfaces.get(id.index()).content().read(declarations, level));
        return id;
    }

    private WitPackage own(PackageName name) {
        return packages.computeIfAbsent(
                name, _ -> new WitPackage(name, Optional.empty(), new LinkedHashMap<>(), new LinkedHashMap<>()));
    }

    private InterfaceId face(InterfaceName name) {
        WitPackage known = own(name.packageName());
        InterfaceId id = known.interfaces().get(name.projection());
        if (id == null) {
            id = add(Optional.of(name.projection()), name.packageName());
            var more = new LinkedHashMap<>(known.interfaces());
            more.put(name.projection(), id);
            packages.put(name.packageName(), new WitPackage(known.name(), known.documentation(), more, known.worlds()));
        }
        return id;
    }

    private InterfaceId add(Optional<String> name, PackageName owner) {
        var id = new InterfaceId(interfaces.size());
        interfaces.add(new Face(name, owner, new DecodedFace(table, new Owner.OfInterface(id))));
        return id;
    }

    private void world(InterfaceName name, DecodedType type) {
        if (!(type.expression() instanceof TypeExpression.ComponentOf(List<Declaration> declarations))) {
            throw no("world that is no component's type");
        }
        var id = new WorldId(worlds.size());
        var level = new DecodedLevel(Optional.of(type.level()));
        var own = new DecodedFace(table, new Owner.OfWorld(id));
        var imports = new LinkedHashMap<World.Key, World.Item>();
        var exports = new LinkedHashMap<World.Key, World.Item>();
        for (Declaration declaration : declarations) {
            switch (declaration) {
                case Import imported -> extern(imports, own, level, imported.name(), imported.type());
                case ExportDeclaration export ->
                    // WIT has types among the imports only
                    extern(isType(export.type()) ? imports : exports, own, level, export.name(), export.type());
                case TypeDefinition _, CoreTypeDefinition _, Alias _ -> level.add(declaration);
            }
        }
        WitPackage known = own(name.packageName());
        var more = new LinkedHashMap<>(known.worlds());
        more.put(name.projection(), id);
        packages.put(name.packageName(), new WitPackage(known.name(), known.documentation(), known.interfaces(), more));
        // the package's index is known in the end only
        worlds.add(new World(name.projection(), new PackageId(0), imports, exports, Remarks.NONE));
        homes.add(name.packageName());
    }

    private static boolean isType(ExternDescription type) {
        return type instanceof ExternDescription.TypeEqual || type instanceof ExternDescription.SubResource;
    }

    private void extern(
            SequencedMap<World.Key, World.Item> items,
            DecodedFace own,
            DecodedLevel level,
            ExternalName name,
            ExternDescription type) {
        var remarks = new Remarks(
                Optional.empty(), Stability.UNKNOWN, name.attributes().externalId());
        switch (type) {
            case ExternDescription.InstanceUse _ -> {
                InterfaceId id = instance(level, name, type);
                World.Key key = name.name() instanceof InterfaceName
                        ? new World.Key.OfInterface(id)
                        : new World.Key.Plain(name.text());
                items.put(key, new World.Item.OfInterface(id, remarks));
            }
            case ExternDescription.FunctionUse(int index) -> {
                var function = own.function(plain(name), level.type(index), remarks);
                items.put(new World.Key.Plain(function.name()), new World.Item.OfFunction(function));
            }
            case ExternDescription.TypeEqual _, ExternDescription.SubResource _ -> {
                TypeId id = own.define(name, type, level);
                items.put(new World.Key.Plain(name.text()), new World.Item.OfType(id));
            }
            case ExternDescription.ModuleUse _,
                    ExternDescription.ComponentUse _,
                    ExternDescription.ValueEqual _,
                    ExternDescription.ValueOf _ -> throw no("thing like `" + name + "`");
        }
    }

    static PlainName plain(ExternalName name) {
        if (name.name() instanceof PlainName plain) {
            return plain;
        }
        throw no("function called `" + name + "`");
    }

    /** The main package stands last, behind those that it uses. */
    private PackageGraph graph() {
        var order = new ArrayList<>(packages.keySet());
        order.remove(main);
        order.add(main);
        var ids = new HashMap<PackageName, PackageId>();
        order.forEach(name -> ids.put(name, new PackageId(ids.size())));
        var mainId = new PackageId(order.size() - 1);
        List<Interface> faces = interfaces.stream()
                .map(face -> new Interface(
                        face.name(),
                        ids.getOrDefault(face.owner(), mainId),
                        face.content().types(),
                        face.content().functions(),
                        Remarks.NONE))
                .toList();
        var finished = new ArrayList<World>();
        for (int i = 0; i < worlds.size(); i++) {
            World each = worlds.get(i);
            PackageId owner = ids.getOrDefault(homes.get(i), mainId);
            finished.add(new World(each.name(), owner, each.imports(), each.exports(), each.remarks()));
        }
        List<WitPackage> made = order.stream().map(this::own).toList();
        return new PackageGraph(made, faces, finished, table.types(), mainId);
    }
}

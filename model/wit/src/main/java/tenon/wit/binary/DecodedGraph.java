package tenon.wit.binary;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import tenon.component.ExternalName;
import tenon.types.Place;
import tenon.types.component.InterfaceName;
import tenon.types.component.InterfaceVersion;
import tenon.types.component.PackageName;
import tenon.types.component.PlainName;
import tenon.types.component.SemanticVersion;
import tenon.wit.Function;
import tenon.wit.Interface;
import tenon.wit.InterfaceId;
import tenon.wit.Owner;
import tenon.wit.PackageGraph;
import tenon.wit.PackageId;
import tenon.wit.Remarks;
import tenon.wit.Stability;
import tenon.wit.TypeId;
import tenon.wit.WitPackage;
import tenon.wit.World;
import tenon.wit.WorldId;
import tenon.wit.binary.DecodedItem.Named;

/** A graph that is made of what binaries import and export: interfaces by name, with all that was seen of each. Confined to one run. */
final class DecodedGraph {
    private final TypeTable table = new TypeTable();
    private final SequencedMap<PackageName, Home> packages = new LinkedHashMap<>();
    private final List<Face> interfaces = new ArrayList<>();
    private final List<DecodedWorld> worlds = new ArrayList<>();

    /** A package by name. */
    private record Home(SequencedMap<String, InterfaceId> interfaces, SequencedMap<String, WorldId> worlds) {}

    /** An interface; one without a name belongs to the package of its world. */
    private record Face(Optional<String> name, PackageName owner, DecodedFace content) {}

    /** A world with its package. */
    private record DecodedWorld(
            PackageName owner,
            String name,
            SequencedMap<World.Key, World.Item> imports,
            SequencedMap<World.Key, World.Item> exports) {}

    private Home home(PackageName name) {
        return packages.computeIfAbsent(name, _ -> new Home(new LinkedHashMap<>(), new LinkedHashMap<>()));
    }

    /** The name of an interface; the part of its version that is not in its canonical name stands beside it. */
    static InterfaceName nameOf(InterfaceName name, Optional<String> versionSuffix) {
        Optional<InterfaceVersion> whole = versionSuffix.flatMap(
                suffix -> name.version().flatMap(version -> SemanticVersion.parse(version + suffix)));
        PackageName owner = name.packageName();
        return whole.isEmpty()
                ? name
                : new InterfaceName(new PackageName(owner.namespace(), owner.name(), whole), name.projection());
    }

    /** Takes over an instance of an interface. */
    InterfaceId face(InterfaceName name, DecodedItem.OfInstance instance) {
        Home home = home(name.packageName());
        InterfaceId id = home.interfaces().get(name.projection());
        if (id == null) {
            id = add(Optional.of(name.projection()), name.packageName());
            home.interfaces().put(name.projection(), id);
        }
        interfaces.get(id.index()).content().read(instance.exports());
        return id;
    }

    private InterfaceId add(Optional<String> name, PackageName owner) {
        var id = new InterfaceId(interfaces.size());
        var content = new DecodedFace(
                table,
                new Owner.OfInterface(id),
                other -> interfaces.get(other.index()).name().isPresent());
        interfaces.add(new Face(name, owner, content));
        return id;
    }

    /** Adds a world. */
    WorldId world(
            PackageName owner, String name, SequencedMap<String, Named> imports, SequencedMap<String, Named> exports) {
        var id = new WorldId(worlds.size());
        var own = new DecodedFace(
                table,
                new Owner.OfWorld(id),
                other -> interfaces.get(other.index()).name().isPresent());
        var importSide = new Side("import", owner, own);
        var exportSide = new Side("export", owner, own);
        for (Named each : imports.values()) {
            importSide.add(each);
        }
        for (Named each : exports.values()) {
            // WIT has types among the imports only
            (each.item() instanceof DecodedItem.OfType ? importSide : exportSide).add(each);
        }
        checkComplete(exports);
        if (home(owner).worlds().put(name, id) != null) {
            throw ComponentWorld.inexpressible("world `" + name + "` is there twice");
        }
        worlds.add(new DecodedWorld(owner, name, importSide.items, exportSide.items));
        return id;
    }

    /** What is imported may be a part of its interface; what is exported is all of it. */
    private void checkComplete(SequencedMap<String, Named> exports) {
        for (Named each : exports.values()) {
            if (each.item() instanceof DecodedItem.OfInstance(SequencedMap<String, Named> offered)
                    && each.name().name() instanceof InterfaceName name) {
                InterfaceName whole = nameOf(name, each.name().attributes().versionSuffix());
                InterfaceId id = home(whole.packageName()).interfaces().get(whole.projection());
                assert id != null : whole;
                for (String function :
                        interfaces.get(id.index()).content().functions().keySet()) {
                    if (!offered.containsKey(function)) {
                        throw ComponentWorld.inexpressible("interface `" + whole + "` has function `" + function
                                + "` where it is imported, and not where it is exported");
                    }
                }
            }
        }
    }

    /** All imports of a world, or all exports. */
    private final class Side {
        private final String word;
        private final PackageName owner;
        private final DecodedFace own;
        private final SequencedMap<World.Key, World.Item> items = new LinkedHashMap<>();

        Side(String word, PackageName owner, DecodedFace own) {
            this.word = word;
            this.owner = owner;
            this.own = own;
        }

        void add(Named each) {
            ExternalName name = each.name();
            switch (each.item()) {
                case DecodedItem.OfInstance instance -> {
                    Optional<String> suffix = name.attributes().versionSuffix();
                    Optional<InterfaceName> implemented = name.attributes()
                            .implemented()
                            .map(text -> nameOf(InterfaceName.parse(text, Place.NOWHERE), suffix));
                    InterfaceId id;
                    World.Key key;
                    if (implemented.isPresent()) {
                        id = face(implemented.get(), instance);
                        key = new World.Key.Plain(name.text());
                    } else if (name.name() instanceof InterfaceName itself) {
                        id = face(nameOf(itself, suffix), instance);
                        key = new World.Key.OfInterface(id);
                    } else {
                        id = DecodedGraph.this.add(Optional.empty(), owner);
                        interfaces.get(id.index()).content().read(instance.exports());
                        key = new World.Key.Plain(name.text());
                    }
                    var remarks = new Remarks(
                            Optional.empty(),
                            Stability.UNKNOWN,
                            name.attributes().externalId());
                    items.put(key, new World.Item.OfInterface(id, remarks));
                }
                case DecodedItem.OfFunction(DecodedType type) -> {
                    Function function = own.function(name, type);
                    items.put(new World.Key.Plain(function.name()), new World.Item.OfFunction(function));
                }
                case DecodedItem.OfType(DecodedType type) -> {
                    TypeId id = own.define(name, type);
                    items.put(new World.Key.Plain(plain(name)), new World.Item.OfType(id));
                }
                case DecodedItem.OfComponentType _, DecodedItem.OfComponent _, DecodedItem.Other _ ->
                    throw ComponentWorld.inexpressible(
                            word + " `" + name + "` is a " + each.item().sort());
            }
        }

        private static String plain(ExternalName name) {
            if (name.name() instanceof PlainName plain) {
                return plain.toString();
            }
            throw ComponentWorld.inexpressible("type `" + name + "` has no plain name");
        }
    }

    /** The whole; packages stand behind those that they use, and {@code main} last. */
    PackageGraph finish(PackageName main) {
        home(main);
        Map<PackageName, PackageId> ids = new HashMap<>();
        List<PackageName> order = new Order(main).all();
        order.forEach(name -> ids.put(name, new PackageId(ids.size())));
        PackageId mainId = new PackageId(order.size() - 1);
        List<Interface> faces = interfaces.stream()
                .map(face -> new Interface(
                        face.name(),
                        ids.getOrDefault(face.owner(), mainId),
                        face.content().types(),
                        face.content().functions(),
                        Remarks.NONE))
                .toList();
        List<World> finished = worlds.stream()
                .map(each -> new World(
                        each.name(),
                        ids.getOrDefault(each.owner(), mainId),
                        each.imports(),
                        each.exports(),
                        Remarks.NONE))
                .toList();
        List<WitPackage> made = order.stream()
                .map(name -> new WitPackage(
                        name,
                        Optional.empty(),
                        home(name).interfaces(),
                        home(name).worlds()))
                .toList();
        return new PackageGraph(made, faces, finished, table.types(), mainId);
    }

    /** Packages behind those that they use. */
    private final class Order {
        private final PackageName main;
        private final Map<PackageName, SequencedSet<PackageName>> uses = new HashMap<>();
        private final Set<PackageName> visiting = new LinkedHashSet<>();
        private final SequencedSet<PackageName> done = new LinkedHashSet<>();

        Order(PackageName main) {
            this.main = main;
            for (Face face : interfaces) {
                SequencedSet<PackageName> used = uses.computeIfAbsent(face.owner(), _ -> new LinkedHashSet<>());
                for (TypeId type : face.content().types().values()) {
                    table.usedFrom(type)
                            .map(from -> interfaces.get(from.index()).owner())
                            .filter(owner -> !owner.equals(face.owner()))
                            .ifPresent(used::add);
                }
            }
        }

        List<PackageName> all() {
            packages.keySet().stream().filter(name -> !name.equals(main)).forEach(this::visit);
            visit(main);
            return List.copyOf(done);
        }

        /** Calls itself as deep as packages stand on each other; a binary has a limit for what is nested, but not for this. */
        private void visit(PackageName name) {
            if (done.contains(name)) {
                return;
            }
            if (!visiting.add(name)) {
                throw ComponentWorld.inexpressible("package `" + name + "` uses packages that use it");
            }
            if (visiting.size() > ComponentWorld.DEEPEST) {
                throw ComponentWorld.inexpressible("packages use each other too deep");
            }
            uses.getOrDefault(name, new LinkedHashSet<>()).forEach(this::visit);
            visiting.remove(name);
            done.add(name);
        }
    }
}

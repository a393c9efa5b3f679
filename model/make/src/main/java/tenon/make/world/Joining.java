package tenon.make.world;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import tenon.make.MakeException;
import tenon.types.component.PackageName;
import tenon.wit.Function;
import tenon.wit.Interface;
import tenon.wit.InterfaceId;
import tenon.wit.Owner;
import tenon.wit.PackageGraph;
import tenon.wit.Type;
import tenon.wit.TypeDefinition;
import tenon.wit.TypeId;
import tenon.wit.TypeKind;
import tenon.wit.WitPackage;
import tenon.wit.World;
import tenon.wit.WorldId;

/** One world on its way into another. Confined to one run. */
final class Joining {
    private final JoinedWorld into;
    private final PackageGraph from;
    private final WorldId world;
    private final Map<InterfaceId, InterfaceId> interfaces = new HashMap<>();
    private final Map<TypeId, TypeId> types = new HashMap<>();

    /** What types of the world itself belong to from now on. */
    private Owner home = JoinedWorld.OWNER;

    /** Types without a name are copied once per interface, as each has its own in a binary. */
    private final Map<Owner, Map<TypeId, TypeId>> anonymous = new HashMap<>();

    Joining(JoinedWorld into, PackageGraph from, WorldId world) {
        this.into = into;
        this.from = from;
        this.world = world;
    }

    SequencedSet<World.Key> join() {
        for (WitPackage each : from.packages()) {
            each.interfaces().forEach((name, id) -> named(each.name(), name, id));
        }
        World source = from.get(world);
        source.imports().forEach((key, item) -> {
            if (item instanceof World.Item.OfType(TypeId type) && key instanceof World.Key.Plain plain) {
                worldType(plain, type);
            } else {
                put(into.imports(), key, item);
            }
        });
        var keys = new LinkedHashSet<World.Key>();
        Map<InterfaceId, World.Key> standing = importedForExports();
        var exported = Set.copyOf(into.exports().keySet());
        source.exports().forEach((key, item) -> {
            World.Key mine = export(key, item, standing);
            keys.add(mine);
            if (!exported.contains(mine) && into.exports().get(mine) instanceof World.Item.OfInterface named) {
                into.uses(named.id()).forEach(used -> checkNotExported(exported, mine, used));
            }
        });
        return keys;
    }

    /** The world again, with types of its own; {@code owner} is what they belong to. */
    World copy(Owner owner) {
        home = owner;
        for (WitPackage each : from.packages()) {
            each.interfaces().forEach((name, id) -> named(each.name(), name, id));
        }
        World source = from.get(world);
        var imports = new LinkedHashMap<World.Key, World.Item>();
        source.imports().forEach((key, item) -> imports.put(key(key), copy(item)));
        var exports = new LinkedHashMap<World.Key, World.Item>();
        source.exports().forEach((key, item) -> exports.put(key(key), copy(item)));
        return source.with(imports, exports);
    }

    private void named(PackageName owner, String name, InterfaceId id) {
        InterfaceId mine = into.named(owner, name);
        interfaces.put(id, mine);
        fill(id, mine);
    }

    /** Adds the types and functions that an interface does not have yet; those that it has must be the same. */
    private void fill(InterfaceId id, InterfaceId mine) {
        Interface source = from.get(id);
        Face face = into.get(mine);
        var owner = new Owner.OfInterface(mine);
        source.types().forEach((name, type) -> {
            TypeId known = face.types().get(name);
            if (known == null) {
                face.types().put(name, define(type, owner));
            } else {
                types.put(type, known);
            }
        });
        source.functions().forEach((name, function) -> {
            Function copy = copy(function, owner);
            Function known = face.functions().get(name);
            if (known == null) {
                face.functions().put(name, copy);
            } else {
                checkSame(nameOf(mine), known, copy);
            }
        });
    }

    private String nameOf(InterfaceId id) {
        return into.name(id).map(Object::toString).orElse("");
    }

    private void checkSame(String place, Function known, Function other) {
        if (!new SameTypes(into).same(known, other)) {
            String of = place.isEmpty() ? "" : " of interface `" + place + "`";
            throw new MakeException(
                    "function `" + known.name() + "`" + of + " has another type in another module, expected one type");
        }
    }

    private void worldType(World.Key.Plain key, TypeId type) {
        World.Item known = into.imports().get(key);
        if (known == null) {
            into.imports().put(key, new World.Item.OfType(define(type, home)));
        } else if (known instanceof World.Item.OfType(TypeId mine)) {
            types.put(type, mine);
        } else {
            throw differentKinds(key, known, new World.Item.OfType(type));
        }
    }

    private MakeException differentKinds(World.Key key, World.Item known, World.Item other) {
        return new MakeException("`" + into.name(key) + "` is a " + known.word() + " in one world and a " + other.word()
                + " in another, expected one of them");
    }

    private World.Key export(World.Key key, World.Item item, Map<InterfaceId, World.Key> standing) {
        World.Key mine = key(key);
        if (!into.exports().containsKey(mine) && item instanceof World.Item.OfInterface named) {
            World.Key user = standing.get(interfaces.get(named.id()));
            if (user != null) {
                throw new MakeException("export `" + into.name(user) + "` uses `" + into.name(mine)
                        + "` as an import, which would change if `" + into.name(mine) + "` was exported");
            }
        }
        put(into.exports(), key, item);
        return mine;
    }

    /** What an export uses must be exported itself, or stand on nothing that is. */
    private void checkNotExported(Set<World.Key> exported, World.Key user, InterfaceId used) {
        if (exported.contains(new World.Key.OfInterface(used))) {
            return;
        }
        for (InterfaceId next : into.uses(used)) {
            if (exported.contains(new World.Key.OfInterface(next))) {
                throw new MakeException("export `" + into.name(user) + "` uses `" + nameOf(used)
                        + "` as an import, which uses `" + nameOf(next) + "`, an export of another module's world");
            }
            checkNotExported(exported, user, next);
        }
    }

    /** Interfaces that exports stand on and that are no exports themselves, with an export that does. */
    private Map<InterfaceId, World.Key> importedForExports() {
        var standing = new HashMap<InterfaceId, World.Key>();
        into.exports().forEach((key, item) -> {
            if (item instanceof World.Item.OfInterface named) {
                for (InterfaceId used : into.uses(named.id())) {
                    if (!into.exports().containsKey(new World.Key.OfInterface(used))) {
                        addUsed(used, key, standing);
                    }
                }
            }
        });
        return standing;
    }

    private void addUsed(InterfaceId id, World.Key user, Map<InterfaceId, World.Key> standing) {
        if (standing.putIfAbsent(id, user) == null) {
            into.uses(id).forEach(used -> addUsed(used, user, standing));
        }
    }

    private World.Key key(World.Key key) {
        return key instanceof World.Key.OfInterface(InterfaceId id) ? new World.Key.OfInterface(mapped(id)) : key;
    }

    private InterfaceId mapped(InterfaceId id) {
        InterfaceId mine = interfaces.get(id);
        return Objects.requireNonNull(mine);
    }

    private void put(SequencedMap<World.Key, World.Item> items, World.Key key, World.Item item) {
        World.Key mine = key(key);
        World.Item known = items.get(mine);
        if (known == null) {
            items.put(mine, copy(item));
            return;
        }
        switch (item) {
            case World.Item.OfFunction(Function function)
            when known instanceof World.Item.OfFunction(Function other) -> checkSame("", other, copy(function, home));
            case World.Item.OfInterface named
            when known instanceof World.Item.OfInterface other -> {
                if (!interfaces.containsKey(named.id())) {
                    interfaces.put(named.id(), other.id());
                    fill(named.id(), other.id());
                }
            }
            case World.Item.OfFunction _, World.Item.OfInterface _, World.Item.OfType _ ->
                throw differentKinds(mine, known, item);
        }
    }

    private World.Item copy(World.Item item) {
        return switch (item) {
            case World.Item.OfFunction(Function function) -> new World.Item.OfFunction(copy(function, home));
            case World.Item.OfType(TypeId type) -> new World.Item.OfType(define(type, home));
            case World.Item.OfInterface named -> {
                InterfaceId mine = interfaces.get(named.id());
                // without a name: each world has its own
                if (mine == null) {
                    mine = into.add(Face.empty(Optional.empty(), JoinedWorld.HOME));
                    fill(named.id(), mine);
                }
                yield new World.Item.OfInterface(mine, named.remarks());
            }
        };
    }

    private Function copy(Function function, Owner owner) {
        List<Function.Parameter> params = function.params().stream()
                .map(param -> new Function.Parameter(param.name(), copy(param.type(), owner)))
                .toList();
        return new Function(
                function.name(),
                function.kind().with(function.kind().resource().map(type -> copy(type, owner))),
                params,
                function.result().map(type -> copy(type, owner)),
                function.remarks());
    }

    private Type copy(Type type, Owner owner) {
        return type instanceof TypeId id ? copy(id, owner) : type;
    }

    private TypeId copy(TypeId id, Owner owner) {
        TypeDefinition definition = from.get(id);
        if (!(definition.owner() instanceof Owner.None)) {
            TypeId known = types.get(id);
            // of an interface that comes later, or of none that has a name
            return known != null ? known : define(id, ownerOf(definition.owner(), owner));
        }
        Map<TypeId, TypeId> here = anonymous.computeIfAbsent(owner, _ -> new HashMap<>());
        TypeId known = here.get(id);
        if (known == null) {
            TypeKind kind = definition.kind().map(part -> copy(part, owner), part -> copy(part, owner));
            known = into.add(new TypeDefinition(Optional.empty(), kind, Owner.NONE, definition.remarks()));
            here.put(id, known);
        }
        return known;
    }

    private Owner ownerOf(Owner source, Owner otherwise) {
        if (source instanceof Owner.OfInterface(InterfaceId id)) {
            InterfaceId mine = interfaces.get(id);
            if (mine != null) {
                return new Owner.OfInterface(mine);
            }
        }
        return otherwise;
    }

    private TypeId define(TypeId id, Owner owner) {
        TypeId known = types.get(id);
        if (known != null) {
            return known;
        }
        TypeDefinition source = from.get(id);
        TypeKind kind = source.kind().map(part -> copy(part, owner), part -> copy(part, owner));
        TypeId mine = into.add(new TypeDefinition(source.name(), kind, owner, source.remarks()));
        types.put(id, mine);
        return mine;
    }
}

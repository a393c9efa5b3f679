package tenon.make.world;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import tenon.wit.Function;
import tenon.wit.InterfaceId;
import tenon.wit.Owner;
import tenon.wit.Type;
import tenon.wit.TypeDefinition;
import tenon.wit.TypeId;
import tenon.wit.World;

/**
 * Gives each interface of a world types of its own: one that is imported and exported, or stands under two names, is copied, and so is what
 * uses a copy. What uses an interface uses its export if it is exported itself: WIT.md, "WIT Worlds". Confined to one run.
 */
final class NominalTypes {
    private final JoinedWorld world;
    private final Set<InterfaceId> seen = new HashSet<>();

    /** Copied under their own names, so that others use the copy. */
    private final Set<InterfaceId> copied = new HashSet<>();

    /** By type: its copy. */
    private Map<TypeId, TypeId> copies = new HashMap<>();

    NominalTypes(JoinedWorld world) {
        this.world = world;
    }

    /** Gives back the keys that changed. */
    Map<World.Key, World.Key> run() {
        var renamed = new HashMap<World.Key, World.Key>();
        SequencedMap<World.Key, World.Item> imports = copy(world.imports(), new HashMap<>());
        SequencedMap<World.Key, World.Item> exports = copy(world.exports(), renamed);
        world.replace(imports, exports);
        return renamed;
    }

    private SequencedMap<World.Key, World.Item> copy(
            SequencedMap<World.Key, World.Item> items, Map<World.Key, World.Key> renamed) {
        var rewritten = new LinkedHashMap<InterfaceId, List<World.Key>>();
        findCopied(items, rewritten);
        var newIds = new HashMap<World.Key, InterfaceId>();
        rewritten.forEach((id, keys) -> {
            for (World.Key key : keys) {
                boolean plain = key instanceof World.Key.Plain;
                Map<TypeId, TypeId> before = plain ? new HashMap<>(copies) : copies;
                newIds.put(key, copy(id));
                copies = before;
            }
        });
        var result = new LinkedHashMap<World.Key, World.Item>();
        items.forEach((key, item) -> {
            InterfaceId id = newIds.get(key);
            if (id != null && item instanceof World.Item.OfInterface named) {
                World.Key newKey = key instanceof World.Key.Plain ? key : new World.Key.OfInterface(id);
                renamed.put(key, newKey);
                result.put(newKey, new World.Item.OfInterface(id, named.remarks()));
            } else {
                result.put(key, item);
            }
        });
        return result;
    }

    /** Interfaces under their own names come first, since nothing can use the others; per interface, plain names come first. */
    private void findCopied(
            SequencedMap<World.Key, World.Item> items, SequencedMap<InterfaceId, List<World.Key>> rewritten) {
        for (boolean plain : new boolean[] {false, true}) {
            items.forEach((key, item) -> {
                if (item instanceof World.Item.OfInterface named && key instanceof World.Key.Plain == plain) {
                    InterfaceId id = named.id();
                    boolean again = !seen.add(id);
                    if (again || world.uses(id).stream().anyMatch(copied::contains)) {
                        List<World.Key> keys = rewritten.computeIfAbsent(id, _ -> new ArrayList<>());
                        if (plain) {
                            keys.addFirst(key);
                        } else {
                            keys.add(key);
                            copied.add(id);
                        }
                    }
                }
            });
        }
    }

    private InterfaceId copy(InterfaceId id) {
        Face source = world.get(id);
        Face face = Face.empty(source.name(), source.owner());
        InterfaceId mine = world.add(face);
        var run = new Copy(new Owner.OfInterface(id), new Owner.OfInterface(mine), new HashMap<>());
        source.types().forEach((name, type) -> face.types().put(name, run.type(type)));
        source.functions().forEach((name, function) -> face.functions().put(name, run.function(function)));
        return mine;
    }

    /** One interface being copied. */
    private final class Copy {
        private final Owner from;
        private final Owner to;
        private final Map<TypeId, TypeId> anonymous;

        Copy(Owner from, Owner to, Map<TypeId, TypeId> anonymous) {
            this.from = from;
            this.to = to;
            this.anonymous = anonymous;
        }

        Type type(Type type) {
            return type instanceof TypeId id ? type(id) : type;
        }

        TypeId type(TypeId id) {
            TypeDefinition definition = world.get(id);
            boolean own = definition.owner().equals(from);
            if (!own && !(definition.owner() instanceof Owner.None)) {
                return copies.getOrDefault(id, id);
            }
            Map<TypeId, TypeId> known = own ? ownCopies : anonymous;
            if (!known.containsKey(id)) {
                var kind = definition.kind().map(this::type, this::type);
                TypeId mine = world.add(
                        new TypeDefinition(definition.name(), kind, own ? to : Owner.NONE, definition.remarks()));
                known.put(id, mine);
                if (own) {
                    copies.put(id, mine);
                }
            }
            return Objects.requireNonNull(known.get(id));
        }

        private final Map<TypeId, TypeId> ownCopies = new HashMap<>();

        Function function(Function function) {
            return new Function(
                    function.name(),
                    function.kind().with(function.kind().resource().map(this::type)),
                    function.params().stream()
                            .map(param -> new Function.Parameter(param.name(), type(param.type())))
                            .toList(),
                    function.result().map(this::type),
                    function.remarks());
        }
    }
}

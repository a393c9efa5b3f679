package tenon.make.world;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import tenon.make.MakeException;
import tenon.wit.Function;
import tenon.wit.InterfaceId;
import tenon.wit.Remarks;
import tenon.wit.TypeDefinition;
import tenon.wit.TypeId;
import tenon.wit.TypeKind;
import tenon.wit.World;

/**
 * Fills up a world with what its interfaces stand on, and orders it: interfaces, then types, then functions among the imports; functions,
 * then interfaces among the exports. WIT.md, "WIT Worlds". Confined to one run.
 */
final class Elaboration {
    private final JoinedWorld world;
    private final SequencedMap<World.Key, World.Item> imports = new LinkedHashMap<>();
    private final SequencedMap<World.Key, World.Item> exports = new LinkedHashMap<>();
    private final Set<InterfaceId> required = new HashSet<>();

    private Elaboration(JoinedWorld world) {
        this.world = world;
    }

    static void run(JoinedWorld world) {
        var elaboration = new Elaboration(world);
        elaboration.takeImports();
        elaboration.takeExports();
        world.replace(elaboration.sorted(elaboration.imports), elaboration.exports);
    }

    private int rank(World.Item item) {
        return switch (item) {
            case World.Item.OfInterface _ -> 0;
            case World.Item.OfType(TypeId id) -> {
                TypeDefinition type = world.get(id);
                boolean used = type.kind() instanceof TypeKind.Alias(TypeId target)
                        && !world.get(target).owner().equals(type.owner());
                yield used ? 1 : 2;
            }
            case World.Item.OfFunction(Function function) ->
                function.kind().resource().isEmpty() ? 3 : 4;
        };
    }

    private SequencedMap<World.Key, World.Item> sorted(SequencedMap<World.Key, World.Item> items) {
        List<Map.Entry<World.Key, World.Item>> entries = new ArrayList<>(items.entrySet());
        entries.sort(Comparator.comparingInt(entry -> rank(entry.getValue())));
        var sorted = new LinkedHashMap<World.Key, World.Item>();
        entries.forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        return sorted;
    }

    private void takeImports() {
        sorted(world.imports()).forEach((key, item) -> {
            switch (item) {
                case World.Item.OfInterface named -> takeImport(key, named);
                case World.Item.OfType(TypeId id) -> {
                    world.usedFrom(id).ifPresent(this::takeUsed);
                    imports.put(key, item);
                }
                case World.Item.OfFunction _ -> imports.put(key, item);
            }
        });
    }

    private void takeUsed(InterfaceId id) {
        takeImport(new World.Key.OfInterface(id), new World.Item.OfInterface(id, Remarks.NONE));
    }

    private void takeImport(World.Key key, World.Item.OfInterface item) {
        if (!imports.containsKey(key)) {
            world.uses(item.id()).forEach(this::takeUsed);
            imports.put(key, item);
        }
    }

    private void takeExports() {
        var interfaces = new LinkedHashMap<World.Key, World.Item.OfInterface>();
        world.exports().forEach((key, item) -> {
            if (item instanceof World.Item.OfInterface named) {
                interfaces.put(key, named);
            } else {
                exports.put(key, item);
            }
        });
        interfaces.forEach((key, item) -> {
            if (!takeExport(interfaces, key, item, true)) {
                throw new MakeException("export `" + world.name(key)
                        + "` uses an interface as an import and as an export, expected that all between are exported");
            }
        });
    }

    private boolean takeExport(
            Map<World.Key, World.Item.OfInterface> interfaces,
            World.Key key,
            World.Item.OfInterface item,
            boolean exported) {
        if (exports.containsKey(key)) {
            return exported;
        }
        if (!exported && required.contains(item.id())) {
            return true;
        }
        for (InterfaceId used : world.uses(item.id())) {
            var usedKey = new World.Key.OfInterface(used);
            World.Item.OfInterface known = interfaces.get(usedKey);
            boolean alsoExported = exported && known != null;
            World.Item.OfInterface next =
                    alsoExported && known != null ? known : new World.Item.OfInterface(used, Remarks.NONE);
            if (!takeExport(interfaces, usedKey, next, alsoExported)) {
                return false;
            }
        }
        if (!exported) {
            required.add(item.id());
            imports.putIfAbsent(key, item);
            return true;
        }
        if (required.contains(item.id())) {
            return false;
        }
        exports.put(key, item);
        return true;
    }
}

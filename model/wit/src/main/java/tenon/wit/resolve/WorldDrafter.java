package tenon.wit.resolve;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tenon.wit.InterfaceId;
import tenon.wit.Owner;
import tenon.wit.Remarks;
import tenon.wit.WitException;
import tenon.wit.World;
import tenon.wit.WorldId;
import tenon.wit.syntax.Spot;
import tenon.wit.syntax.TypeSyntax;
import tenon.wit.syntax.WitFile;

/** Finds the names of one world: WIT.md, "Item: `world`". Confined to one run. */
final class WorldDrafter {
    private final PackageDrafter drafter;
    private final int file;
    private final ScopeDrafter scope;
    private final Side imports = new Side("import");
    private final Side exports = new Side("export");
    private final List<Draft.Include> includes = new ArrayList<>();

    /** {@code file} counts the package's files. */
    WorldDrafter(PackageDrafter drafter, int file, WorldId id) {
        this.drafter = drafter;
        this.file = file;
        this.scope = new ScopeDrafter(drafter, file, new Owner.OfWorld(id));
    }

    /** All imports, or all exports. */
    private static final class Side {
        private final String word;
        private final List<Draft.PlacedItem> items = new ArrayList<>();
        private final Map<World.Key, World.Item> byKey = new HashMap<>();
        private final StrongNames names = new StrongNames();

        Side(String word) {
            this.word = word;
        }

        void add(World.Key key, World.Item item, Spot spot) {
            World.Item other = byKey.putIfAbsent(key, item);
            if (other != null) {
                throw spot.error(
                        switch (key) {
                            case World.Key.OfInterface _ -> "the interface is " + word + "ed more than once";
                            case World.Key.Plain(String name) ->
                                word + " `" + name + "` conflicts with the " + other.word() + " of the same name";
                        });
            }
            if (key instanceof World.Key.Plain(String name)) {
                names.add(name).ifPresent(near -> {
                    throw spot.error(ScopeNames.conflict(word, name, near));
                });
            }
            items.add(new Draft.PlacedItem(key, item, spot));
        }
    }

    Draft.DefinedWorld draft(WitFile.WorldSyntax world) {
        scope.types(world.members());
        scope.names()
                .types()
                .forEach((name, id) -> imports.add(
                        new World.Key.Plain(name),
                        new World.Item.OfType(id),
                        ((Draft.DefinedType) drafter.type(id)).spot()));
        for (WitFile.Member member : world.members()) {
            try {
                add(member);
            } catch (WitException error) {
                drafter.problem(error);
            }
        }
        return new Draft.DefinedWorld(
                world.name().name(),
                imports.items,
                exports.items,
                includes,
                PackageDrafter.remarks(world.comments(), world.attributes()),
                world.name().spot());
    }

    private void add(WitFile.Member member) {
        switch (member) {
            case WitFile.Include include -> include(include);
            case WitFile.Extern extern -> extern(extern);
            case WitFile.TypeItem type -> {
                if (type.type() instanceof TypeSyntax.Resource resource) {
                    for (Draft.PlacedFunction each : scope.members(type.name(), resource)) {
                        imports.add(
                                new World.Key.Plain(each.function().name()),
                                new World.Item.OfFunction(each.function()),
                                each.spot());
                    }
                }
            }
            case WitFile.Use _ -> {}
            case WitFile.FunctionItem _ -> throw new AssertionError("no member of a world");
        }
    }

    private void include(WitFile.Include include) {
        WorldId world = drafter.worldOf(include.path(), file);
        var renames = new LinkedHashMap<String, String>();
        for (WitFile.Renamed each : include.names()) {
            if (renames.putIfAbsent(each.name().name(), each.local().name()) != null) {
                throw each.name().spot().error("`" + each.name() + "` is renamed twice");
            }
        }
        includes.add(new Draft.Include(
                world,
                renames,
                PackageDrafter.stability(include.attributes()),
                include.path().name().spot()));
    }

    private void extern(WitFile.Extern extern) {
        Side side = extern.imported() ? imports : exports;
        Remarks remarks = PackageDrafter.remarks(extern.comments(), extern.attributes());
        Spot spot = extern.kind().name().spot();
        switch (extern.kind()) {
            case WitFile.ExternFunction(var function) -> {
                Draft.PlacedFunction placed = scope.function(function, Optional.empty());
                side.add(
                        new World.Key.Plain(placed.function().name()),
                        new World.Item.OfFunction(placed.function()),
                        spot);
            }
            case WitFile.ExternInline(var name, var members) -> {
                InterfaceId id = drafter.allocateInterface();
                new ScopeDrafter(drafter, file, new Owner.OfInterface(id))
                        .define(id, Optional.empty(), members, remarks, spot);
                var stated = new Remarks(Optional.empty(), remarks.stability(), remarks.externalId());
                side.add(new World.Key.Plain(name.name()), new World.Item.OfInterface(id, stated), spot);
            }
            case WitFile.ExternPath(var path) -> {
                InterfaceId id = drafter.interfaceOf(path, file);
                side.add(new World.Key.OfInterface(id), new World.Item.OfInterface(id, remarks), spot);
            }
            case WitFile.ExternNamedPath(var name, var path) -> {
                InterfaceId id = drafter.interfaceOf(path, file);
                side.add(new World.Key.Plain(name.name()), new World.Item.OfInterface(id, remarks), spot);
            }
        }
    }
}

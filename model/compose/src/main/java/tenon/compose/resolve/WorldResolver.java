package tenon.compose.resolve;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import tenon.compose.source.CompositionException;
import tenon.compose.source.Span;
import tenon.compose.syntax.Declaration;
import tenon.compose.syntax.ExternSyntax;
import tenon.compose.syntax.Identifier;
import tenon.compose.syntax.InterfaceItem;
import tenon.compose.syntax.PackageReference;
import tenon.compose.syntax.Reference;
import tenon.compose.syntax.WorldItem;
import tenon.compose.type.FunctionType;
import tenon.compose.type.InterfaceType;
import tenon.compose.type.Item;
import tenon.compose.type.ResourceType;
import tenon.compose.type.Type;
import tenon.compose.type.Use;
import tenon.compose.type.ValueType;
import tenon.compose.type.WorldType;
import tenon.wit.syntax.Slips;

/** Gives interfaces and worlds their meaning. Confined to one run. */
final class WorldResolver {
    private final Scope scope;
    private final PathResolver paths;
    private final TypeResolver types;
    private final PackageReference own;

    WorldResolver(Scope scope, PathResolver paths, TypeResolver types, PackageReference own) {
        this.scope = scope;
        this.paths = paths;
        this.types = types;
        this.own = own;
    }

    /** The full name of something of the document's own package. */
    private String id(Identifier name) {
        return own.name() + "/" + name
                + own.version().map(number -> "@" + number).orElse("");
    }

    InterfaceType face(Declaration.Interface declaration) {
        return face(Optional.of(declaration.name()), declaration.items());
    }

    /** An interface that is written in place. */
    InterfaceType inline(List<InterfaceItem> items) {
        return face(Optional.empty(), items);
    }

    private InterfaceType face(Optional<Identifier> name, List<InterfaceItem> items) {
        var face = new InterfaceType(name.map(this::id));
        scope.enter();
        for (InterfaceItem item : items) {
            switch (item) {
                case InterfaceItem.UsedTypes(var use) -> use(use, face.uses(), face.exports(), "export");
                case InterfaceItem.OwnType(Declaration.Type type) -> ownType(type, face.exports());
                case InterfaceItem.Export export -> {
                    Item function = new Item.Function(
                            switch (export.function()) {
                                case InterfaceItem.Written(var written) -> types.function(written);
                                case InterfaceItem.Named(Identifier type) -> functionType(type);
                            });
                    if (face.exports().putIfAbsent(export.name().name(), function) != null) {
                        throw export.name()
                                .span()
                                .error("`" + export.name() + "` is exported already"
                                        + name.map(own -> " by interface `" + own + "`")
                                                .orElse(""));
                    }
                }
            }
        }
        scope.leave();
        return face;
    }

    private FunctionType functionType(Identifier name) {
        Item item = scope.local(name).item();
        return switch (item) {
            case Item.OfType(FunctionType function) -> function;
            case Item.Function(FunctionType function) -> function;
            case Item.OfType _, Item.Instance _, Item.Component _, Item.Module _, Item.Value _ ->
                throw name.span().error("`" + name + "` is no type of functions, but " + TypeResolver.article(item));
        };
    }

    private void ownType(Declaration.Type declaration, SequencedMap<String, Item> items) {
        Identifier name = declaration.name();
        Type type = types.type(declaration);
        scope.add(name, new Scope.OfType(type));
        if (items.putIfAbsent(name.name(), new Item.OfType(type)) != null) {
            throw name.span().error("`" + name + "` is there already");
        }
        if (declaration instanceof Declaration.Resource resource && type instanceof ResourceType made) {
            types.methods(resource, made, (method, function) -> items.put(method, new Item.Function(function)));
        }
    }

    private void use(
            tenon.compose.syntax.Use use,
            SequencedMap<String, Use> uses,
            SequencedMap<String, Item> items,
            String word) {
        InterfaceType from = face(use.from());
        for (tenon.compose.syntax.Use.Item each : use.items()) {
            Identifier name = each.name();
            Item item = from.exports().get(name.name());
            if (item == null) {
                throw name.span()
                        .error("interface `" + use.from().text() + "` has no type `" + name + "`")
                        .hint(Slips.nearest(name.name(), from.exports().keySet())
                                .map(near -> "there is `" + near + "`"));
            }
            boolean usable = item instanceof Item.OfType(Type type)
                    && (type instanceof ValueType || type instanceof ResourceType);
            if (!usable) {
                throw name.span()
                        .error("`" + name + "` of interface `" + use.from().text() + "` is no type of values, but "
                                + TypeResolver.article(item));
            }
            String local = each.local().name();
            if (items.containsKey(local)) {
                CompositionException conflict =
                        each.local().span().error("`" + local + "` is there already, as an " + word);
                throw each.as().isPresent() ? conflict : conflict.hint("call it something else: `" + name + " as …`");
            }
            uses.put(local, new Use(from, name.name()));
            items.put(local, item);
            scope.add(each.local(), new Scope.OfType(item.type()));
        }
    }

    /** The interface that a reference names. */
    private InterfaceType face(Reference reference) {
        Item item = item(reference);
        if (item instanceof Item.OfType(InterfaceType face)) {
            return face;
        }
        throw reference.span().error("`" + reference.text() + "` is no interface, but " + TypeResolver.article(item));
    }

    /** What a reference names that stands outside of interfaces and worlds. */
    Item item(Reference reference) {
        return switch (reference) {
            case Reference.Local(Identifier name) -> scope.root(name).item();
            case Reference.Foreign(var path) -> paths.item(path);
        };
    }

    WorldType world(Declaration.World declaration) {
        var world = new WorldType(Optional.of(id(declaration.name())));
        scope.enter();
        var includes = new ArrayList<WorldItem.Include>();
        for (WorldItem item : declaration.items()) {
            switch (item) {
                case WorldItem.UsedTypes(var use) -> use(use, world.uses(), world.imports(), "import");
                case WorldItem.OwnType(Declaration.Type type) -> ownType(type, world.imports());
                case WorldItem.Import(var _, WorldItem.Target target) ->
                    add(target, world.imports(), "import", declaration.name());
                case WorldItem.Export(var _, WorldItem.Target target) ->
                    add(target, world.exports(), "export", declaration.name());
                // names that are written here come first, wherever they stand
                case WorldItem.Include include -> includes.add(include);
            }
        }
        includes.forEach(include -> include(include, world, declaration.name()));
        scope.leave();
        return world;
    }

    private void add(WorldItem.Target target, SequencedMap<String, Item> items, String word, Identifier world) {
        switch (target) {
            case WorldItem.Named(Identifier name, ExternSyntax type) -> {
                checkNew(name.name(), name.span(), items, word, world);
                items.put(name.name(), extern(type));
            }
            case WorldItem.Whole(Reference reference) -> {
                InterfaceType face = face(reference);
                String id = face.id().orElse(reference.text());
                checkNew(id, reference.span(), items, word, world);
                items.put(id, new Item.Instance(face));
            }
        }
    }

    private static void checkNew(
            String name, Span span, SequencedMap<String, Item> items, String word, Identifier world) {
        if (items.containsKey(name)) {
            throw span.error("world `" + world + "` has an " + word + " `" + name + "` already");
        }
    }

    private Item extern(ExternSyntax type) {
        return switch (type) {
            case ExternSyntax.Function(var function) -> new Item.Function(types.function(function));
            case ExternSyntax.Inline(var items) -> new Item.Instance(inline(items));
            case ExternSyntax.Referred(Reference reference) -> {
                Item item = reference instanceof Reference.Local(Identifier name)
                        ? scope.localOrRoot(name).item()
                        : item(reference);
                yield switch (item) {
                    case Item.OfType(InterfaceType face) -> new Item.Instance(face);
                    case Item.OfType(FunctionType function) -> new Item.Function(function);
                    case Item.OfType _,
                            Item.Function _,
                            Item.Instance _,
                            Item.Component _,
                            Item.Module _,
                            Item.Value _ ->
                        throw reference
                                .span()
                                .error("`" + reference.text() + "` is no interface and no type of functions, but "
                                        + TypeResolver.article(item));
                };
            }
        };
    }

    private void include(WorldItem.Include include, WorldType world, Identifier own) {
        var inclusion = new Inclusion(include, own);
        WorldType included = world(include.world());
        included.uses().forEach((name, use) -> world.uses().putIfAbsent(inclusion.local(name), use));
        included.imports().forEach((name, item) -> inclusion.add(name, item, world.imports(), "import"));
        included.exports().forEach((name, item) -> inclusion.add(name, item, world.exports(), "export"));
        inclusion.checkRenamings();
    }

    /** One world that is included into another, with its new names. */
    private static final class Inclusion {
        private final WorldItem.Include include;
        private final Identifier into;
        private final Map<String, WorldItem.Renaming> renamings = new HashMap<>();
        private final Set<String> met = new HashSet<>();

        Inclusion(WorldItem.Include include, Identifier into) {
            this.include = include;
            this.into = into;
            for (WorldItem.Renaming renaming : include.renamings()) {
                if (renamings.putIfAbsent(renaming.from().name(), renaming) != null) {
                    throw renaming.from().span().error("`" + renaming.from() + "` is renamed twice");
                }
            }
        }

        String local(String name) {
            WorldItem.Renaming renaming = renamings.get(name);
            return renaming == null ? name : renaming.to().name();
        }

        void add(String name, Item item, SequencedMap<String, Item> items, String word) {
            // interfaces are the same wherever they are named
            if (name.indexOf(':') >= 0) {
                items.putIfAbsent(name, item);
                return;
            }
            met.add(name);
            String local = local(name);
            if (items.putIfAbsent(local, item) != null) {
                WorldItem.Renaming renaming = renamings.get(name);
                Span span = renaming == null
                        ? include.world().span()
                        : renaming.to().span();
                CompositionException conflict = span.error("world `" + into + "` has an " + word + " `" + local
                        + "` already, and world `" + include.world().text() + "` has one, too");
                throw renamings.isEmpty()
                        ? conflict.hint("call it something else: `with { " + name + " as … }`")
                        : conflict;
            }
        }

        void checkRenamings() {
            for (WorldItem.Renaming renaming : include.renamings()) {
                if (!met.contains(renaming.from().name())) {
                    throw renaming.from()
                            .span()
                            .error("world `" + include.world().text() + "` has no import or export `" + renaming.from()
                                    + "`");
                }
            }
        }
    }

    /** The world that a reference names. */
    WorldType world(Reference reference) {
        Item item = item(reference);
        return switch (item) {
            case Item.OfType(WorldType world) -> world;
            case Item.Component(WorldType world) -> world;
            case Item.OfType _, Item.Function _, Item.Instance _, Item.Module _, Item.Value _ ->
                throw reference
                        .span()
                        .error("`" + reference.text() + "` is no world, but " + TypeResolver.article(item));
        };
    }
}

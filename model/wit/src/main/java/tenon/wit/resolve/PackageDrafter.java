package tenon.wit.resolve;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import tenon.types.Place;
import tenon.types.component.PackageName;
import tenon.types.component.SemanticVersion;
import tenon.wit.Diagnostic;
import tenon.wit.InterfaceId;
import tenon.wit.Owner;
import tenon.wit.Remarks;
import tenon.wit.Stability;
import tenon.wit.TypeDefinition;
import tenon.wit.TypeId;
import tenon.wit.TypeKind;
import tenon.wit.WitException;
import tenon.wit.WorldId;
import tenon.wit.syntax.Attribute;
import tenon.wit.syntax.Comments;
import tenon.wit.syntax.Identifier;
import tenon.wit.syntax.Spot;
import tenon.wit.syntax.UsePath;
import tenon.wit.syntax.WitFile;

/** Finds the names of one package in itself: WIT.md, "Name resolution". Confined to one run. */
final class PackageDrafter {
    static final int MOST_PROBLEMS = 20;

    /** What a path leads to. */
    sealed interface Target {}

    record LocalInterface(InterfaceId id) implements Target {}

    record LocalWorld(WorldId id) implements Target {}

    record Foreign(Draft.ForeignItem item) implements Target {}

    /** The names of one file: its own items and what {@code use} brings in. */
    private record FileNames(Map<String, Target> targets) {}

    private final PackageSyntax syntax;
    private final Hints hints;
    private final Draft draft;
    private final List<Diagnostic> problems = new ArrayList<>();
    private boolean full;
    private final SequencedMap<String, WitFile.Item> items = new LinkedHashMap<>();
    private final Map<String, Integer> fileOfItem = new HashMap<>();
    private final Map<String, Target> targets = new HashMap<>();
    private final List<FileNames> fileNames = new ArrayList<>();

    /** By interface of the draft: its types and functions by name. */
    private final Map<InterfaceId, ScopeNames> interfaceNames = new HashMap<>();

    private final Map<Draft.ForeignItem, InterfaceId> foreignInterfaces = new HashMap<>();
    private final Map<Draft.ForeignItem, WorldId> foreignWorlds = new HashMap<>();
    private final Map<InterfaceId, Map<String, TypeId>> foreignTypes = new HashMap<>();
    private final Map<TypeKind, TypeId> anonymous = new HashMap<>();

    private PackageDrafter(Draft draft, Hints hints) {
        this.syntax = draft.syntax;
        this.hints = hints;
        this.draft = draft;
    }

    /** Fills the draft of a package; raises a {@link WitException} with all problems of its names. */
    static void fill(Draft draft, Hints hints) {
        var drafter = new PackageDrafter(draft, hints);
        try {
            drafter.draft();
        } catch (WitException error) {
            if (!drafter.full) {
                drafter.problems.addAll(error.diagnostics());
            }
        }
        if (!drafter.problems.isEmpty()) {
            // by line: what was found in steps is read in the order of the text
            drafter.problems.sort(Comparator.comparingInt(PackageDrafter::line));
            throw new WitException(drafter.problems);
        }
    }

    private static int line(Diagnostic problem) {
        return problem.place() instanceof Place.TextPosition text ? text.line() : 0;
    }

    /** Notes a problem behind which others may be found. */
    void problem(WitException error) {
        if (!full) {
            problems.addAll(error.diagnostics());
            full = problems.size() >= MOST_PROBLEMS;
        }
        if (full) {
            throw error;
        }
    }

    private void draft() {
        collectItems();
        List<String> order = Topological.order("interface or world", dependencies());
        var interfaces = new ArrayList<WitFile.InterfaceSyntax>();
        var worlds = new ArrayList<WitFile.WorldSyntax>();
        allocate(order, interfaces, worlds);
        nameFiles();
        for (WitFile.InterfaceSyntax each : interfaces) {
            attempt(() -> define(each));
        }
        for (WitFile.WorldSyntax each : worlds) {
            attempt(() -> define(each));
        }
        for (Draft.Reference each : draft.references) {
            hints.missingPackage(each).ifPresent(this::problem);
        }
    }

    private void attempt(Runnable step) {
        try {
            step.run();
        } catch (WitException error) {
            problem(error);
        }
    }

    private void collectItems() {
        for (int file = 0; file < syntax.files().size(); file++) {
            for (WitFile.Item item : syntax.files().get(file)) {
                Identifier name = name(item);
                if (item instanceof WitFile.TopLevelUse) {
                    continue;
                }
                WitFile.Item first = items.putIfAbsent(name.name(), item);
                if (first != null) {
                    problem(name.spot()
                            .error(
                                    "`" + name + "` is defined more than once in the package",
                                    "the first is at "
                                            + name(first).spot().place().describe()));
                } else {
                    fileOfItem.put(name.name(), file);
                }
            }
        }
        for (List<WitFile.Item> file : syntax.files()) {
            var seen = new LinkedHashSet<String>();
            for (WitFile.Item item : file) {
                Identifier name = name(item);
                if (!seen.add(name.name()) && problems.isEmpty()) {
                    problem(name.spot().error("name `" + name + "` is there twice in this file"));
                }
            }
        }
    }

    private static Identifier name(WitFile.Item item) {
        return switch (item) {
            case WitFile.TopLevelUse use -> use.name();
            case WitFile.InterfaceSyntax each -> each.name();
            case WitFile.WorldSyntax each -> each.name();
            case WitFile.NestedPackage _ -> throw new AssertionError("nested packages are taken apart before");
        };
    }

    /** Which interface uses which, and which world includes which, inside the package. */
    private SequencedMap<String, List<Identifier>> dependencies() {
        var dependencies = new LinkedHashMap<String, List<Identifier>>();
        items.keySet().forEach(name -> dependencies.put(name, new ArrayList<>()));
        for (List<WitFile.Item> file : syntax.files()) {
            var names = new HashMap<String, UsePath>();
            for (WitFile.Item item : file) {
                names.put(
                        name(item).name(),
                        item instanceof WitFile.TopLevelUse use ? use.path() : new UsePath.Local(name(item)));
            }
            for (WitFile.Item item : file) {
                for (UsePath path : ordering(item)) {
                    UsePath target = names.getOrDefault(path.name().name(), path);
                    if (path instanceof UsePath.Local && target instanceof UsePath.Local(Identifier local)) {
                        if (items.containsKey(local.name())) {
                            dependencies
                                    .getOrDefault(name(item).name(), new ArrayList<>())
                                    .add(local);
                        }
                    }
                }
            }
        }
        return dependencies;
    }

    private static List<UsePath> ordering(WitFile.Item item) {
        var paths = new ArrayList<UsePath>();
        switch (item) {
            case WitFile.InterfaceSyntax each -> {
                for (WitFile.Member member : each.members()) {
                    if (member instanceof WitFile.Use use) {
                        paths.add(use.path());
                    }
                }
            }
            case WitFile.WorldSyntax each -> {
                for (WitFile.Member member : each.members()) {
                    if (member instanceof WitFile.Include include) {
                        paths.add(include.path());
                    }
                }
            }
            case WitFile.TopLevelUse _, WitFile.NestedPackage _ -> {}
        }
        return paths;
    }

    private void allocate(
            List<String> order, List<WitFile.InterfaceSyntax> interfaces, List<WitFile.WorldSyntax> worlds) {
        for (String name : order) {
            switch (items.get(name)) {
                case WitFile.InterfaceSyntax each -> {
                    interfaces.add(each);
                    targets.put(name, new LocalInterface(allocateInterface()));
                }
                case WitFile.WorldSyntax each -> {
                    worlds.add(each);
                    targets.put(name, new LocalWorld(new WorldId(draft.worlds.size())));
                    draft.worlds.add(new Draft.ForeignWorld(NOTHING));
                }
                case WitFile.TopLevelUse _, WitFile.NestedPackage _ -> throw new AssertionError(name);
                case null -> throw new AssertionError(name);
            }
        }
    }

    /** Stands where a definition is still to come. */
    private static final Draft.ForeignItem NOTHING =
            new Draft.ForeignItem(new PackageName("", "", Optional.empty()), "", Spot.NOWHERE);

    InterfaceId allocateInterface() {
        draft.interfaces.add(new Draft.ForeignInterface(NOTHING));
        return new InterfaceId(draft.interfaces.size() - 1);
    }

    void set(InterfaceId id, Draft.DefinedInterface definition, ScopeNames names) {
        draft.interfaces.set(id.index(), definition);
        interfaceNames.put(id, names);
    }

    private void nameFiles() {
        for (List<WitFile.Item> file : syntax.files()) {
            var names = new HashMap<String, Target>();
            for (WitFile.Item item : file) {
                String name = name(item).name();
                if (item instanceof WitFile.TopLevelUse use && use.path() instanceof UsePath.Local(Identifier local)) {
                    Target target = targets.get(local.name());
                    if (target == null) {
                        problem(missing(local));
                    } else {
                        names.put(name, target);
                    }
                } else if (item instanceof WitFile.TopLevelUse use && use.path() instanceof UsePath.Foreign foreign) {
                    names.put(name, new Foreign(item(foreign)));
                } else {
                    Target target = targets.get(name);
                    assert target != null : name;
                    names.put(name, target);
                }
            }
            fileNames.add(new FileNames(names));
        }
    }

    private void define(WitFile.InterfaceSyntax each) {
        InterfaceId id = ((LocalInterface) target(each.name())).id();
        new ScopeDrafter(this, file(each.name()), new Owner.OfInterface(id))
                .define(
                        id,
                        Optional.of(each.name().name()),
                        each.members(),
                        remarks(each.comments(), each.attributes()),
                        each.name().spot());
    }

    private void define(WitFile.WorldSyntax each) {
        WorldId id = ((LocalWorld) target(each.name())).id();
        draft.worlds.set(id.index(), new WorldDrafter(this, file(each.name()), id).draft(each));
    }

    private Target target(Identifier name) {
        Target target = targets.get(name.name());
        assert target != null : name;
        return target;
    }

    private int file(Identifier name) {
        return fileOfItem.getOrDefault(name.name(), 0);
    }

    private static Draft.ForeignItem item(UsePath.Foreign path) {
        return new Draft.ForeignItem(
                path.packageName(), path.name().name(), path.name().spot());
    }

    /** What a path leads to that stands in a file; {@code file} counts the package's files. */
    Target target(UsePath path, int file) {
        return switch (path) {
            case UsePath.Foreign foreign -> new Foreign(item(foreign));
            case UsePath.Local(Identifier name) -> {
                Target found = fileNames.get(file).targets().get(name.name());
                found = found == null ? targets.get(name.name()) : found;
                if (found == null) {
                    throw missing(name);
                }
                yield found;
            }
        };
    }

    private WitException missing(Identifier name) {
        return name.spot()
                .error(
                        "interface or world `" + name + "` does not exist",
                        hints.missingItem(name.name(), Set.copyOf(items.keySet())));
    }

    /** The interface of the draft that a path leads to. */
    InterfaceId interfaceOf(UsePath path, int file) {
        return switch (target(path, file)) {
            case LocalInterface local -> local.id();
            case LocalWorld _ ->
                throw path.name().spot().error("`" + path.name() + "` is a world, expected an interface");
            case Foreign(Draft.ForeignItem item) -> foreignInterface(item);
        };
    }

    private InterfaceId foreignInterface(Draft.ForeignItem item) {
        return foreignInterfaces.computeIfAbsent(unplaced(item), _ -> {
            draft.interfaces.add(new Draft.ForeignInterface(item));
            return new InterfaceId(draft.interfaces.size() - 1);
        });
    }

    /** The world of the draft that a path leads to. */
    WorldId worldOf(UsePath path, int file) {
        return switch (target(path, file)) {
            case LocalWorld local -> local.id();
            case LocalInterface _ ->
                throw path.name().spot().error("`" + path.name() + "` is an interface, expected a world");
            case Foreign(Draft.ForeignItem item) ->
                foreignWorlds.computeIfAbsent(unplaced(item), _ -> {
                    draft.worlds.add(new Draft.ForeignWorld(item));
                    return new WorldId(draft.worlds.size() - 1);
                });
        };
    }

    private static Draft.ForeignItem unplaced(Draft.ForeignItem item) {
        return new Draft.ForeignItem(item.packageName(), item.name(), NOTHING.spot());
    }

    /** The type of the draft that {@code use} takes from an interface. */
    TypeId typeOf(InterfaceId from, Identifier name, Stability stability) {
        if (draft.interfaces.get(from.index()) instanceof Draft.ForeignInterface && !interfaceNames.containsKey(from)) {
            return foreignTypes
                    .computeIfAbsent(from, _ -> new HashMap<>())
                    .computeIfAbsent(
                            name.name(), _ -> add(new Draft.ForeignType(from, name.name(), stability, name.spot())));
        }
        ScopeNames names = interfaceNames.get(from);
        assert names != null : name;
        return names.used(name, syntax, hints);
    }

    /** Adds a type and returns its index. */
    TypeId add(Draft.Type type) {
        draft.types.add(type);
        return new TypeId(draft.types.size() - 1);
    }

    /** A type that is written in place; equal ones are one. */
    TypeId anonymous(TypeKind kind, Stability stability, Spot spot) {
        TypeId known = anonymous.get(kind);
        if (known == null) {
            known = add(new Draft.DefinedType(
                    TypeDefinition.anonymous(kind, stability.isUnknown() ? inherited(kind) : stability),
                    spot,
                    List.of()));
            anonymous.put(kind, known);
        }
        return known;
    }

    /** A type that is written in place is gated as the first of its parts that is. */
    private Stability inherited(TypeKind kind) {
        return kind.parts().stream()
                .filter(TypeId.class::isInstance)
                .map(part -> draft.types.get(((TypeId) part).index()).stability())
                .filter(stability -> !stability.isUnknown())
                .findFirst()
                .orElse(Stability.UNKNOWN);
    }

    /** A handle's resource of another package, which can be looked at later only. */
    void requireResource(TypeId foreign, Spot spot) {
        draft.requiredResources.add(new Draft.RequiredResource(foreign, spot));
    }

    Draft.Type type(TypeId id) {
        return draft.types.get(id.index());
    }

    PackageSyntax syntax() {
        return syntax;
    }

    Hints hints() {
        return hints;
    }

    /** What stands in front of an item. */
    static Remarks remarks(Comments comments, List<Attribute> attributes) {
        return new Remarks(comments.text(), stability(attributes), externalId(attributes));
    }

    static Optional<String> externalId(List<Attribute> attributes) {
        return attributes.stream()
                .filter(Attribute.ExternalId.class::isInstance)
                .map(attribute -> ((Attribute.ExternalId) attribute).value())
                .findFirst();
    }

    static Stability stability(List<Attribute> attributes) {
        Optional<SemanticVersion> since = Optional.empty();
        Optional<SemanticVersion> deprecated = Optional.empty();
        Optional<String> feature = Optional.empty();
        for (Attribute attribute : attributes) {
            switch (attribute) {
                case Attribute.Since each -> since = Optional.of(each.version());
                case Attribute.Deprecated each -> deprecated = Optional.of(each.version());
                case Attribute.Unstable each -> feature = Optional.of(each.feature());
                case Attribute.ExternalId _ -> {}
            }
        }
        if (since.isPresent()) {
            return new Stability.Stable(since.get(), deprecated);
        }
        return feature.isPresent() ? new Stability.Unstable(feature.get(), deprecated) : Stability.UNKNOWN;
    }
}

package tenon.make.component;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import java.util.stream.Stream;
import tenon.component.Canon;
import tenon.component.ExternalName.Attributes;
import tenon.make.ModuleRef;
import tenon.make.names.Payload;
import tenon.make.names.Requirement;
import tenon.make.world.JoinedWorld;
import tenon.make.world.LiveTypes;
import tenon.make.world.Signatures;
import tenon.types.component.FunctionType;
import tenon.types.component.InterfaceName;
import tenon.wit.Function;
import tenon.wit.InterfaceId;
import tenon.wit.Owner;
import tenon.wit.PackageGraph;
import tenon.wit.TypeId;
import tenon.wit.TypeKind;
import tenon.wit.World;

/**
 * What a component is to have: only those imports that a module uses, and the types that they and the exports stand on. Immutable once it
 * is made.
 */
final class Plan {
    final PackageGraph graph;
    final Signatures signatures;

    /** The main module first. */
    final SequencedMap<ModuleRef, Part> parts;

    final MakeOptions options;

    /** By name of what is imported; the world's own functions under an empty one. */
    final SequencedMap<Optional<String>, ImportGroup> imports = new LinkedHashMap<>();

    /** Of interfaces that are imported. */
    final Map<InterfaceId, SequencedSet<TypeId>> liveTypes = new HashMap<>();

    /** By exported interface: the exported interfaces that it stands on. */
    final Map<InterfaceId, Set<InterfaceId>> exportsUsed = new HashMap<>();

    private final Map<Optional<InterfaceId>, Set<ImportGroup.Use>> wanted = new HashMap<>();
    private final Set<TypeId> dropped = new HashSet<>();

    Plan(PackageGraph graph, Signatures signatures, SequencedMap<ModuleRef, Part> parts, MakeOptions options) {
        this.graph = graph;
        this.signatures = signatures;
        this.parts = parts;
        this.options = options;
        findWanted();
        world().imports().forEach(this::addImport);
        findUsedExports();
        findLiveTypes();
    }

    World world() {
        return graph.get(JoinedWorld.ID);
    }

    Part main() {
        return part(ModuleRef.MAIN);
    }

    Part part(ModuleRef ref) {
        return Objects.requireNonNull(parts.get(ref));
    }

    ImportGroup group(Optional<String> name) {
        return Objects.requireNonNull(imports.get(name));
    }

    /** The main module does not define the memory, but gets it. */
    boolean memoryIsImported() {
        return main().contract().importedMemory().isPresent();
    }

    private Stream<Requirement> requirements() {
        return parts.values().stream().flatMap(part -> part.contract().requirements());
    }

    /** Whether tasks keep the base of their own data in a slot; who has no threads keeps it in a global. */
    boolean usesTaskSlots() {
        return requirements().anyMatch(each -> switch (each) {
            case Requirement.ThreadNewIndirect _ -> true;
            case Requirement.Builtin(Canon.ContextGet get) -> get.slot() == 1;
            case Requirement.Builtin(Canon.ContextSet set) -> set.slot() == 1;
            default -> false;
        });
    }

    private void findWanted() {
        requirements().forEach(each -> {
            if (each instanceof Requirement.WorldFunction f) {
                want(Optional.empty(), f.function(), f.async());
            } else if (each instanceof Requirement.InterfaceFunction f) {
                want(Optional.of(f.id()), f.function(), f.async());
            } else if (each instanceof Requirement.ImportedResourceDrop drop) {
                dropped.add(drop.resource());
            }
        });
    }

    private void want(Optional<InterfaceId> id, Function function, boolean async) {
        wanted.computeIfAbsent(id, _ -> new LinkedHashSet<>()).add(ImportGroup.Use.of(function.name(), async));
    }

    private void addImport(World.Key key, World.Item item) {
        switch (item) {
            case World.Item.OfFunction(Function function) ->
                add(world(Attributes.NONE), key, Optional.empty(), function);
            case World.Item.OfType(TypeId id) -> add(world(Attributes.NONE), id);
            case World.Item.OfInterface named -> {
                ImportGroup group = ImportGroup.of(Optional.of(named.id()), attributes(key, named));
                imports.put(Optional.of(graph.name(key)), group);
                graph.get(named.id()).types().values().forEach(type -> add(group, type));
                graph.get(named.id()).functions().values().forEach(f -> add(group, key, Optional.of(named.id()), f));
            }
        }
    }

    private ImportGroup world(Attributes attributes) {
        return imports.computeIfAbsent(Optional.empty(), _ -> ImportGroup.of(Optional.empty(), attributes));
    }

    /** What is said about an interface that stands under a plain name. */
    Attributes attributes(World.Key key, World.Item.OfInterface item) {
        Optional<String> implemented =
                key instanceof World.Key.Plain ? graph.name(item.id()).map(InterfaceName::toString) : Optional.empty();
        return new Attributes(implemented, Optional.empty(), item.remarks().externalId());
    }

    private void add(ImportGroup group, World.Key key, Optional<InterfaceId> id, Function function) {
        Set<ImportGroup.Use> uses = wanted.getOrDefault(id, Set.of());
        for (boolean async : new boolean[] {false, true}) {
            var use = ImportGroup.Use.of(function.name(), async);
            if (uses.contains(use)) {
                FunctionType type = signatures.imported(key, function);
                Options needed = Options.lowered(type, async);
                boolean direct = (!needed.memory() && !needed.realloc()) || memoryIsImported();
                group.lowerings()
                        .put(
                                use,
                                direct
                                        ? new Lowering.Direct(needed)
                                        : new Lowering.Indirect(signatures.lowered(type, async), needed));
            }
        }
    }

    private void add(ImportGroup group, TypeId type) {
        if (graph.get(type).kind() instanceof TypeKind.Resource && dropped.contains(type)) {
            String name = graph.get(type).name().orElseThrow();
            group.lowerings().put(ImportGroup.Use.drop(name), new Lowering.ResourceDrop(type));
        }
    }

    private void findUsedExports() {
        world().exports().values().forEach(item -> {
            if (item instanceof World.Item.OfInterface named) {
                var used = new HashSet<InterfaceId>();
                for (InterfaceId other : graph.uses(named.id())) {
                    if (world().exports().containsKey(new World.Key.OfInterface(other)) && used.add(other)) {
                        used.addAll(exportsUsed.getOrDefault(other, Set.of()));
                    }
                }
                exportsUsed.put(named.id(), used);
            }
        });
    }

    private void findLiveTypes() {
        var live = new LiveTypes(graph);
        parts.values().forEach(part -> addLiveImports(part, live));
        world().exports().forEach((key, item) -> {
            if (!(item instanceof World.Item.OfInterface named)) {
                live.add(item);
                return;
            }
            // an interface that is exported brings types of imports along, but not those of what is exported, too
            var ofExport = new LiveTypes(graph);
            ofExport.add(item);
            Set<InterfaceId> used = exportsUsed.getOrDefault(named.id(), Set.of());
            for (TypeId type : ofExport.types()) {
                if (graph.get(type).owner() instanceof Owner.OfInterface(InterfaceId owner)
                        && !owner.equals(named.id())
                        && !used.contains(owner)) {
                    live.add(type);
                }
            }
        });
        for (TypeId type : live.types()) {
            if (graph.get(type).owner() instanceof Owner.OfInterface(InterfaceId owner)) {
                liveTypes.computeIfAbsent(owner, _ -> new LinkedHashSet<>()).add(type);
            }
        }
    }

    private void addLiveImports(Part part, LiveTypes live) {
        // types of the world itself are imported whether they are used or not
        world().imports().values().forEach(item -> {
            if (item instanceof World.Item.OfType(TypeId id)) {
                live.add(id);
            }
        });
        part.contract().requirements().forEach(each -> {
            switch (each) {
                case Requirement.WorldFunction f -> live.add(f.function());
                case Requirement.InterfaceFunction f -> live.add(f.function());
                case Requirement.ImportedResourceDrop drop -> live.add(drop.resource());
                case Requirement.ExportedResource resource -> live.add(resource.resource());
                case Requirement.Stream stream ->
                    stream.payload().use().map(Payload.Use::type).ifPresent(live::add);
                case Requirement.TaskReturn task -> task.function().result().ifPresent(live::add);
                case Requirement.AdapterExport _,
                        Requirement.Memory _,
                        Requirement.MainExport _,
                        Requirement.Item _,
                        Requirement.Builtin _,
                        Requirement.Wait _,
                        Requirement.ErrorContextNew _,
                        Requirement.ErrorContextDebugMessage _,
                        Requirement.ThreadNewIndirect _,
                        Requirement.TlsBase _ -> {}
            }
        });
    }
}

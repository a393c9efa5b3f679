package tenon.make.component;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import tenon.component.Canon;
import tenon.component.CanonicalOptions;
import tenon.component.CanonicalOptions.StringEncoding;
import tenon.component.ComponentInstance;
import tenon.component.ExternalName;
import tenon.component.Sort;
import tenon.component.SortIndex;
import tenon.make.names.ModuleContract;
import tenon.make.world.LiveTypes;
import tenon.types.component.FunctionType;
import tenon.wit.Function;
import tenon.wit.Interface;
import tenon.wit.InterfaceId;
import tenon.wit.Owner;
import tenon.wit.PackageGraph;
import tenon.wit.TypeId;
import tenon.wit.World;

/** Lifts what modules export, and exports it as the world says. */
record WorldExports(Assembly assembly) {

    void write(Part part) {
        Plan plan = assembly.plan;
        for (World.Key key : part.exports()) {
            switch (Objects.requireNonNull(plan.world().exports().get(key))) {
                case World.Item.OfFunction(Function function) -> {
                    int type = assembly.importedTypes().function(function);
                    int lifted = lift(part, key, function, type);
                    ExternalName name = TypeScope.name(plan.graph.name(key), function.remarks());
                    assembly.out.export(name, new SortIndex(Sort.FUNC, lifted), Optional.empty());
                }
                case World.Item.OfInterface named -> writeInterface(part, key, named);
                case World.Item.OfType _ -> throw new AssertionError("worlds export no types");
            }
        }
    }

    private int lift(Part part, World.Key key, Function function, int type) {
        ModuleContract contract = part.contract();
        int core = assembly.hookedFunction(
                part.ref(), contract.exported(key, function).orElseThrow());
        FunctionType wit = assembly.plan.signatures.exported(key, function);
        Options needed = Options.lifted(wit, contract.lifting(key, function));
        StringEncoding encoding = Shims.exportEncoding(assembly.plan, part, key, function);
        Optional<Integer> realloc = needed.realloc()
                ? new Reallocs(assembly.plan)
                        .source(part.ref(), contract.exportRealloc())
                        .map(source -> assembly.hookedFunction(source.module(), source.export()))
                : Optional.empty();
        CanonicalOptions options = needed.toCanonical(encoding, assembly.memory, realloc);
        Optional<Integer> postReturn =
                contract.postReturn(key, function).map(export -> assembly.hookedFunction(part.ref(), export));
        Optional<Integer> callback =
                contract.callback(key, function).map(export -> assembly.hookedFunction(part.ref(), export));
        var all = new CanonicalOptions(
                options.encoding(),
                options.memory(),
                options.realloc(),
                postReturn,
                options.async(),
                callback,
                List.of());
        var lift = new Canon.Lift(core, all, type, 0);
        int index = needed.encoding() ? assembly.out.canonWithEncoding(lift) : assembly.out.add(lift);
        assembly.out.name(Sort.FUNC, index, function.name());
        return index;
    }

    /**
     * Functions are lifted with types of the component itself. A component in between takes functions and types, and exports them under
     * their names, so that the functions' types are those of the interface.
     */
    private void writeInterface(Part part, World.Key key, World.Item.OfInterface item) {
        PackageGraph graph = assembly.plan.graph;
        Interface face = graph.get(item.id());
        String name = graph.name(key);
        var arguments = new LinkedHashMap<String, SortIndex>();
        for (Function function : face.functions().values()) {
            int type = assembly.exportedTypes(Optional.of(item.id())).function(function);
            arguments.put(
                    RetypingComponent.importName(function), new SortIndex(Sort.FUNC, lift(part, key, function, type)));
        }
        var between = new RetypingComponent(graph, item.id());
        addForeignTypes(item.id(), between);
        Map<String, TypeId> types = between.write();
        types.forEach((imported, id) ->
                arguments.put(imported, new SortIndex(Sort.TYPE, Objects.requireNonNull(assembly.types.ids.get(id)))));
        int component = assembly.out.component(between.toByteArray());
        assembly.out.name(Sort.COMPONENT, component, name + "-shim-component");
        int instance = assembly.out.instance(
                component,
                arguments.entrySet().stream()
                        .map(entry -> new ComponentInstance.Argument(entry.getKey(), entry.getValue()))
                        .toList());
        assembly.out.name(Sort.INSTANCE, instance, name + "-shim-instance");
        ExternalName external = new InterfaceNames(assembly.plan).of(name, assembly.plan.attributes(key, item));
        int exported = assembly.out.export(external, new SortIndex(Sort.INSTANCE, instance), Optional.empty());
        assembly.out.name(Sort.INSTANCE, exported, name);
        assembly.interfaces.put(item.id(), exported);
        forget(face);
    }

    /** Types of other interfaces that the interface uses: those of exports where the other is exported, too. */
    private void addForeignTypes(InterfaceId id, RetypingComponent between) {
        PackageGraph graph = assembly.plan.graph;
        var live = new LiveTypes(graph);
        live.add(id);
        Set<InterfaceId> exported = assembly.plan.exportsUsed.getOrDefault(id, Set.of());
        for (TypeId type : live.types()) {
            if (graph.get(type).owner() instanceof Owner.OfInterface(InterfaceId owner) && !owner.equals(id)) {
                // whether it is of an import or an export, it is brought in from the owner's instance
                assert exported.contains(owner) || assembly.interfaces.containsKey(owner) : type;
                assembly.exportedTypes(Optional.of(id)).value(type);
                between.addForeign(owner, type);
            }
        }
    }

    /** From here on the interface's types are those of the exported instance. */
    private void forget(Interface face) {
        face.types().values().forEach(type -> {
            assembly.types.ids.remove(type);
            assembly.types.kinds.remove(assembly.plan.graph.get(type).kind());
        });
    }
}

package tenon.make.component;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import tenon.component.CoreInstance;
import tenon.component.ExternDescription;
import tenon.component.ExternalName;
import tenon.component.Sort;
import tenon.component.SortIndex;
import tenon.component.TypeExpression;
import tenon.component.write.ComponentWriter;
import tenon.make.ModuleRef;
import tenon.make.Producers;
import tenon.make.names.Offer;
import tenon.make.names.Requirement;
import tenon.types.core.NumType;
import tenon.types.core.ValType;
import tenon.wit.InterfaceId;
import tenon.wit.Owner;
import tenon.wit.TypeDefinition;
import tenon.wit.TypeId;
import tenon.wit.TypeKind;
import tenon.wit.World;

/**
 * A component being laid out as planned: imports, modules, shims, instances, what fills the shims, exports. Confined to one run.
 */
final class Assembly {
    final Plan plan;
    final Shims shims;
    final ComponentWriter out = new ComponentWriter();
    final TypeMaps types = new TypeMaps();

    /** Imported and exported interfaces as instances. */
    final Map<InterfaceId, Integer> interfaces = new HashMap<>();

    final Map<String, Integer> importedFunctions = new HashMap<>();
    final Map<ModuleRef, Integer> instances = new HashMap<>();
    Optional<Integer> memory = Optional.empty();
    Optional<Integer> shimInstance = Optional.empty();

    private final Map<ModuleRef, Integer> modules = new HashMap<>();
    private final Map<CoreExport, Integer> aliases = new HashMap<>();
    private final Map<Reallocs.Source, Integer> hooked = new HashMap<>();

    private record CoreExport(int instance, String name) {}

    private Assembly(Plan plan) {
        this.plan = plan;
        this.shims = new Shims(plan);
    }

    /** The component; {@code more} adds to what runs last. */
    static byte[] assemble(Plan plan, Consumer<Fixup> more) {
        if (plan.options.canonicalNames()) {
            new InterfaceNames(plan).checkUnique();
        }
        var assembly = new Assembly(plan);
        new WorldImports(assembly).write();
        assembly.writeModules();
        var fixup = new Fixup();
        assembly.instantiateShims(fixup);
        assembly.declareExportedTypes();
        assembly.instantiateModules();
        plan.main().contract().service(Offer.Service.INITIALIZE).ifPresent(fixup::initialize);
        more.accept(fixup);
        TaskHooks.add(plan, fixup);
        assembly.instantiate(fixup);
        var exports = new WorldExports(assembly);
        plan.parts.values().forEach(exports::write);
        assembly.out.writeNames();
        assembly.out.custom(Producers.SECTION, Producers.ours().toByteArray());
        return assembly.out.toByteArray();
    }

    /** Types of the component itself that stand for the world's imports. */
    TypeScope importedTypes() {
        return new TypeScope(plan.graph, Optional.empty(), types, new Root(true));
    }

    /** Types of the component itself that stand for those of an exported interface. */
    TypeScope exportedTypes(Optional<InterfaceId> home) {
        return new TypeScope(plan.graph, home, types, new Root(home.isEmpty()));
    }

    /** The index space of the component itself; a type gets a name only where no interface will give it one. */
    private final class Root implements TypeScope.Target {
        private final boolean imports;

        Root(boolean imports) {
            this.imports = imports;
        }

        @Override
        public int define(TypeExpression type) {
            return out.type(type);
        }

        @Override
        public int named(ExternalName name, int index) {
            return imports ? out.importItem(name, new ExternDescription.TypeEqual(index)) : index;
        }

        @Override
        public int resource(ExternalName name) {
            assert imports : name;
            return out.importItem(name, new ExternDescription.SubResource());
        }

        @Override
        public int foreign(InterfaceId owner, TypeId id) {
            return typeOf(owner, id);
        }
    }

    /** A type out of the instance of its interface. */
    int typeOf(InterfaceId owner, TypeId id) {
        int instance = Objects.requireNonNull(interfaces.get(owner));
        return out.instanceExport(Sort.TYPE, instance, plan.graph.get(id).name().orElseThrow());
    }

    /** A resource that the component imports. */
    int importedResource(TypeId id) {
        TypeDefinition type = plan.graph.get(id);
        return type.owner() instanceof Owner.OfInterface(InterfaceId owner)
                ? typeOf(owner, id)
                : Objects.requireNonNull(types.ids.get(id));
    }

    private void writeModules() {
        plan.parts.forEach((ref, part) -> {
            int index = out.coreModule(part.module());
            modules.put(ref, index);
            boolean adapter = ref.adapter().isPresent() && !part.library();
            out.name(Sort.CORE_MODULE, index, adapter ? "tenon:adapter:" + ref : ref.toString());
        });
    }

    private Optional<NumType> tlsBase() {
        if (plan.usesTaskSlots()) {
            return Optional.empty();
        }
        return plan.parts.values().stream()
                .flatMap(part -> part.contract().requirements())
                .filter(Requirement.TlsBase.class::isInstance)
                .map(each -> ((Requirement.TlsBase) each).type())
                .findFirst();
    }

    private void instantiateShims(Fixup fixup) {
        Optional<NumType> tlsBase = tlsBase();
        if (shims.all().isEmpty() && !plan.memoryIsImported() && tlsBase.isEmpty()) {
            return;
        }
        int module = out.coreModule(ShimModule.encode(plan, shims, tlsBase, fixup));
        out.name(Sort.CORE_MODULE, module, "tenon-shim-module");
        int instance = out.coreInstance(module, List.of());
        out.name(Sort.CORE_INSTANCE, instance, "tenon-shim-instance");
        shimInstance = Optional.of(instance);
        if (plan.memoryIsImported()) {
            memory = Optional.of(coreExport(instance, ShimModule.MEMORY, Sort.CORE_MEMORY));
        }
    }

    /** What built-ins of exported interfaces are about must be there before the modules that import them. */
    private void declareExportedTypes() {
        for (Part part : plan.parts.values()) {
            for (World.Key key : part.exports()) {
                if (plan.world().exports().get(key) instanceof World.Item.OfInterface named) {
                    for (TypeId type : plan.graph.get(named.id()).types().values()) {
                        if (plan.graph.get(type).kind() instanceof TypeKind.Resource) {
                            declareResource(part, type);
                        } else {
                            exportedTypes(Optional.of(named.id())).value(type);
                        }
                    }
                }
            }
        }
    }

    private void declareResource(Part part, TypeId type) {
        Optional<Integer> destructor =
                part.contract().destructor(type).map(export -> shim(new Shim.Kind.Destructor(part.ref(), export)));
        ValType representation = NumType.I32;
        int index = out.type(new TypeExpression.ResourceOf(representation, destructor));
        out.name(Sort.TYPE, index, plan.graph.get(type).name().orElseThrow());
        types.ids.put(type, index);
    }

    private void instantiateModules() {
        var imports = new ModuleImports(this);
        plan.parts.forEach((ref, part) -> {
            int instance = imports.instantiate(part, Objects.requireNonNull(modules.get(ref)));
            instances.put(ref, instance);
            if (memory.isEmpty()) {
                memory = part.contract()
                        .service(Offer.Service.MEMORY)
                        .filter(_ -> ref.equals(ModuleRef.MAIN))
                        .map(export -> coreExport(instance, export, Sort.CORE_MEMORY));
            }
        });
    }

    private void instantiate(Fixup fixup) {
        Optional<byte[]> module = fixup.encode();
        if (module.isEmpty()) {
            return;
        }
        int index = out.coreModule(module.get());
        out.name(Sort.CORE_MODULE, index, "tenon-fixup");
        var arguments = new ArrayList<CoreInstance.Argument>();
        fixup.sources().forEach((name, source) -> {
            int instance = switch (source) {
                case Fixup.Source.Shims _ -> shimInstance.orElseThrow();
                case Fixup.Source.Instance(ModuleRef ref) -> instance(ref);
                case Fixup.Source.Actual _ -> actual();
            };
            arguments.add(new CoreInstance.Argument(name, instance));
        });
        int instance = out.coreInstance(index, arguments);
        out.name(Sort.CORE_INSTANCE, instance, "fixup");
        for (int i = 0; i < fixup.hooked().size(); i++) {
            Fixup.Hooked function = fixup.hooked().get(i);
            if (function.replaces().isPresent()) {
                int wrapper = coreExport(instance, "hook" + i, Sort.CORE_FUNC);
                hooked.put(new Reallocs.Source(function.replaces().get(), function.name()), wrapper);
            }
        }
    }

    /** All that shims stand for. */
    private int actual() {
        var functions = new ShimTargets(this);
        var exports = new ArrayList<CoreInstance.InlineExport>();
        shims.all()
                .values()
                .forEach(shim -> exports.add(new CoreInstance.InlineExport(
                        shim.name(), new SortIndex(Sort.CORE_FUNC, functions.target(shim)))));
        int instance = out.coreInstance(exports);
        out.name(Sort.CORE_INSTANCE, instance, "actual");
        return instance;
    }

    int instance(ModuleRef ref) {
        return Objects.requireNonNull(instances.get(ref));
    }

    /** An export of a core instance; each is aliased once. */
    int coreExport(int instance, String name, Sort sort) {
        Integer known = aliases.get(new CoreExport(instance, name));
        if (known == null) {
            known = out.coreExport(sort, instance, name);
            out.name(sort, known, name);
            aliases.put(new CoreExport(instance, name), known);
        }
        return known;
    }

    int function(ModuleRef module, String export) {
        return coreExport(instance(module), export, Sort.CORE_FUNC);
    }

    /** An export of a module with the task hook around it, if there is one. */
    int hookedFunction(ModuleRef module, String export) {
        Integer wrapper = hooked.get(new Reallocs.Source(module, export));
        return wrapper != null ? wrapper : function(module, export);
    }

    /** The stand-in for something. */
    int shim(Shim.Kind kind) {
        return coreExport(shimInstance.orElseThrow(), shims.get(kind).name(), Sort.CORE_FUNC);
    }

    /** What allocates memory for a canonical definition of a module; {@code own} is the module's own. */
    Optional<Integer> realloc(ModuleRef module, Reallocs.Site site, Options options, Optional<String> own) {
        var reallocs = new Reallocs(plan);
        if (!options.realloc()) {
            return Optional.empty();
        }
        return reallocs.source(module, own)
                .map(source -> reallocs.needsShim(site)
                        ? shim(new Shim.Kind.Realloc(source.module(), source.export()))
                        : function(source.module(), source.export()));
    }
}

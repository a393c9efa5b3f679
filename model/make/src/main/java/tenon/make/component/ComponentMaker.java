package tenon.make.component;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import tenon.component.ComponentFeatures;
import tenon.component.read.ComponentDecoder;
import tenon.component.resolve.Arguments;
import tenon.component.resolve.Resolution;
import tenon.make.Library;
import tenon.make.MakeException;
import tenon.make.ModuleRef;
import tenon.make.core.ModuleSections;
import tenon.make.core.UniqueImports;
import tenon.make.embed.TypeSection;
import tenon.make.embed.TypedModule;
import tenon.make.names.ModuleContract;
import tenon.make.names.Surroundings;
import tenon.make.prune.Pruning;
import tenon.make.world.JoinedWorld;
import tenon.make.world.Signatures;
import tenon.types.component.PointerType;
import tenon.types.core.FuncType;
import tenon.types.core.Limits;
import tenon.types.core.MemoryType;
import tenon.wasm.Features;
import tenon.wasm.Module;
import tenon.wasm.ModuleDecoder;
import tenon.wasm.ModuleValidator;
import tenon.wit.PackageGraph;
import tenon.wit.World;

/**
 * Makes a component of a core module that brings its types along in custom sections, of adapters for what else it imports, and of libraries.
 * Names of imports and exports are read in the forms of BuildTargets.md and of today's tools. Imports that no module uses are left out.
 * Raises a {@link MakeException} that says which module lacks what. Confined to one run.
 */
public final class ComponentMaker {
    private final MakeOptions options;
    private final JoinedWorld world = new JoinedWorld();
    private Optional<Input> main = Optional.empty();
    private final SequencedMap<String, Input> others = new LinkedHashMap<>();

    /** A module before the world is known. */
    private record Input(
            TypedModule typed, UniqueImports unique, SequencedSet<World.Key> exports, Optional<Library> library) {}

    /** Without modules. */
    public ComponentMaker(MakeOptions options) {
        this.options = options;
    }

    /** The main module. */
    public ComponentMaker module(byte[] binary) {
        main = Optional.of(input(binary, Optional.empty(), true));
        return this;
    }

    /** An adapter: a module whose exports meet the imports called {@code name} of others. What nobody uses of it is left out. */
    public ComponentMaker adapter(String name, byte[] binary) {
        MakeException.within("adapter `" + name + "`", () -> others.put(name, input(binary, Optional.empty(), false)));
        return this;
    }

    /** A library, whose imports are met as told. */
    public ComponentMaker library(String name, byte[] binary, Library library) {
        MakeException.within(
                "library `" + name + "`", () -> others.put(name, input(binary, Optional.of(library), false)));
        return this;
    }

    private Input input(byte[] binary, Optional<Library> library, boolean isMain) {
        TypedModule typed = TypedModule.of(binary);
        var exports = new LinkedHashSet<World.Key>();
        for (TypeSection types : typed.types()) {
            exports.addAll(world.join(types.graph(), types.world()));
        }
        byte[] module = typed.module();
        if (isMain && !typed.types().isEmpty()) {
            module = ModuleSections.read(module).plus(typed.producers()).toByteArray();
        }
        return new Input(typed, UniqueImports.of(module), exports, library);
    }

    /** The component, which is valid. */
    public byte[] make() {
        return make(_ -> {});
    }

    /** The component, which is valid; {@code more} adds to what runs when all modules are instantiated. */
    public byte[] make(Consumer<Fixup> more) {
        Input input = main.orElseThrow(() -> new MakeException("no module is given, expected one"));
        Plan plan = plan(input);
        byte[] component = Assembly.assemble(plan, more);
        MakeException.within(
                "the component that was made is not valid",
                () -> Resolution.of(
                        ComponentDecoder.decode(component, ComponentFeatures.ALL),
                        Arguments.NONE,
                        each -> ModuleValidator.validate(each, Features.ALL)));
        return component;
    }

    private Plan plan(Input input) {
        JoinedWorld.Settled settled = world.settle(
                Stream.concat(Stream.of(input), others.values().stream())
                        .map(Input::exports)
                        .toList(),
                options.mergeVersions());
        List<SequencedSet<World.Key>> exports = settled.exported();
        PackageGraph graph = settled.graph();
        Signatures signatures = Signatures.of(graph, pointer(input.unique().module()));
        var around = new Surroundings(graph, signatures, others.keySet(), options.standardNames());
        var parts = new LinkedHashMap<ModuleRef, Part>();
        Part first = part(ModuleRef.MAIN, input, input.unique(), exports.getFirst(), around);
        parts.put(ModuleRef.MAIN, first);
        var names = new ArrayList<>(others.keySet());
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            SequencedSet<World.Key> keys = exports.get(i + 1);
            Input other = others.getOrDefault(name, input);
            String kind = other.library().isPresent() ? "library" : "adapter";
            MakeException.within(kind + " `" + name + "`", () -> other(name, other, keys, first.contract(), around))
                    .ifPresent(part -> parts.put(part.ref(), part));
        }
        return new Plan(graph, signatures, parts, options);
    }

    /** The type of addresses in the module's memory: that which it exports first, or imports. */
    private static PointerType pointer(byte[] binary) {
        Module module = ModuleDecoder.decode(binary);
        List<MemoryType> memories = module.spaces().memories();
        Stream<MemoryType> exported = module.exports().stream()
                .filter(each -> each.kind() == Module.ExternKind.MEMORY)
                .map(each -> memories.get(each.index()));
        boolean wide = Stream.concat(exported, memories.stream())
                .findFirst()
                .filter(each -> each.limits().address() == Limits.AddressType.I64)
                .isPresent();
        return wide ? PointerType.I64 : PointerType.I32;
    }

    private static Part part(
            ModuleRef ref, Input input, UniqueImports unique, SequencedSet<World.Key> exports, Surroundings around) {
        ModuleValidator.validate(ModuleDecoder.decode(unique.module()), Features.ALL);
        ModuleContract contract = ModuleContract.of(unique, around, exports, input.library());
        return new Part(
                ref,
                unique.module(),
                contract,
                input.typed().importEncodings(),
                input.typed().exportEncodings(),
                List.copyOf(exports),
                input.library().isPresent());
    }

    /** Empty if it is an adapter that nobody needs. */
    private Optional<Part> other(
            String name,
            Input input,
            SequencedSet<World.Key> exports,
            ModuleContract mainContract,
            Surroundings around) {
        SequencedMap<String, FuncType> needed = mainContract.neededOf(name);
        boolean library = input.library().isPresent();
        if (!library && needed.isEmpty() && exports.stream().noneMatch(key -> hasFunctions(around, key))) {
            return Optional.empty();
        }
        ModuleRef ref = ModuleRef.of(name);
        // what is left out of an adapter need not be valid
        ModuleContract whole = ModuleContract.of(input.unique(), around, exports, input.library());
        checkNeeded(needed, whole);
        if (library) {
            return Optional.of(part(ref, input, input.unique(), exports, around));
        }
        var kept = new LinkedHashSet<>(needed.keySet());
        kept.addAll(whole.exports().keySet());
        Optional<String> realloc = options.reallocByMemoryGrow() ? Optional.empty() : mainContract.adapterRealloc();
        byte[] pruned = Pruning.run(input.unique().module(), kept, realloc);
        Part part = part(ref, input, new UniqueImports(pruned, input.unique().originals()), exports, around);
        return Optional.of(part);
    }

    private static boolean hasFunctions(Surroundings around, World.Key key) {
        World.Item item = around.graph().get(JoinedWorld.ID).exports().get(key);
        return !(item instanceof World.Item.OfInterface named)
                || !around.graph().get(named.id()).functions().isEmpty();
    }

    private static void checkNeeded(SequencedMap<String, FuncType> needed, ModuleContract contract) {
        needed.forEach((function, type) -> {
            FuncType found = contract.functions().get(function);
            if (found == null) {
                throw new MakeException(
                        "function `" + function + "` is missing, which the main module imports from the adapter");
            }
            if (!found.equals(type)) {
                throw new MakeException("function `" + function + "` has type `" + found
                        + "`, but the main module imports it with `" + type + "`");
            }
        });
    }
}

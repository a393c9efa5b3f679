package tenon.make.names;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tenon.make.Library;
import tenon.make.MakeException;
import tenon.make.ModuleRef;
import tenon.make.core.UniqueImports;
import tenon.make.world.Lifting;
import tenon.types.core.FuncType;
import tenon.types.core.MemoryType;
import tenon.wasm.Module;
import tenon.wasm.ModuleDecoder;
import tenon.wit.Function;
import tenon.wit.TypeId;
import tenon.wit.World;

/**
 * What a core module needs and gives, in the words of the component's world.
 *
 * @param imports by first name, in order
 * @param exports by name, in order; what means nothing for a component is left out
 * @param functions the types of all functions that it exports
 */
public record ModuleContract(
        SequencedMap<String, Imports> imports, SequencedMap<String, Offer> exports, Map<String, FuncType> functions) {

    /** What meets the imports of one first name. */
    public sealed interface Imports {
        /** All exports of another module. */
        record Whole(ModuleRef from) implements Imports {}

        /** Each by its second name. */
        record Each(SequencedMap<String, Requirement> names) implements Imports {}
    }

    /**
     * Reads a module, which is not validated.
     *
     * @param unique its binary, and the names that its imports had
     * @param exports what of the world it has to export
     * @param library how it is linked; empty if it is the main module or an adapter
     */
    public static ModuleContract of(
            UniqueImports unique, Surroundings around, Collection<World.Key> exports, Optional<Library> library) {
        Module module = ModuleDecoder.decode(unique.module());
        var contract = new ModuleContract(new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
        module.imports().forEach(imported -> contract.take(module, imported, unique, around, library));
        var reader = new ExportReader(around, exports);
        for (Module.Export export : module.exports()) {
            if (export.kind() == Module.ExternKind.FUNCTION) {
                contract.functions.put(export.name(), module.functionType(export.index()));
            }
            MakeException.within("export `" + export.name() + "`", () -> reader.read(module, export))
                    .ifPresent(offer -> contract.exports.put(export.name(), offer));
        }
        contract.check(around, exports);
        return contract;
    }

    private void take(
            Module module,
            Module.Import imported,
            UniqueImports unique,
            Surroundings around,
            Optional<Library> library) {
        Optional<Library.Source> source = library.flatMap(each -> each.source(imported.module()));
        if (source.isPresent() && source.get() instanceof Library.Source.Whole(ModuleRef from)) {
            imports.put(imported.module(), new Imports.Whole(from));
            return;
        }
        if (source.isPresent() && source.get() instanceof Library.Source.Items items) {
            Optional<Library.Item> item = items.items().stream()
                    .filter(each -> each.alias().equals(imported.name()))
                    .findFirst();
            if (item.isPresent()) {
                Library.Item found = item.get();
                insert(imported, new Requirement.Item(found.from(), found.name(), found.sort()));
                return;
            }
        }
        insert(
                imported,
                MakeException.within(
                        "import `" + imported.module() + "` `" + imported.name() + "`",
                        () -> new ImportReader(around).read(module, imported, unique.original(imported))));
    }

    private void insert(Module.Import imported, Requirement requirement) {
        if (requirement instanceof Requirement.Memory && importedMemory().isPresent()) {
            throw new MakeException("the module imports several memories, expected one");
        }
        Imports group = imports.computeIfAbsent(imported.module(), _ -> new Imports.Each(new LinkedHashMap<>()));
        if (group instanceof Imports.Each each) {
            each.names().put(imported.name(), requirement);
        } else {
            throw new MakeException("imports of `" + imported.module() + "` are met by a module and one by one");
        }
    }

    /** The imports that are met one by one, in order. */
    public Stream<Requirement> requirements() {
        return imports.values().stream()
                .flatMap(group -> group instanceof Imports.Each each ? each.names().values().stream() : Stream.of());
    }

    /** The type of the memory that it imports. */
    public Optional<MemoryType> importedMemory() {
        return requirements()
                .filter(Requirement.Memory.class::isInstance)
                .map(each -> ((Requirement.Memory) each).type())
                .findFirst();
    }

    /** The functions that it needs of an adapter, with their types. */
    public SequencedMap<String, FuncType> neededOf(String adapter) {
        var needed = new LinkedHashMap<String, FuncType>();
        requirements().forEach(each -> {
            if (each instanceof Requirement.AdapterExport export
                    && export.adapter().equals(adapter)) {
                needed.put(export.function(), export.type());
            }
        });
        return needed;
    }

    private Optional<String> find(Predicate<Offer> wanted) {
        return exports.entrySet().stream()
                .filter(entry -> wanted.test(entry.getValue()))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** The export that is this service. */
    public Optional<String> service(Offer.Service service) {
        return find(service::equals);
    }

    /** The export that allocates memory for what the world's imports give back. */
    public Optional<String> importRealloc() {
        return service(Offer.Service.IMPORT_REALLOC).or(() -> service(Offer.Service.REALLOC));
    }

    /** The export that allocates memory for what callers hand over. */
    public Optional<String> exportRealloc() {
        return service(Offer.Service.EXPORT_REALLOC).or(() -> service(Offer.Service.REALLOC));
    }

    /** The export that allocates memory for an adapter. */
    public Optional<String> adapterRealloc() {
        return service(Offer.Service.ADAPTER_REALLOC).or(() -> service(Offer.Service.REALLOC));
    }

    /** The export that is a function of the world. */
    public Optional<String> exported(World.Key key, Function function) {
        return find(offer -> offer instanceof Offer.Exported each
                && each.key().equals(key)
                && each.function().name().equals(function.name()));
    }

    /** How a function of the world is lifted. */
    public Lifting lifting(World.Key key, Function function) {
        String name = exported(key, function).orElseThrow();
        return ((Offer.Exported) Objects.requireNonNull(exports.get(name))).lifting();
    }

    /** The export that is a function's post-return. */
    public Optional<String> postReturn(World.Key key, Function function) {
        return find(offer -> offer instanceof Offer.PostReturn each
                && each.key().equals(key)
                && each.function().name().equals(function.name()));
    }

    /** The export that is a function's callback. */
    public Optional<String> callback(World.Key key, Function function) {
        return find(offer -> offer instanceof Offer.Callback each
                && each.key().equals(key)
                && each.function().name().equals(function.name()));
    }

    /** The export that is a resource's destructor. */
    public Optional<String> destructor(TypeId resource) {
        return find(new Offer.Destructor(resource)::equals);
    }

    private void check(Surroundings around, Collection<World.Key> wanted) {
        if (exports.values().stream().filter(Offer.Service.MEMORY::equals).count() > 1) {
            throw new MakeException("the module exports several memories, expected one");
        }
        exports.forEach((name, offer) -> {
            if (offer instanceof Offer.Exported each
                    && each.lifting() == Lifting.ASYNC
                    && !exports.containsKey("[callback]" + name)) {
                throw new MakeException("export `" + name + "` has no callback, expected `[callback]" + name + "`");
            }
        });
        for (World.Key key : wanted) {
            World.Item item = Objects.requireNonNull(around.world().exports().get(key));
            switch (item) {
                case World.Item.OfFunction(Function function) -> checkThere(around, key, function);
                case World.Item.OfInterface named ->
                    around.graph().get(named.id()).functions().values().forEach(each -> checkThere(around, key, each));
                case World.Item.OfType _ -> {}
            }
        }
    }

    private void checkThere(Surroundings around, World.Key key, Function function) {
        if (exported(key, function).isEmpty()) {
            String of = key instanceof World.Key.Plain(String name) && name.equals(function.name())
                    ? ""
                    : " of interface `" + around.graph().name(key) + "`";
            throw new MakeException(
                    "the world exports function `" + function.name() + "`" + of + ", which the module does not export");
        }
    }
}

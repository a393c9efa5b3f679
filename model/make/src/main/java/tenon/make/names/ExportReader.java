package tenon.make.names;

import java.util.Collection;
import java.util.Optional;
import tenon.make.world.Signatures;
import tenon.types.component.FunctionType;
import tenon.types.core.FuncType;
import tenon.wasm.Module;
import tenon.wit.TypeId;
import tenon.wit.World;

/**
 * Finds out what a module's exports stand for.
 *
 * @param exports what of the world this module has to export
 */
record ExportReader(Surroundings around, Collection<World.Key> exports) {

    /** Empty if it means nothing for the component. */
    Optional<Offer> read(Module module, Module.Export export) {
        Surroundings.Schemed schemed = around.schemed(export.name());
        return switch (export.kind()) {
            case FUNCTION -> function(module.functionType(export.index()), export.name(), schemed);
            case MEMORY ->
                schemed.scheme()
                        .service(schemed.name())
                        .filter(Offer.Service.MEMORY::equals)
                        .map(Offer.class::cast);
            case TABLE ->
                schemed.scheme()
                        .service(schemed.name())
                        .filter(Offer.Service.FUNCTION_TABLE::equals)
                        .map(Offer.class::cast);
            case GLOBAL, TAG -> Optional.empty();
        };
    }

    private Optional<Offer> function(FuncType type, String full, Surroundings.Schemed schemed) {
        switch (full) {
            case "canonical_abi_realloc" -> {
                return Optional.of(Offer.Service.REALLOC);
            }
            case "cabi_import_realloc" -> {
                return Optional.of(Offer.Service.IMPORT_REALLOC);
            }
            case "cabi_export_realloc" -> {
                return Optional.of(Offer.Service.EXPORT_REALLOC);
            }
            case "cabi_realloc_adapter" -> {
                return Optional.of(Offer.Service.ADAPTER_REALLOC);
            }
            default -> {
                return service(type, schemed).or(() -> ofWorld(type, schemed));
            }
        }
    }

    private Optional<Offer> service(FuncType type, Surroundings.Schemed schemed) {
        Optional<Offer.Service> service = schemed.scheme().service(schemed.name());
        if (service.isEmpty()) {
            return Optional.empty();
        }
        FuncType expected = switch (service.get()) {
            case REALLOC -> around.signatures().realloc();
            case INITIALIZE -> Signatures.i32s(0, 0);
            case TASK_HOOK -> Signatures.i32s(1, 0);
            case MEMORY, FUNCTION_TABLE, EXPORT_REALLOC, IMPORT_REALLOC, ADAPTER_REALLOC -> type;
        };
        ImportReader.check(schemed.name(), expected, type);
        boolean function = service.get() != Offer.Service.MEMORY && service.get() != Offer.Service.FUNCTION_TABLE;
        return function ? Optional.of(service.get()) : Optional.empty();
    }

    private Optional<Offer> ofWorld(FuncType type, Surroundings.Schemed schemed) {
        NameScheme scheme = schemed.scheme();
        NameScheme.Lifted lifted = scheme.lifted(schemed.name());
        Optional<NameScheme.Target> target = scheme.exported(around.graph(), exports, lifted.name());
        if (target.isPresent()) {
            FunctionType exported = type(target.get());
            ImportReader.check(schemed.name(), around.signatures().lifted(exported, lifted.lifting()), type);
            return Optional.of(new Offer.Exported(
                    target.get().key(), target.get().id(), target.get().function(), lifted.lifting()));
        }
        Optional<NameScheme.Target> returned =
                scheme.postReturn(lifted.name()).flatMap(rest -> scheme.exported(around.graph(), exports, rest));
        if (returned.isPresent()) {
            FuncType expected = around.signatures().postReturn(type(returned.get()));
            ImportReader.check(schemed.name(), expected, type);
            return Optional.of(
                    new Offer.PostReturn(returned.get().key(), returned.get().function()));
        }
        Optional<NameScheme.Target> called =
                scheme.callback(schemed.name()).flatMap(rest -> scheme.exported(around.graph(), exports, rest));
        if (called.isPresent()) {
            ImportReader.check(schemed.name(), Signatures.i32s(3, 1), type);
            return Optional.of(
                    new Offer.Callback(called.get().key(), called.get().function()));
        }
        Optional<TypeId> resource = scheme.destructor(around.graph(), exports, lifted.name());
        resource.ifPresent(_ -> ImportReader.check(schemed.name(), Signatures.i32s(1, 0), type));
        return resource.map(Offer.Destructor::new);
    }

    private FunctionType type(NameScheme.Target target) {
        return around.signatures().exported(target.key(), target.function());
    }
}

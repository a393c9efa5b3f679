package tenon.make.component;

import java.util.Optional;
import tenon.make.ModuleRef;
import tenon.make.names.Offer;
import tenon.make.names.Payload;

/** Which function allocates memory for a module's canonical definitions. */
record Reallocs(Plan plan) {

    /** Where a function that allocates memory is needed. */
    enum Site {
        BEFORE_INSTANTIATION,
        AFTER_INSTANTIATION
    }

    /** An export of a module. */
    record Source(ModuleRef module, String export) {}

    /** A module's own, or the main module's if the module is a library without one. */
    Optional<Source> source(ModuleRef module, Optional<String> own) {
        if (own.isPresent()) {
            return own.map(export -> new Source(module, export));
        }
        return plan.part(module).library() ? generalOfMain() : Optional.empty();
    }

    private Optional<Source> generalOfMain() {
        return plan.main().contract().service(Offer.Service.REALLOC).map(export -> new Source(ModuleRef.MAIN, export));
    }

    /** A module's own for what its imports give back. */
    Optional<String> ofImports(ModuleRef module) {
        return plan.part(module).contract().importRealloc();
    }

    /** A module's own for values of a stream or future. */
    Optional<String> ofPayload(ModuleRef module, Payload payload) {
        if (payload.use().isEmpty()) {
            return Optional.empty();
        }
        return payload.imported()
                ? ofImports(module)
                : plan.part(module).contract().exportRealloc();
    }

    /** Whether only a shim is there yet: also where hooks around each call are only in what fills the shims. */
    boolean needsShim(Site site) {
        return switch (site) {
            case BEFORE_INSTANTIATION -> true;
            case AFTER_INSTANTIATION ->
                plan.main().contract().service(Offer.Service.TASK_HOOK).isPresent();
        };
    }
}

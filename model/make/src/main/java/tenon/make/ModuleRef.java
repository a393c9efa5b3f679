package tenon.make;

import java.util.Optional;

/** One of the modules that a component is made of: the main module, or an adapter or library by its name. */
public record ModuleRef(Optional<String> adapter) {
    /** The main module. */
    public static final ModuleRef MAIN = new ModuleRef(Optional.empty());

    /** An adapter or library. */
    public static ModuleRef of(String name) {
        return new ModuleRef(Optional.of(name));
    }

    /** As messages and debug names show it. */
    @Override
    public String toString() {
        return adapter.orElse("main");
    }
}

import org.jspecify.annotations.NullMarked;

/** A component as records; binary reader; resolved index spaces; the world that a component has. */
@NullMarked
module tenon.component {
    requires static transitive org.jspecify;
    requires transitive tenon.types;
    requires transitive tenon.wasm;

    exports tenon.component;
    exports tenon.component.read;
    exports tenon.component.resolve;
    exports tenon.component.world;
    exports tenon.component.write;
}

import org.jspecify.annotations.NullMarked;

/** A core module as records; binary reader and writer; validation. */
@NullMarked
module tenon.wasm {
    requires static transitive org.jspecify;
    requires transitive tenon.types;

    exports tenon.wasm;
}

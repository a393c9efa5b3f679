import org.jspecify.annotations.NullMarked;

/** Core WebAssembly compiled to JVM bytecode: engine, linked modules, instances. */
@NullMarked
module tenon.core {
    requires static transitive org.jspecify;
    requires transitive tenon.wasm;

    exports tenon.core;
    exports tenon.core.cache;
}

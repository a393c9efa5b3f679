import org.jspecify.annotations.NullMarked;

/** WebAssembly text: {@code .wat} to binary and back, and {@code .wast} scripts as directives. */
@NullMarked
module tenon.text {
    requires static transitive org.jspecify;
    requires transitive tenon.component;
    requires transitive tenon.types;
    requires transitive tenon.wasm;

    exports tenon.text;
    exports tenon.text.script;
}

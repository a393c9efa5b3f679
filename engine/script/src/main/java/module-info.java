import org.jspecify.annotations.NullMarked;

/** Runs {@code .wast} scripts. */
@NullMarked
module tenon.script {
    requires static transitive org.jspecify;
    requires transitive tenon.text;
    requires transitive tenon.wasm;
    requires tenon.component;
    requires tenon.core;
    requires tenon.runtime;

    exports tenon.script;
}

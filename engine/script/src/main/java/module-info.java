import org.jspecify.annotations.NullMarked;

/** Runs {@code .wast} scripts. */
@NullMarked
module tenon.script {
    requires static transitive org.jspecify;
    requires transitive tenon.text;
    requires transitive tenon.wasm;
    requires tenon.core;

    exports tenon.script;
}

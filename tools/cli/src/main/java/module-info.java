/** The command {@code tenon}. */
@org.jspecify.annotations.NullMarked
module tenon.cli {
    requires static transitive org.jspecify;
    requires info.picocli;
    requires java.logging;
    requires tenon.app;
    requires tenon.component;
    requires tenon.compose;
    requires tenon.host;
    requires tenon.make;
    requires tenon.runtime;
    requires tenon.script;
    requires tenon.text;
    requires tenon.types;
    requires tenon.wasm;
    requires tenon.wit;
}

import org.jspecify.annotations.NullMarked;

/** The manifest of an application, and its rules that need no network. The TOML library, here alone, is an automatic module. */
@NullMarked
@SuppressWarnings("requires-automatic")
module tenon.app {
    requires static transitive org.jspecify;
    requires transitive tenon.types;
    requires org.tomlj;

    exports tenon.app;
    exports tenon.app.files;
    exports tenon.app.manifest;
    exports tenon.app.outbound;
    exports tenon.app.route;
    exports tenon.app.template;
    exports tenon.app.toml;
}

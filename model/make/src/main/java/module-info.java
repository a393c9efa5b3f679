import org.jspecify.annotations.NullMarked;

/** Core modules to components: type information embedded, modules wrapped, adapted and linked, components taken apart. */
@NullMarked
module tenon.make {
    requires static transitive org.jspecify;
    requires transitive tenon.types;
    requires transitive tenon.component;
    requires transitive tenon.wit;

    exports tenon.make;
    exports tenon.make.component;
    exports tenon.make.embed;
    exports tenon.make.link;
    exports tenon.make.unbundle;
}

import org.jspecify.annotations.NullMarked;

/** The specification's words: types, names, versions, and the one family of errors. Stands on the JDK alone. */
@NullMarked
module tenon.types {
    requires static transitive org.jspecify;

    exports tenon.types;
    exports tenon.types.component;
    exports tenon.types.core;
}

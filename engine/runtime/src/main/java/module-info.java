import org.jspecify.annotations.NullMarked;

/** The Component Model at run time: plan, link, instantiate, call. Stands on the JDK alone. */
@NullMarked
module tenon.runtime {
    requires static transitive org.jspecify;
    requires transitive tenon.component;
    requires transitive tenon.core;
    requires transitive tenon.types;

    exports tenon.runtime;
    exports tenon.runtime.value;
    exports tenon.runtime.wave;
}

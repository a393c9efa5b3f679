import org.jspecify.annotations.NullMarked;

/** WIT as a language: text to packages, packages to text and JSON. */
@NullMarked
module tenon.wit {
    requires static transitive org.jspecify;
    requires transitive tenon.types;
    requires transitive tenon.component;

    exports tenon.wit;
    exports tenon.wit.binary;
    exports tenon.wit.component;
    exports tenon.wit.print;
    exports tenon.wit.resolve;
    exports tenon.wit.syntax;
}

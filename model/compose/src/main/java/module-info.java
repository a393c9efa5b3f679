import org.jspecify.annotations.NullMarked;

/** Several components into one: the WAC language, plugging, and the composition graph under both. */
@NullMarked
module tenon.compose {
    requires static transitive org.jspecify;
    requires transitive tenon.types;
    requires transitive tenon.component;
    requires transitive tenon.wit;

    exports tenon.compose.encode;
    exports tenon.compose.graph;
    exports tenon.compose.resolve;
    exports tenon.compose.source;
    exports tenon.compose.syntax;
    exports tenon.compose.type;
}

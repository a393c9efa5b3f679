import org.jspecify.annotations.NullMarked;

/** A Java program that calls a component. */
@NullMarked
module tenon.example.embed {
    requires static org.jspecify;
    requires tenon.runtime;
}

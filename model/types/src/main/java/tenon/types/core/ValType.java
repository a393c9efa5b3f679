package tenon.types.core;

/** A core value type: WebAssembly 3.0, "Value Types". */
public sealed interface ValType permits NumType, VecType, RefType {

    /** The type as the text format writes it. */
    String text();

    /** Whether a local of this type has a default value, "Defaultable types". */
    default boolean defaultable() {
        return !(this instanceof RefType ref) || ref.nullable();
    }
}

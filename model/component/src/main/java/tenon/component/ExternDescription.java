package tenon.component;

/** An {@code externtype} as written: Binary.md, "Type Definitions". */
public sealed interface ExternDescription {
    /** {@code type} is an index of {@link Sort#CORE_TYPE}. */
    record ModuleUse(int type) implements ExternDescription {}

    /** {@code type} is an index of {@link Sort#TYPE}. */
    record FunctionUse(int type) implements ExternDescription {}

    /** {@code type} is an index of {@link Sort#TYPE}. */
    record ComponentUse(int type) implements ExternDescription {}

    /** {@code type} is an index of {@link Sort#TYPE}. */
    record InstanceUse(int type) implements ExternDescription {}

    /** The bound {@code eq}: the type of this index of {@link Sort#TYPE}. */
    record TypeEqual(int type) implements ExternDescription {}

    /** The bound {@code sub resource}: a resource type of its own. */
    record SubResource() implements ExternDescription {}

    /** The value of this index of {@link Sort#VALUE}. */
    record ValueEqual(int value) implements ExternDescription {}

    /** Any value of this type. */
    record ValueOf(TypeExpression.ValueReference type) implements ExternDescription {}

    /** What index space it adds to. */
    default Sort sort() {
        return switch (this) {
            case ModuleUse _ -> Sort.CORE_MODULE;
            case FunctionUse _ -> Sort.FUNC;
            case ComponentUse _ -> Sort.COMPONENT;
            case InstanceUse _ -> Sort.INSTANCE;
            case TypeEqual _, SubResource _ -> Sort.TYPE;
            case ValueEqual _, ValueOf _ -> Sort.VALUE;
        };
    }
}

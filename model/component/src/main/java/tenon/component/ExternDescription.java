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
}

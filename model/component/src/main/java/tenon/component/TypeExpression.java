package tenon.component;

import java.util.List;
import java.util.Optional;
import tenon.types.component.PrimitiveType;
import tenon.types.core.ValType;

/** A {@code deftype} as written, its parts by index: Binary.md, "Type Definitions". */
public sealed interface TypeExpression {

    /** A {@code valtype}: written out, or by index. */
    sealed interface ValueReference {}

    /** A primitive type in place. */
    record Primitive(PrimitiveType type) implements ValueReference, TypeExpression {}

    /** An index of {@link Sort#TYPE}. */
    record TypeIndex(int index) implements ValueReference {}

    record RecordOf(List<Labelled> fields) implements TypeExpression {}

    record VariantOf(List<CaseOf> cases) implements TypeExpression {}

    record ListOf(ValueReference element) implements TypeExpression {}

    /** {@code length} is unsigned in 32 bits. */
    record FixedLengthListOf(ValueReference element, long length) implements TypeExpression {}

    record TupleOf(List<ValueReference> types) implements TypeExpression {}

    record FlagsOf(List<String> labels) implements TypeExpression {}

    record EnumOf(List<String> labels) implements TypeExpression {}

    record OptionOf(ValueReference some) implements TypeExpression {}

    record ResultOf(Optional<ValueReference> ok, Optional<ValueReference> error) implements TypeExpression {}

    /** {@code resource} is an index of {@link Sort#TYPE}. */
    record OwnOf(int resource) implements TypeExpression {}

    /** {@code resource} is an index of {@link Sort#TYPE}. */
    record BorrowOf(int resource) implements TypeExpression {}

    record StreamOf(Optional<ValueReference> element) implements TypeExpression {}

    record FutureOf(Optional<ValueReference> element) implements TypeExpression {}

    record MapOf(ValueReference key, ValueReference value) implements TypeExpression {}

    /** {@code destructor} is an index of {@link Sort#CORE_FUNC}. */
    record ResourceOf(ValType representation, Optional<Integer> destructor) implements TypeExpression {}

    record FunctionOf(List<Labelled> params, Optional<ValueReference> result, boolean async)
            implements TypeExpression {}

    record ComponentOf(List<Declaration> declarations) implements TypeExpression {}

    record InstanceOf(List<Declaration> declarations) implements TypeExpression {}

    /** A field or parameter. */
    record Labelled(String label, ValueReference type) {}

    /** A case of a variant. */
    record CaseOf(String label, Optional<ValueReference> type) {}
}

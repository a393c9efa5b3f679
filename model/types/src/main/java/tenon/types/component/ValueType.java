package tenon.types.component;

import java.util.List;
import java.util.function.Predicate;

/**
 * A component value type: Explainer.md, "Fundamental value types" and "Specialized value types". Equal types are the same type;
 * {@code toString} is WIT's notation without names.
 */
public sealed interface ValueType extends DefinedType
        permits PrimitiveType,
                ListType,
                FixedLengthListType,
                MapType,
                RecordType,
                TupleType,
                VariantType,
                EnumType,
                FlagsType,
                OptionType,
                ResultType,
                OwnType,
                BorrowType,
                StreamType,
                FutureType {

    /** The types that this one is made of, one level down, in order. */
    List<ValueType> parts();

    /** The fundamental type that has the same canonical ABI: CanonicalABI.md, "Despecialization". */
    default ValueType despecialize() {
        return this;
    }

    /** Whether this type or one that it is made of satisfies {@code predicate}. */
    default boolean contains(Predicate<ValueType> predicate) {
        return predicate.test(this) || parts().stream().anyMatch(part -> part.contains(predicate));
    }

    /** CanonicalABI.md, "Type Predicates". */
    default boolean containsBorrow() {
        return contains(type -> type instanceof BorrowType);
    }

    /** Whether a stream or future is in it: CanonicalABI.md, "Type Predicates". */
    default boolean containsAsyncValue() {
        return contains(type -> type instanceof StreamType || type instanceof FutureType);
    }
}

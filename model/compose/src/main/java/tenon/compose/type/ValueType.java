package tenon.compose.type;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import tenon.types.component.PrimitiveType;

/** A type of values. */
public sealed interface ValueType extends Type {

    record Primitive(PrimitiveType type) implements ValueType {}

    record Own(ResourceType resource) implements ValueType {}

    record Borrow(ResourceType resource) implements ValueType {}

    /** A type with an identity. */
    final class Defined implements ValueType {
        private final Shape shape;

        /** A type of its own. */
        public Defined(Shape shape) {
            this.shape = shape;
        }

        public Shape shape() {
            return shape;
        }

        /** The type that this is another name for, or itself. */
        @Override
        public ValueType origin() {
            ValueType origin = this;
            while (origin instanceof Defined defined && defined.shape instanceof Alias(ValueType target)) {
                origin = target;
            }
            return origin;
        }
    }

    /** What a defined type looks like. */
    sealed interface Shape {}

    /** A shape that imports and exports show under a name only: Explainer.md, "Type Definitions". */
    sealed interface Nominal extends Shape {}

    record Record(List<FunctionType.Parameter> fields) implements Nominal {}

    record Variant(List<Case> cases) implements Nominal {}

    record Enum(List<String> labels) implements Nominal {}

    record Flags(List<String> labels) implements Nominal {}

    record Tuple(List<ValueType> types) implements Shape {}

    record ListOf(ValueType element) implements Shape {}

    /** {@code length} is unsigned in 32 bits. */
    record FixedLengthList(ValueType element, long length) implements Shape {}

    record MapOf(ValueType key, ValueType value) implements Shape {}

    record Option(ValueType some) implements Shape {}

    record Result(Optional<ValueType> ok, Optional<ValueType> error) implements Shape {}

    record Stream(Optional<ValueType> element) implements Shape {}

    record Future(Optional<ValueType> element) implements Shape {}

    /** Another name. */
    record Alias(ValueType target) implements Shape {}

    record Case(String name, Optional<ValueType> type) {}

    /** The type behind all names. */
    default ValueType origin() {
        return this;
    }

    /** Visits the types that this one is made of. */
    default void parts(Consumer<ValueType> visitor) {
        if (!(this instanceof Defined defined)) {
            return;
        }
        switch (defined.shape()) {
            case Record record -> record.fields().forEach(field -> visitor.accept(field.type()));
            case Variant variant -> variant.cases().forEach(each -> each.type().ifPresent(visitor));
            case Enum _, Flags _ -> {}
            case Tuple tuple -> tuple.types().forEach(visitor);
            case ListOf list -> visitor.accept(list.element());
            case FixedLengthList list -> visitor.accept(list.element());
            case MapOf map -> {
                visitor.accept(map.key());
                visitor.accept(map.value());
            }
            case Option option -> visitor.accept(option.some());
            case Result result -> {
                result.ok().ifPresent(visitor);
                result.error().ifPresent(visitor);
            }
            case Stream stream -> stream.element().ifPresent(visitor);
            case Future future -> future.element().ifPresent(visitor);
            case Alias alias -> visitor.accept(alias.target());
        }
    }

    @Override
    default String word() {
        return switch (origin()) {
            case Primitive(PrimitiveType type) -> type.toString();
            case Own _ -> "own";
            case Borrow _ -> "borrow";
            case Defined defined ->
                switch (defined.shape()) {
                    case Record _ -> "record";
                    case Variant _ -> "variant";
                    case Enum _ -> "enum";
                    case Flags _ -> "flags";
                    case Tuple _ -> "tuple";
                    case ListOf _, FixedLengthList _ -> "list";
                    case MapOf _ -> "map";
                    case Option _ -> "option";
                    case Result _ -> "result";
                    case Stream _ -> "stream";
                    case Future _ -> "future";
                    case Alias _ -> "alias";
                };
        };
    }
}

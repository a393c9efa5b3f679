package tenon.wit.syntax;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import tenon.types.component.PrimitiveType;

/** A type as written, or the body of a type's definition: WIT.md, "Types" and "Items: type". */
public sealed interface TypeSyntax {
    /** Where it starts; for a body the place of the definition's name. */
    Spot spot();

    record Primitive(PrimitiveType type, Spot spot) implements TypeSyntax {}

    record Named(Identifier name) implements TypeSyntax {
        @Override
        public Spot spot() {
            return name.spot();
        }
    }

    record Own(Identifier resource, Spot spot) implements TypeSyntax {}

    record Borrow(Identifier resource, Spot spot) implements TypeSyntax {}

    record ListOf(TypeSyntax element, Spot spot) implements TypeSyntax {}

    record FixedLengthList(TypeSyntax element, long length, Spot spot) implements TypeSyntax {}

    record MapOf(TypeSyntax key, TypeSyntax value, Spot spot) implements TypeSyntax {}

    record Option(TypeSyntax some, Spot spot) implements TypeSyntax {}

    record Result(Optional<TypeSyntax> ok, Optional<TypeSyntax> error, Spot spot) implements TypeSyntax {}

    record Tuple(List<TypeSyntax> types, Spot spot) implements TypeSyntax {}

    record Future(Optional<TypeSyntax> element, Spot spot) implements TypeSyntax {}

    record Stream(Optional<TypeSyntax> element, Spot spot) implements TypeSyntax {}

    record Record(List<Field> fields, Spot spot) implements TypeSyntax {}

    record Variant(List<Case> cases, Spot spot) implements TypeSyntax {}

    record Enum(List<Label> labels, Spot spot) implements TypeSyntax {}

    record Flags(List<Label> labels, Spot spot) implements TypeSyntax {}

    record Resource(List<FunctionSyntax> functions, Spot spot) implements TypeSyntax {}

    /** A field of a record. */
    record Field(Comments comments, Identifier name, TypeSyntax type) {}

    /** A case of a variant. */
    record Case(Comments comments, Identifier name, Optional<TypeSyntax> type) {}

    /** A flag, or a case of an enum. */
    record Label(Comments comments, Identifier name) {}

    /** Visits the names that it refers to, in order. */
    default void names(Consumer<Identifier> visitor) {
        switch (this) {
            case Primitive _, Enum _, Flags _, Resource _ -> {}
            case Named named -> visitor.accept(named.name());
            case Own own -> visitor.accept(own.resource());
            case Borrow borrow -> visitor.accept(borrow.resource());
            case ListOf list -> list.element().names(visitor);
            case FixedLengthList list -> list.element().names(visitor);
            case MapOf map -> {
                map.key().names(visitor);
                map.value().names(visitor);
            }
            case Option option -> option.some().names(visitor);
            case Result result -> {
                result.ok().ifPresent(type -> type.names(visitor));
                result.error().ifPresent(type -> type.names(visitor));
            }
            case Tuple tuple -> tuple.types().forEach(type -> type.names(visitor));
            case Future future -> future.element().ifPresent(type -> type.names(visitor));
            case Stream stream -> stream.element().ifPresent(type -> type.names(visitor));
            case Record record -> record.fields().forEach(field -> field.type().names(visitor));
            case Variant variant -> variant.cases().forEach(each -> each.type().ifPresent(type -> type.names(visitor)));
        }
    }
}

package tenon.compose.syntax;

import java.util.List;
import java.util.Optional;
import tenon.compose.source.Span;
import tenon.types.component.PrimitiveType;

/** A type as written. */
public sealed interface TypeSyntax {
    /** Where it is written. */
    Span span();

    record Primitive(PrimitiveType type, Span span) implements TypeSyntax {}

    record Named(Identifier name) implements TypeSyntax {
        @Override
        public Span span() {
            return name.span();
        }
    }

    record Own(Identifier resource, Span span) implements TypeSyntax {}

    record Borrow(Identifier resource, Span span) implements TypeSyntax {}

    record ListOf(TypeSyntax element, Span span) implements TypeSyntax {}

    record FixedLengthList(TypeSyntax element, long length, Span span) implements TypeSyntax {}

    record MapOf(TypeSyntax key, TypeSyntax value, Span span) implements TypeSyntax {}

    record Option(TypeSyntax some, Span span) implements TypeSyntax {}

    record Result(Optional<TypeSyntax> ok, Optional<TypeSyntax> error, Span span) implements TypeSyntax {}

    record Tuple(List<TypeSyntax> types, Span span) implements TypeSyntax {}

    record Stream(Optional<TypeSyntax> element, Span span) implements TypeSyntax {}

    record Future(Optional<TypeSyntax> element, Span span) implements TypeSyntax {}

    /** The type of a function. */
    record Function(List<Parameter> params, Optional<TypeSyntax> result, boolean async) {}

    /** A parameter, or a field of a record. */
    record Parameter(Identifier name, TypeSyntax type) {}
}

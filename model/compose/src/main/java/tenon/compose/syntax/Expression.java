package tenon.compose.syntax;

import java.util.List;
import tenon.compose.source.Span;

/** Something of the composition: a name, an instantiation, or an export of either. */
public record Expression(Primary primary, List<Postfix> postfixes, Span span) {
    public Expression {
        postfixes = List.copyOf(postfixes);
    }

    /** What an expression starts with. */
    public sealed interface Primary {
        /** Where it is written. */
        Span span();
    }

    public record Name(Identifier name) implements Primary {
        @Override
        public Span span() {
            return name.span();
        }
    }

    /** An expression in parentheses. */
    public record Nested(Expression inner, Span span) implements Primary {}

    /** A component instantiated. */
    public record New(PackageReference target, List<Argument> arguments, Span span) implements Primary {}

    /** An argument of an instantiation. */
    public sealed interface Argument {}

    /** A name whose argument is found by the name and by what it stands for. */
    public record Inferred(Identifier name) implements Argument {}

    /** All exports of an instance. */
    public record Spread(Identifier name) implements Argument {}

    public record Given(ItemName name, Expression value) implements Argument {}

    /** {@code ...}: the composition imports what is not given. */
    public record Fill(Span span) implements Argument {}

    /** An export taken from an instance. */
    public sealed interface Postfix {
        /** Where it is written. */
        Span span();
    }

    /** {@code .name}. */
    public record Access(Identifier name, Span span) implements Postfix {}

    /** {@code ["name"]}. */
    public record NamedAccess(Quoted name, Span span) implements Postfix {}
}

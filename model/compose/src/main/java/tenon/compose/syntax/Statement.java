package tenon.compose.syntax;

import java.util.List;
import java.util.Optional;
import tenon.compose.source.Span;

/** A statement of a document. */
public sealed interface Statement {

    /** {@code import name as "other": type;}. */
    record Import(List<Remark> remarks, Identifier name, Optional<ItemName> as, ExternSyntax type)
            implements Statement {}

    /** An interface, a world or a type. */
    record Definition(Declaration declaration) implements Statement {}

    /** {@code let name = expression;}. */
    record Let(List<Remark> remarks, Identifier name, Expression value) implements Statement {}

    /** {@code export expression as "name";}. */
    record Export(List<Remark> remarks, Expression value, Option option) implements Statement {}

    /** Under what name something is exported. */
    sealed interface Option {}

    /** Under its own. */
    record OwnName() implements Option {}

    /** Each export of the instance under its own. */
    record Spread(Span span) implements Option {}

    /** Under the name that is given. */
    record As(ItemName name) implements Option {}
}

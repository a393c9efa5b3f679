package tenon.compose.syntax;

import java.util.List;

/** The type of an import or export as written. */
public sealed interface ExternSyntax {
    record Function(TypeSyntax.Function function) implements ExternSyntax {}

    /** An interface written in place. */
    record Inline(List<InterfaceItem> items) implements ExternSyntax {}

    record Referred(Reference reference) implements ExternSyntax {}
}

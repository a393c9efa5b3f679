package tenon.compose.syntax;

import tenon.compose.source.Span;

/** The name of an import, export or argument: as an identifier, or in quotes for any other name of the Component Model. */
public sealed interface ItemName permits Identifier, Quoted {
    /** The name itself. */
    String name();

    /** Where it is written. */
    Span span();
}

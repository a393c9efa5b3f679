package tenon.component;

/** A constant: adds an entry to {@link Sort#VALUE}; its encoding stands from {@code start} to {@code end} of the outermost file. */
public record ValueDefinition(TypeExpression.ValueReference type, int start, int end, long offset)
        implements Definition {}

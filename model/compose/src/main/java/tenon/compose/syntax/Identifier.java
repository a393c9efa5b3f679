package tenon.compose.syntax;

import tenon.compose.source.Span;

/** A name as written, without the {@code %} of its explicit form. */
public record Identifier(String name, Span span) implements ItemName {
    @Override
    public String toString() {
        return name;
    }
}

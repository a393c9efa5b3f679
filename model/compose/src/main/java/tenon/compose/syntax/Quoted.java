package tenon.compose.syntax;

import tenon.compose.source.Span;

/** A text in quotes; {@code span} has the quotes, {@code name} has not. */
public record Quoted(String name, Span span) implements ItemName {
    @Override
    public String toString() {
        return name;
    }
}

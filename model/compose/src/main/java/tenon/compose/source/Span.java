package tenon.compose.source;

import tenon.types.Place;
import tenon.wit.syntax.Source;

/** A part of a text; {@code start} and {@code end} count UTF-16 code units. Immutable. */
public record Span(Source source, int start, int end) {

    /** The part from here to the end of {@code last}. */
    public Span to(Span last) {
        return new Span(source, start, last.end);
    }

    /** What is written there. */
    public String text() {
        return source.text().substring(start, end);
    }

    /** The place that errors show: where it starts. */
    public Place place() {
        return source.position(start);
    }

    /** An error here, for the caller to throw. */
    public CompositionException error(String fact) {
        return CompositionException.at(place(), fact);
    }
}

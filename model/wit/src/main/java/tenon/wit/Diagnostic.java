package tenon.wit;

import java.util.Optional;
import tenon.types.Place;

/**
 * One problem of a text.
 *
 * @param fact lower case, what is wrong first, then what was expected
 * @param hint what would mend it
 */
public record Diagnostic(Place place, String fact, Optional<String> hint) {

    /** A problem that no hint is known for. */
    public static Diagnostic of(Place place, String fact) {
        return new Diagnostic(place, fact, Optional.empty());
    }

    /** Place and fact, then the line with a caret, then the hint, each on lines of its own. */
    public String render() {
        String line = System.lineSeparator();
        String shown = switch (place) {
            case Place.TextPosition text -> text.describe() + ": " + fact + line + text.caret();
            case Place.Nowhere _ -> fact;
            case Place.ByteOffset _, Place.ManifestKey _ -> fact + " (" + place.describe() + ")";
        };
        return shown + hint.map(text -> line + "hint: " + text).orElse("");
    }
}

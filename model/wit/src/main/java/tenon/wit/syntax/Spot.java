package tenon.wit.syntax;

import java.util.Optional;
import tenon.types.Place;
import tenon.wit.Diagnostic;
import tenon.wit.WitException;

/** Where something is written; {@code offset} counts UTF-16 code units. */
public record Spot(Source source, int offset) {

    /** Where no text is. */
    public static final Spot NOWHERE = new Spot(new Source("", ""), 0);

    /** The place that errors show. */
    public Place place() {
        return source.file().isEmpty() ? Place.NOWHERE : source.position(offset);
    }

    /** An error here, for the caller to throw. */
    public WitException error(String fact) {
        return new WitException(Diagnostic.of(place(), fact));
    }

    /** An error here with what would mend it, for the caller to throw. */
    public WitException error(String fact, Optional<String> hint) {
        return new WitException(new Diagnostic(place(), fact, hint));
    }

    /** An error here with what would mend it, for the caller to throw. */
    public WitException error(String fact, String hint) {
        return error(fact, Optional.of(hint));
    }
}

package tenon.script;

import java.util.List;
import tenon.types.Place;

/**
 * What became of a script. Each directive is one assertion: a module has to be instantiated, an action has to succeed.
 * Immutable.
 *
 * @param file how errors call the script
 * @param passed assertions that hold
 * @param failures assertions that do not
 * @param skipped assertions that were not tried
 * @param reason why they were not, or an empty text
 */
public record ScriptResult(String file, int passed, List<Failure> failures, int skipped, String reason) {
    public ScriptResult {
        failures = List.copyOf(failures);
    }

    /** An assertion that does not hold: {@code why} says what was found, and what was expected. */
    public record Failure(Place.TextPosition position, String why) {

        /** As {@code file:line:column: why}, on one line. */
        public String text() {
            return position.describe() + ": " + why.replaceAll("\\R\\s*", " ");
        }
    }

    /** A script of which nothing was tried. */
    static ScriptResult skipped(String file, int assertions, String reason) {
        return new ScriptResult(file, 0, List.of(), assertions, reason);
    }
}

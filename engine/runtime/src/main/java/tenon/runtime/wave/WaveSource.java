package tenon.runtime.wave;

import tenon.types.InvalidException;
import tenon.types.MalformedException;
import tenon.types.Place;

/** The text that is read, and the errors that point into it. */
record WaveSource(String text, String origin) {

    /** The text at {@code at} does not follow the grammar. */
    MalformedException malformed(int at, String fact) {
        return new MalformedException(place(at), fact);
    }

    /** The value at {@code at} is not of its type. */
    InvalidException invalid(int at, String fact) {
        return new InvalidException(place(at), fact);
    }

    private Place place(int at) {
        int lineStart = text.lastIndexOf('\n', at - 1) + 1;
        int lineEnd = text.indexOf('\n', lineStart);
        int line = 1
                + (int) text.substring(0, lineStart)
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
        String whole = text.substring(lineStart, lineEnd < 0 ? text.length() : lineEnd);
        return new Place.TextPosition(origin, line, at - lineStart + 1, whole);
    }
}

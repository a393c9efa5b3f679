package tenon.app.files;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import tenon.app.ManifestException;
import tenon.types.Place;

/**
 * A pattern for paths with slashes: {@code ?} one character, {@code *} any of them, {@code **} as a segment any segments, {@code
 * [a-z]} and {@code [!a-z]} one of or none of some. Immutable.
 */
final class Glob {
    private final List<Token> tokens;

    private Glob(List<Token> tokens) {
        this.tokens = List.copyOf(tokens);
    }

    private sealed interface Token {}

    /** One character; {@code ranges} has pairs of first and last. */
    private record One(String ranges, boolean negated) implements Token {
        boolean matches(char c) {
            boolean in = false;
            for (int i = 0; i < ranges.length(); i += 2) {
                in |= c >= ranges.charAt(i) && c <= ranges.charAt(i + 1);
            }
            return in != negated;
        }
    }

    private record Literal(char character) implements Token {}

    /** {@code *}. */
    private record Any() implements Token {}

    /** {@code **}: segments, each with the slash behind it; or what is left if it is last. */
    private record Segments(boolean last) implements Token {}

    /**
     * Reads a pattern.
     *
     * @throws ManifestException if a bracket has no end, or {@code **} is only a part of a segment
     */
    static Glob parse(String text, Place place) {
        List<Token> tokens = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (text.startsWith("**", at)) {
                int end = at + 2;
                boolean whole =
                        (at == 0 || text.charAt(at - 1) == '/') && (end == text.length() || text.charAt(end) == '/');
                if (!whole) {
                    throw new ManifestException(
                            place,
                            "pattern `" + text + "` has `**` beside other characters, expected it between slashes");
                }
                tokens.add(new Segments(end == text.length()));
                at = end + 1;
            } else if (c == '[') {
                int end = text.indexOf(']', at + (text.startsWith("!", at + 1) ? 3 : 2));
                if (end < 0) {
                    throw new ManifestException(place, "`[` in pattern `" + text + "` has no end, expected `]`");
                }
                tokens.add(one(text.substring(at + 1, end)));
                at = end + 1;
            } else {
                tokens.add(c == '*' ? new Any() : c == '?' ? new One("", true) : new Literal(c));
                at++;
            }
        }
        return new Glob(tokens);
    }

    private static One one(String written) {
        boolean negated = written.startsWith("!");
        String set = negated ? written.substring(1) : written;
        var ranges = new StringBuilder();
        int at = 0;
        while (at < set.length()) {
            boolean range = at + 2 < set.length() && set.charAt(at + 1) == '-';
            ranges.append(set.charAt(at)).append(set.charAt(range ? at + 2 : at));
            at += range ? 3 : 1;
        }
        return new One(ranges.toString(), negated);
    }

    /** Whether a text has characters that are special to patterns. */
    static boolean isPattern(String text) {
        return text.chars().anyMatch(c -> c == '*' || c == '?' || c == '[' || c == ']');
    }

    /** Whether it ends in {@code **}, which stands for folders. */
    boolean meansFolders() {
        return !tokens.isEmpty() && tokens.getLast().equals(new Segments(true));
    }

    /**
     * Whether a path matches.
     *
     * @param crossing whether {@code *}, {@code ?} and brackets match slashes, too
     */
    boolean matches(String path, boolean crossing) {
        // the places in the pattern that are reached by what was read: no pattern takes longer than pattern times path
        var states = new BitSet();
        states.set(0);
        close(states, true);
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            var next = new BitSet();
            for (int state = states.nextSetBit(0); state >= 0; state = states.nextSetBit(state + 1)) {
                step(state, c, crossing, next);
            }
            close(next, c == '/');
            states = next;
        }
        return states.get(tokens.size());
    }

    private void step(int state, char c, boolean crossing, BitSet next) {
        if (state == tokens.size()) {
            return;
        }
        switch (tokens.get(state)) {
            case Literal literal -> next.set(state + 1, next.get(state + 1) || literal.character() == c);
            case One one -> next.set(state + 1, next.get(state + 1) || ((crossing || c != '/') && one.matches(c)));
            case Any _ -> next.set(state, next.get(state) || crossing || c != '/');
            case Segments _ -> next.set(state);
        }
    }

    /** Adds the places that are reached without a character; segments end where a slash was read, or nothing yet. */
    private void close(BitSet states, boolean atSegment) {
        for (int state = states.nextSetBit(0);
                state >= 0 && state < tokens.size();
                state = states.nextSetBit(state + 1)) {
            boolean passes = switch (tokens.get(state)) {
                case Literal _, One _ -> false;
                case Any _ -> true;
                case Segments segments -> segments.last() || atSegment;
            };
            if (passes) {
                states.set(state + 1);
            }
        }
    }
}

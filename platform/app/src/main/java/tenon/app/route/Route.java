package tenon.app.route;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tenon.app.ManifestException;
import tenon.types.Place;

/**
 * A pattern for paths: {@code /x}, {@code /x/...}, {@code /x/*}, {@code /:name/x}, {@code /:name.:ending}. Immutable.
 *
 * <p>Slashes at the beginning and the end make no difference, neither to routes nor to paths. Differences from Spin: a wildcard
 * in front of other segments is refused when it is read, and not when a request comes.
 */
public final class Route {
    private static final String DOTS = "/...";
    private static final String STAR = "/*";

    private final String pattern;
    private final String based;
    private final List<Piece> pieces;

    private Route(String pattern, String based, List<Piece> pieces) {
        this.pattern = pattern;
        this.based = based;
        this.pieces = List.copyOf(pieces);
    }

    /** A piece of a pattern. */
    private sealed interface Piece {

        /** How exact it is: of two routes that differ here the one with the greater rank is asked first. */
        int rank();
    }

    private record Exact(String text) implements Piece {
        @Override
        public int rank() {
            return 3;
        }
    }

    private record Named(String name) implements Piece {
        @Override
        public int rank() {
            return 2;
        }
    }

    private record Wildcard() implements Piece {
        @Override
        public int rank() {
            return 1;
        }
    }

    /** A slash, or the dot behind a named piece. */
    private record Separator(char mark) implements Piece {
        @Override
        public int rank() {
            return 0;
        }
    }

    /**
     * Reads a pattern.
     *
     * @throws ManifestException if a wildcard is not the last segment, or a name is missing
     */
    public static Route parse(String pattern, Place place) {
        return parse("/", pattern, place);
    }

    /** Reads a pattern below {@code base}. */
    public static Route parse(String base, String pattern, Place place) {
        String based = withoutSlash(base) + withoutSlash(pattern.startsWith("/") ? pattern : "/" + pattern);
        String path = based.endsWith(DOTS) ? based.substring(0, based.length() - DOTS.length()) + STAR : based;
        List<Piece> pieces = new ArrayList<>();
        for (String segment : trim(path).split("/", -1)) {
            if (!segment.isEmpty()) {
                if (!pieces.isEmpty()) {
                    pieces.add(new Separator('/'));
                }
                addSegment(segment, pieces, pattern, place);
            }
        }
        int wildcard = pieces.indexOf(new Wildcard());
        if (wildcard >= 0 && wildcard < pieces.size() - 1) {
            throw new ManifestException(place, "route `" + pattern + "` goes on behind its wildcard, expected it last");
        }
        return new Route(pattern, based, pieces);
    }

    /** A dot separates only behind a named piece; elsewhere it is a character like any other. */
    private static void addSegment(String segment, List<Piece> pieces, String pattern, Place place) {
        var exact = new StringBuilder();
        String[] words = segment.split("\\.", -1);
        boolean named = false;
        for (int i = 0; i < words.length; i++) {
            String word = words[i];
            if (i > 0 && named) {
                pieces.add(new Separator('.'));
            } else if (i > 0) {
                exact.append('.');
            }
            boolean special = word.startsWith(":") || word.startsWith("*");
            if (!special) {
                exact.append(word);
                named = word.isEmpty() && named && i < words.length - 1;
                continue;
            }
            if (!exact.isEmpty()) {
                pieces.add(new Exact(exact.toString()));
                exact.setLength(0);
            }
            pieces.add(special(word, pattern, place));
            named = true;
        }
        if (!exact.isEmpty()) {
            pieces.add(new Exact(exact.toString()));
        }
    }

    private static Piece special(String word, String pattern, Place place) {
        if (word.equals("*")) {
            return new Wildcard();
        }
        if (word.startsWith("*")) {
            throw new ManifestException(
                    place, "wildcard `" + word + "` of route `" + pattern + "` has a name, expected `*` or `...`");
        }
        if (word.length() == 1) {
            throw new ManifestException(place, "`:` in route `" + pattern + "` has no name, expected one like `:id`");
        }
        return new Named(word.substring(1));
    }

    private static String trim(String path) {
        int start = 0;
        int end = path.length();
        while (start < end && path.charAt(start) == '/') {
            start++;
        }
        while (end > start && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(start, end);
    }

    private static String withoutSlash(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    /** As it was written. */
    public String pattern() {
        return pattern;
    }

    /** With the base, {@code /} for the root. */
    public String based() {
        return based.isEmpty() ? "/" : based;
    }

    /** As it was written, without {@code /...} at its end. */
    public String prefix() {
        return pattern.endsWith(DOTS) ? pattern.substring(0, pattern.length() - DOTS.length()) : pattern;
    }

    /** With the base, without {@code /...} at its end. */
    public String basedPrefix() {
        return based.endsWith(DOTS) ? based.substring(0, based.length() - DOTS.length()) : based;
    }

    /** Whether it ends in a wildcard. */
    public boolean isOpen() {
        return !pieces.isEmpty() && pieces.getLast() instanceof Wildcard;
    }

    /** Whether it lies below {@code /.well-known/spin/}, where the host answers itself. */
    public boolean isReserved() {
        return based.startsWith(Router.RESERVED);
    }

    /** Whether exactly the same paths match. */
    boolean matchesTheSame(Route other) {
        return anonymous().equals(other.anonymous());
    }

    private List<Piece> anonymous() {
        return pieces.stream()
                .map(piece -> piece instanceof Named ? new Named("") : piece)
                .toList();
    }

    /** Negative if this route is asked before {@code other}: the first piece that differs decides. */
    int compare(Route other) {
        for (int i = 0; i < Math.min(pieces.size(), other.pieces.size()); i++) {
            int order = other.pieces.get(i).rank() - pieces.get(i).rank();
            if (order != 0) {
                return order;
            }
        }
        int order = Long.compare(other.dots(), dots());
        return order != 0 ? order : Integer.compare(pieces.size(), other.pieces.size());
    }

    private long dots() {
        return pieces.stream().filter(new Separator('.')::equals).count();
    }

    /**
     * What a match found.
     *
     * @param named the values of the named pieces, not decoded
     * @param trailing what the wildcard stands for, with the slash in front and those behind; empty without a wildcard
     */
    public record Captures(Map<String, String> named, String trailing) {
        public Captures {
            named = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(named));
        }
    }

    /** Matches a path without its query; null if it does not match. */
    @Nullable Captures match(String path) {
        String rest = trim(path);
        Map<String, String> named = new LinkedHashMap<>();
        String trailing = "";
        for (int i = 0; i < pieces.size(); i++) {
            switch (pieces.get(i)) {
                case Exact exact -> {
                    if (!rest.startsWith(exact.text())) {
                        return null;
                    }
                    rest = rest.substring(exact.text().length());
                }
                case Named name -> {
                    int end = nameEnd(rest, i);
                    if (rest.isEmpty() || end < 0) {
                        return null;
                    }
                    named.put(name.name(), rest.substring(0, end));
                    rest = rest.substring(end);
                }
                case Separator separator -> {
                    boolean beforeWildcard = rest.isEmpty() && i + 1 == pieces.size() - 1 && isOpen();
                    if (!beforeWildcard && (rest.isEmpty() || rest.charAt(0) != separator.mark())) {
                        return null;
                    }
                    rest = beforeWildcard ? rest : rest.substring(1);
                }
                case Wildcard _ -> {
                    // slashes at the end were given to guests from the beginning
                    trailing = (rest.isEmpty() ? "" : "/" + rest) + (path.endsWith("/") ? "/" : "");
                    rest = "";
                }
            }
        }
        return rest.isEmpty() ? new Captures(named, trailing) : null;
    }

    /** Where the value of the named piece {@code index} ends; negative if what must follow does not. */
    private int nameEnd(String rest, int index) {
        int slash = rest.indexOf('/');
        boolean dot = index + 1 < pieces.size() && pieces.get(index + 1).equals(new Separator('.'));
        if (!dot) {
            return slash < 0 ? rest.length() : slash;
        }
        int end = rest.indexOf('.');
        return slash >= 0 && slash < end ? -1 : end;
    }

    @Override
    public String toString() {
        return based();
    }
}

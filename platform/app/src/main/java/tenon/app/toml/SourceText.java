package tenon.app.toml;

import java.util.List;
import org.tomlj.TomlPosition;
import tenon.app.ManifestException;
import tenon.types.Place;

/** The text behind the library's positions, which are those of keys: finds a key's segments and its value. Immutable. */
final class SourceText {
    private final String file;
    private final String text;
    private final List<String> lines;

    SourceText(String file, String text) {
        this.file = file;
        this.text = text;
        this.lines = List.of(text.split("\r?\n", -1));
    }

    String text() {
        return text;
    }

    Place place(TomlPosition position) {
        return place(position.line(), position.column());
    }

    /** Where an item of an array begins: the library tells where the blanks, line breaks and comments in front of it do. */
    Place itemPlace(TomlPosition position) {
        int line = position.line();
        int at = blanks(line(line), position.column() - 1);
        while (line < lines.size() && (at >= line(line).length() || line(line).charAt(at) == '#')) {
            line++;
            at = blanks(line(line), 0);
        }
        return place(line, at + 1);
    }

    /** Counts from 1; what is beyond the text is its end. */
    Place place(int line, int column) {
        return new Place.TextPosition(file, line, column, line(line));
    }

    private String line(int line) {
        return line >= 1 && line <= lines.size() ? lines.get(line - 1) : "";
    }

    /** Whether a key comes from a {@code [header]}. */
    boolean isHeader(TomlPosition position) {
        return line(position.line()).startsWith("[", position.column() - 1);
    }

    /** Whether a value is an inline table, if it is a table. */
    boolean isInline(Place place) {
        return place instanceof Place.TextPosition at && at.source().startsWith("{", at.column() - 1);
    }

    /** Where a segment of the dotted key or of the header at {@code position} stands. */
    Place keyPlace(TomlPosition position, int segment) {
        return place(position.line(), segmentStart(position, segment) + 1);
    }

    /** Where the value of the dotted key at {@code position} stands; for a table that a header or a dotted key makes: its key. */
    Place valuePlace(TomlPosition position, int segment) {
        String line = line(position.line());
        int end = blanks(line, segmentEnd(line, segmentStart(position, segment)));
        if (end >= line.length() || line.charAt(end) != '=') {
            return keyPlace(position, segment);
        }
        return place(position.line(), blanks(line, end + 1) + 1);
    }

    private int segmentStart(TomlPosition position, int segment) {
        String line = line(position.line());
        int at = position.column() - 1;
        while (at < line.length() && line.charAt(at) == '[') {
            at++;
        }
        at = blanks(line, at);
        for (int i = 0; i < segment; i++) {
            int end = blanks(line, segmentEnd(line, at));
            if (end >= line.length() || line.charAt(end) != '.') {
                return at;
            }
            at = blanks(line, end + 1);
        }
        return at;
    }

    /** Index behind a bare or quoted key; keys have no line breaks. */
    private static int segmentEnd(String line, int start) {
        int at = start;
        if (at < line.length() && (line.charAt(at) == '"' || line.charAt(at) == '\'')) {
            char quote = line.charAt(at++);
            while (at < line.length() && line.charAt(at) != quote) {
                at += line.charAt(at) == '\\' && quote == '"' ? 2 : 1;
            }
            return Math.min(at + 1, line.length());
        }
        while (at < line.length() && ".=] \t".indexOf(line.charAt(at)) < 0) {
            at++;
        }
        return at;
    }

    private static int blanks(String line, int start) {
        int at = start;
        while (at < line.length() && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
            at++;
        }
        return at;
    }

    /**
     * Refuses what the library fails at: arrays and inline tables that are nested deeper than {@code most}, and broken escapes.
     */
    void check(int most) {
        int depth = 0;
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '[' || c == '{') {
                depth++;
                if (depth > most) {
                    throw new ManifestException(placeOf(at), "nested deeper than " + most);
                }
            } else if (c == ']' || c == '}') {
                depth = Math.max(0, depth - 1);
            }
            at = c == '"' || c == '\'' ? stringEnd(at) : c == '#' ? lineEnd(at) : at + 1;
        }
    }

    private Place placeOf(int offset) {
        int line =
                (int) text.substring(0, offset).chars().filter(c -> c == '\n').count() + 1;
        return place(line, offset - text.lastIndexOf('\n', offset - 1));
    }

    private int lineEnd(int at) {
        int end = text.indexOf('\n', at);
        return end < 0 ? text.length() : end;
    }

    /** Index behind a string of one line or of several. */
    private int stringEnd(int start) {
        char quote = text.charAt(start);
        String three = String.valueOf(quote).repeat(3);
        boolean lines = text.startsWith(three, start);
        int at = start + (lines ? 3 : 1);
        while (at < text.length()) {
            char c = text.charAt(at);
            if (lines ? text.startsWith(three, at) : c == quote) {
                return at + (lines ? 3 : 1);
            }
            if (c == '\n' && !lines) {
                return at;
            }
            boolean escape = c == '\\' && quote == '"';
            if (escape) {
                checkEscape(at, lines);
            }
            at += escape ? 2 : 1;
        }
        return text.length();
    }

    /** TOML 1.0, "String": {@code at} is the index of the backslash. */
    private void checkEscape(int at, boolean lines) {
        char c = at + 1 < text.length() ? text.charAt(at + 1) : '"';
        boolean blank = lines && (c == ' ' || c == '\t' || c == '\n' || c == '\r');
        int digits = c == 'u' ? 4 : c == 'U' ? 8 : 0;
        String code = text.substring(Math.min(at + 2, text.length()), Math.min(at + 2 + digits, text.length()));
        if (!blank && ("btnfruU\"\\".indexOf(c) < 0 || !code.matches("[0-9A-Fa-f]{" + digits + "}"))) {
            throw new ManifestException(
                    placeOf(at), "not TOML: `\\" + c + "` is not an escape, expected one like `\\n` or `\\u0041`");
        }
    }
}

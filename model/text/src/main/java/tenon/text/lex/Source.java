package tenon.text.lex;

import java.util.Arrays;
import java.util.stream.IntStream;
import tenon.types.MalformedException;
import tenon.types.Place;

/** A text with the name that errors give it. Offsets count UTF-16 code units, as in a string. Thread-safe. */
public final class Source {
    private final String file;
    private final String text;
    private final int[] lineStarts;

    /** The line of the last position, since the positions of one line should share its text. */
    private Line last = new Line(-1, "");

    private record Line(int number, String text) {}

    /** A text that errors call {@code file}. */
    public Source(String file, String text) {
        this.file = file;
        this.text = text;
        this.lineStarts = lineStarts(text);
    }

    /** Decodes UTF-8; a byte that is none is malformed. */
    public static Source decode(String file, byte[] utf8) {
        Utf8 decoded = Utf8.decode(utf8);
        var source = new Source(file, decoded.text());
        if (!decoded.wellFormed()) {
            throw source.malformed(source.text.length(), "malformed UTF-8 encoding");
        }
        return source;
    }

    /** How errors call the text. */
    public String file() {
        return file;
    }

    /** The whole text. */
    public String text() {
        return text;
    }

    /** The place of the character at an offset; columns count code points. */
    public Place.TextPosition position(int offset) {
        int found = Arrays.binarySearch(lineStarts, offset);
        int line = found >= 0 ? found : -found - 2;
        int column = text.codePointCount(lineStarts[line], offset) + 1;
        return new Place.TextPosition(file, line + 1, column, line(line));
    }

    private String line(int number) {
        Line known = last;
        if (known.number != number) {
            int start = lineStarts[number];
            int end = number + 1 < lineStarts.length ? lineStarts[number + 1] : text.length();
            while (end > start && isLineEnd(text.charAt(end - 1))) {
                end--;
            }
            known = new Line(number, text.substring(start, end));
            last = known;
        }
        return known.text;
    }

    /** An error at an offset, for the caller to throw. */
    public MalformedException malformed(int offset, String fact) {
        return new MalformedException(position(offset), fact);
    }

    /** Offsets behind each line's end; {@code LF}, {@code CR} and both together end a line. */
    private static int[] lineStarts(String text) {
        return IntStream.concat(
                        IntStream.of(0),
                        IntStream.range(0, text.length())
                                .filter(i -> endsLine(text, i))
                                .map(i -> i + 1))
                .toArray();
    }

    private static boolean endsLine(String text, int i) {
        char c = text.charAt(i);
        return c == '\n' || (c == '\r' && (i + 1 == text.length() || text.charAt(i + 1) != '\n'));
    }

    private static boolean isLineEnd(char c) {
        return c == '\n' || c == '\r';
    }
}

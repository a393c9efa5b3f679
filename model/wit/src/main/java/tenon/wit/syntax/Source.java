package tenon.wit.syntax;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;
import tenon.types.Place;
import tenon.wit.Diagnostic;
import tenon.wit.WitException;

/** A text with the name that errors give it. Offsets count UTF-16 code units, as in a string. Immutable. */
public final class Source {
    private final String file;
    private final String text;
    private final int[] lineStarts;

    /** A text that errors call {@code file}. */
    public Source(String file, String text) {
        this.file = file;
        this.text = text;
        this.lineStarts = IntStream.concat(
                        IntStream.of(0),
                        IntStream.range(0, text.length())
                                .filter(i -> text.charAt(i) == '\n')
                                .map(i -> i + 1))
                .toArray();
    }

    /** Decodes UTF-8: WIT.md, "Lexical structure". */
    public static Source decode(String file, byte[] utf8) {
        var bytes = ByteBuffer.wrap(utf8);
        try {
            return new Source(
                    file, StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
        } catch (CharacterCodingException _) {
            // the decoder stops in front of the first byte that is none
            String before = new String(utf8, 0, bytes.position(), StandardCharsets.UTF_8);
            throw new WitException(Diagnostic.of(
                    new Source(file, before).position(before.length()), "malformed UTF-8, expected a text"));
        }
    }

    /** How errors call the text. */
    public String file() {
        return file;
    }

    /** The whole text. */
    public String text() {
        return text;
    }

    /** The line of an offset, from 0. */
    public int line(int offset) {
        int found = Arrays.binarySearch(lineStarts, offset);
        return found >= 0 ? found : -found - 2;
    }

    /** The place of the character at an offset; columns count code points. */
    public Place.TextPosition position(int offset) {
        int line = line(offset);
        int column = text.codePointCount(lineStarts[line], offset) + 1;
        int end = line + 1 < lineStarts.length ? lineStarts[line + 1] - 1 : text.length();
        if (end > lineStarts[line] && text.charAt(end - 1) == '\r') {
            end--;
        }
        return new Place.TextPosition(
                file, line + 1, column, text.substring(lineStarts[line], Math.max(end, lineStarts[line])));
    }
}

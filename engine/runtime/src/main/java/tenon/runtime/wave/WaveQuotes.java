package tenon.runtime.wave;

import tenon.types.MalformedException;

/** Reads what stands in quotes: chars, strings, and strings of several lines. */
final class WaveQuotes {
    private static final String TRIPLE = "\"\"\"";

    private final WaveSource source;
    private final String text;

    WaveQuotes(WaveSource source) {
        this.source = source;
        this.text = source.text();
    }

    /** What was read, and the place behind it. */
    record Read<T>(T value, int end) {}

    /** A char; {@code start} is its opening quote. */
    Read<Integer> readChar(int start) {
        Read<Integer> read = readUnit(start + 1, '\'');
        if (read.end() >= text.length() || text.charAt(read.end()) != '\'') {
            throw source.malformed(start, "invalid char, expected one character or escape between `'` and `'`");
        }
        return new Read<>(read.value(), read.end() + 1);
    }

    /** A string of one or several lines; {@code start} is its opening quote. */
    Read<String> readText(int start) {
        if (text.startsWith(TRIPLE, start)) {
            return readLines(start);
        }
        var value = new StringBuilder();
        int position = start + 1;
        while (position < text.length() && text.charAt(position) != '"') {
            Read<Integer> read = readUnit(position, '"');
            value.appendCodePoint(read.value());
            position = read.end();
        }
        if (position >= text.length()) {
            throw source.malformed(start, "string is not closed, expected `\"`");
        }
        return new Read<>(value.toString(), position + 1);
    }

    /** Lines between triple quotes; the spaces in front of the closing ones are taken off every line. */
    private Read<String> readLines(int start) {
        int first = start + TRIPLE.length();
        if (text.startsWith("\r\n", first)) {
            first++;
        } else if (!text.startsWith("\n", first)) {
            throw source.malformed(start, "expected a line break behind `\"\"\"`");
        }
        first++;
        int end = closing(start, first);
        int lastLine = text.lastIndexOf('\n', end - 1) + 1;
        String indent = text.substring(lastLine, end);
        if (!indent.chars().allMatch(c -> c == ' ')) {
            throw source.malformed(end, "expected only spaces in front of the closing `\"\"\"`");
        }
        var value = new StringBuilder();
        int position = first;
        while (position < lastLine) {
            int lineBreak = text.indexOf('\n', position);
            int lineEnd = lineBreak > position && text.charAt(lineBreak - 1) == '\r' ? lineBreak - 1 : lineBreak;
            if (!text.startsWith(indent, position)) {
                throw source.malformed(
                        position,
                        "expected at least " + indent.length() + " spaces, as in front of the closing `\"\"\"`");
            }
            appendLine(position + indent.length(), lineEnd, value);
            position = lineBreak + 1;
            if (position < lastLine) {
                value.append('\n');
            }
        }
        return new Read<>(value.toString(), end + TRIPLE.length());
    }

    /** Where the closing quotes are; an escaped quote cannot be the first of them. */
    private int closing(int start, int first) {
        for (int i = first; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.startsWith(TRIPLE, i)) {
                return i;
            }
        }
        throw source.malformed(start, "string is not closed, expected `\"\"\"`");
    }

    private void appendLine(int from, int to, StringBuilder value) {
        int position = from;
        while (position < to) {
            // in lines of their own no quote ends the string
            Read<Integer> read = readUnit(position, '\0');
            value.appendCodePoint(read.value());
            position = read.end();
        }
    }

    /** One character or escape; neither {@code quote} nor a line break may stand for itself. */
    private Read<Integer> readUnit(int at, char quote) {
        if (at >= text.length()) {
            throw source.malformed(at, "unexpected end, expected a character");
        }
        int c = text.codePointAt(at);
        if (c == quote || c == '\n') {
            throw source.malformed(
                    at,
                    c == quote
                            ? "expected a character, or `\\` in front of the quote"
                            : "unexpected line break, expected `\\n`");
        }
        if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
            throw source.malformed(at, "unpaired surrogate, expected a Unicode scalar value");
        }
        return c == '\\' ? readEscape(at) : new Read<>(c, at + Character.charCount(c));
    }

    private Read<Integer> readEscape(int at) {
        char kind = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
        return switch (kind) {
            case '\'', '"', '\\' -> new Read<>((int) kind, at + 2);
            case 't' -> new Read<>((int) '\t', at + 2);
            case 'n' -> new Read<>((int) '\n', at + 2);
            case 'r' -> new Read<>((int) '\r', at + 2);
            case 'u' -> readScalar(at);
            default -> throw invalidEscape(at);
        };
    }

    /** {@code \}{@code u} and one to six hexadecimal digits in braces. */
    private Read<Integer> readScalar(int at) {
        int close = text.indexOf('}', at);
        if (!text.startsWith("{", at + 2) || close < at + 4 || close > at + 9) {
            throw invalidEscape(at);
        }
        int value = 0;
        for (int i = at + 3; i < close; i++) {
            int digit = text.charAt(i) < 0x80 ? Character.digit(text.charAt(i), 16) : -1;
            if (digit < 0) {
                throw invalidEscape(at);
            }
            value = value << 4 | digit;
        }
        if (!Character.isValidCodePoint(value)
                || (value >= Character.MIN_SURROGATE && value <= Character.MAX_SURROGATE)) {
            throw source.malformed(at, "invalid escape, expected a Unicode scalar value");
        }
        return new Read<>(value, close + 1);
    }

    private MalformedException invalidEscape(int at) {
        return source.malformed(
                at,
                "invalid escape, expected `\\'`, `\\\"`, `\\\\`, `\\t`, `\\n`, `\\r` or `\\u{…}` with hexadecimal digits");
    }
}

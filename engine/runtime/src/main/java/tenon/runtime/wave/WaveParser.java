package tenon.runtime.wave;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tenon.runtime.wave.WaveNode.Field;
import tenon.runtime.wave.WaveNode.Flag;
import tenon.types.MalformedException;
import tenon.types.component.Label;

/** Reads WAVE text into nodes; spaces and comments ({@code //} to the line's end) may stand between tokens. */
final class WaveParser {
    static final Set<String> KEYWORDS = Set.of("true", "false", "inf", "nan", "some", "none", "ok", "err");

    private static final int MAX_NESTING = 200;

    private final WaveSource source;
    private final String text;
    private final WaveQuotes quotes;
    private int position;
    private int nesting;

    WaveParser(WaveSource source) {
        this.source = source;
        this.text = source.text();
        this.quotes = new WaveQuotes(source);
    }

    /** The whole text as one value. */
    WaveNode readWhole() {
        WaveNode node = readValue();
        expectEnd();
        return node;
    }

    /** What stands in front of the first parenthesis. */
    String readFunctionName() {
        skipSpace();
        int start = position;
        int paren = text.indexOf('(', start);
        if (paren < 0) {
            throw source.malformed(text.length(), "expected `(` behind the function's name");
        }
        String name = text.substring(start, paren).strip();
        if (name.isEmpty() || name.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw source.malformed(start, "expected a function's name in front of `(`");
        }
        position = paren;
        return name;
    }

    /** The arguments in parentheses, up to the end of the text. */
    List<WaveNode> readArguments() {
        position++;
        List<WaveNode> arguments = readUntil(')', _ -> readValue());
        expectEnd();
        return arguments;
    }

    private void expectEnd() {
        skipSpace();
        if (position < text.length()) {
            throw unexpected("the end");
        }
    }

    private WaveNode readValue() {
        skipSpace();
        if (++nesting > MAX_NESTING) {
            throw source.malformed(position, "values are nested more than " + MAX_NESTING + " deep");
        }
        int start = position;
        if (position == text.length()) {
            throw unexpected("a value");
        }
        char c = text.charAt(position);
        WaveNode node = switch (c) {
            case '[' -> {
                position++;
                yield new WaveNode.Sequence(readUntil(']', _ -> readValue()), start);
            }
            case '(' -> {
                position++;
                yield new WaveNode.Tuple(readUntil(')', _ -> readValue()), start);
            }
            case '{' -> readBraces(start);
            case '\'' -> readChar(start);
            case '"' -> readText(start);
            default -> c == '-' || isDigit(c) ? readNumber(start) : readName(start);
        };
        nesting--;
        return node;
    }

    /** Elements with commas between them and, if one likes, behind the last. */
    private <T> List<T> readUntil(char close, Function<Integer, T> element) {
        var elements = new ArrayList<T>();
        skipSpace();
        while (!take(close)) {
            elements.add(element.apply(position));
            skipSpace();
            if (!take(',')) {
                expect(close);
                return elements;
            }
            skipSpace();
        }
        return elements;
    }

    /** A record or flags: which of them, the first entry says; <code>{:}</code> is a record without fields. */
    private WaveNode readBraces(int start) {
        position++;
        skipSpace();
        if (take(':')) {
            skipSpace();
            expect('}');
            return new WaveNode.Fields(List.of(), start);
        }
        if (take('}')) {
            return new WaveNode.Flags(List.of(), start);
        }
        int first = position;
        readLabel();
        skipSpace();
        if (position < text.length() && text.charAt(position) == '=') {
            throw unexpected("`:`");
        }
        boolean isRecord = position < text.length() && text.charAt(position) == ':';
        position = first;
        return isRecord
                ? new WaveNode.Fields(readUntil('}', this::readField), start)
                : new WaveNode.Flags(readUntil('}', at -> new Flag(readLabel(), at)), start);
    }

    private Field readField(int at) {
        String label = readLabel();
        skipSpace();
        expect(':');
        return new Field(label, readValue(), at);
    }

    private WaveNode readChar(int start) {
        WaveQuotes.Read<Integer> read = quotes.readChar(start);
        position = read.end();
        return new WaveNode.Char(read.value(), start);
    }

    private WaveNode readText(int start) {
        WaveQuotes.Read<String> read = quotes.readText(start);
        position = read.end();
        return new WaveNode.Text(read.value(), start);
    }

    /** A JSON number, or {@code -inf}. */
    private WaveNode readNumber(int start) {
        if (text.startsWith("-inf", start) && !isLabelPart(start + 4)) {
            position += 4;
            return new WaveNode.Number("-inf", start);
        }
        take('-');
        int digits = position;
        readDigits(start);
        if (text.charAt(digits) == '0' && position > digits + 1) {
            throw source.malformed(start, "number starts with a zero, expected none");
        }
        if (take('.')) {
            readDigits(start);
        }
        if (take('e') || take('E')) {
            if (!take('+')) {
                take('-');
            }
            readDigits(start);
        }
        if (isLabelPart(position)) {
            throw unexpected("the end of the number");
        }
        return new WaveNode.Number(text.substring(start, position), start);
    }

    private void readDigits(int start) {
        int first = position;
        while (position < text.length() && isDigit(text.charAt(position))) {
            position++;
        }
        if (position == first) {
            throw source.malformed(start, "invalid number, expected a digit");
        }
    }

    private WaveNode readName(int start) {
        boolean escaped = text.charAt(start) == '%';
        String label = readLabel();
        int end = position;
        skipSpace();
        boolean payload = take('(');
        if (!payload) {
            position = end;
        }
        boolean keyword = !escaped && KEYWORDS.contains(label);
        if (keyword && payload != label.equals("some") && !label.equals("ok") && !label.equals("err")) {
            skipSpace();
            throw payload
                    ? source.malformed(start, "`" + label + "` takes no payload, found `(`")
                    : unexpected("`(` behind `some`");
        }
        if (!payload) {
            return new WaveNode.Name(label, escaped, Optional.empty(), start);
        }
        WaveNode value = readValue();
        skipSpace();
        expect(')');
        return new WaveNode.Name(label, escaped, Optional.of(value), start);
    }

    private String readLabel() {
        skipSpace();
        int start = position;
        take('%');
        int first = position;
        while (isLabelPart(position)) {
            position++;
        }
        String label = text.substring(first, position);
        if (!Label.isLabel(label)) {
            position = start;
            if (label.isEmpty() && first == start) {
                boolean quoted = nesting > 0 && position < text.length() && text.charAt(position) == '"';
                throw unexpected(quoted ? "a label, which stands without quotes" : "a label or value");
            }
            throw source.malformed(start, "`" + label + "` is not a label, expected kebab case" + like(label));
        }
        return label;
    }

    /** The label in kebab case; a keyword is one word. */
    private static String like(String label) {
        String lower = label.toLowerCase(Locale.ROOT);
        String kebab = KEYWORDS.contains(lower)
                ? lower
                : label.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
        return Label.isLabel(kebab) ? " like `" + kebab + "`" : "";
    }

    private boolean isLabelPart(int at) {
        if (at >= text.length()) {
            return false;
        }
        char c = text.charAt(at);
        return c == '-' || isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private boolean take(char wanted) {
        boolean there = position < text.length() && text.charAt(position) == wanted;
        position += there ? 1 : 0;
        return there;
    }

    private void expect(char wanted) {
        if (!take(wanted)) {
            throw unexpected("`" + wanted + "`");
        }
    }

    private void skipSpace() {
        while (position < text.length()) {
            if (Character.isWhitespace(text.charAt(position))) {
                position++;
            } else if (text.startsWith("//", position)) {
                int end = text.indexOf('\n', position);
                position = end < 0 ? text.length() : end;
            } else {
                return;
            }
        }
    }

    private MalformedException unexpected(String expected) {
        if (position >= text.length()) {
            return source.malformed(text.length(), "unexpected end, expected " + expected);
        }
        String found = Character.toString(text.codePointAt(position));
        return source.malformed(position, "unexpected `" + found + "`, expected " + expected);
    }
}

package tenon.text.lex;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** The tokens of a source in order, parentheses matched. Immutable once the lexer has made it. */
public final class Tokens {
    private static final Token[] KINDS = Token.values();
    private static final int UNMATCHED = -1;

    private final Source source;
    private final List<Annotation> annotations = new ArrayList<>();
    private byte[] kinds = new byte[256];
    private int[] starts = new int[256];
    private int[] ends = new int[256];
    private int[] partners = new int[0];
    private int size;

    Tokens(Source source) {
        this.source = source;
    }

    void add(Token kind, int start, int end) {
        if (size == kinds.length) {
            kinds = Arrays.copyOf(kinds, size * 2);
            starts = Arrays.copyOf(starts, size * 2);
            ends = Arrays.copyOf(ends, size * 2);
        }
        kinds[size] = (byte) kind.ordinal();
        starts[size] = start;
        ends[size] = end;
        size++;
    }

    void add(Annotation annotation) {
        annotations.add(annotation);
    }

    /** Matches parentheses and adds the {@code END} at an offset. */
    Tokens finish(int end) {
        add(Token.END, end, end);
        partners = new int[size];
        Arrays.fill(partners, UNMATCHED);
        int[] open = new int[size];
        int depth = 0;
        for (int i = 0; i < size; i++) {
            if (kind(i) == Token.OPEN) {
                open[depth++] = i;
            } else if (kind(i) == Token.CLOSE && depth > 0) {
                partners[open[--depth]] = i;
            }
        }
        return this;
    }

    /** How many tokens there are, {@code END} included. */
    public int size() {
        return size;
    }

    public Source source() {
        return source;
    }

    public Token kind(int index) {
        return KINDS[kinds[index]];
    }

    /** The offset of a token's first character. */
    public int start(int index) {
        return starts[index];
    }

    /** The offset behind a token's last character. */
    public int end(int index) {
        return ends[index];
    }

    /** A token as it is written. */
    public String text(int index) {
        return source.text().substring(starts[index], ends[index]);
    }

    /**
     * The token that closes an open parenthesis.
     *
     * @throws tenon.types.MalformedException if nothing closes it
     */
    public int partner(int open) {
        if (partners[open] == UNMATCHED) {
            throw source.malformed(starts[open], "unexpected token: parenthesis is never closed");
        }
        return partners[open];
    }

    /** The bytes of a string token. */
    public byte[] bytes(int index) {
        return StringLiteral.bytes(source, starts[index], ends[index]);
    }

    /** The text of a string token, which has to be UTF-8. */
    public String utf8(int index) {
        return StringLiteral.utf8(source, starts[index], ends[index]);
    }

    /** The code point of a character token. */
    public int codePoint(int index) {
        return CharacterLiteral.codePoint(source, starts[index], ends[index]);
    }

    /** The name of an identifier token without {@code $}; quoted and plain forms of one name are equal. */
    public String name(int index) {
        int start = starts[index] + 1;
        return source.text().charAt(start) == '"'
                ? StringLiteral.utf8(source, start, ends[index])
                : source.text().substring(start, ends[index]);
    }

    /** The annotations that stand between two tokens or before the first, from {@code from} up to {@code to}. */
    public List<Annotation> annotations(int from, int to) {
        if (annotations.isEmpty()) {
            return List.of();
        }
        return annotations.subList(firstAnnotation(from), firstAnnotation(to));
    }

    private int firstAnnotation(int token) {
        var probe = new Annotation("", token, 0, this);
        int found = Collections.binarySearch(
                annotations, probe, (a, b) -> a.before() < b.before() ? -1 : 1); // never equal: the first is wanted
        return -found - 1;
    }
}

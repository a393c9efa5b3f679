package tenon.text.lex;

import java.util.Optional;
import java.util.OptionalLong;
import tenon.types.MalformedException;
import tenon.types.Place;

/** A place among tokens that moves forward: what every parser of the module reads from. Confined to one thread. */
public final class Cursor {
    /** Characters of a token that a message shows. */
    private static final int LONGEST = 60;

    private final Tokens tokens;
    private int index;

    /** A cursor in front of the token {@code index}. */
    public Cursor(Tokens tokens, int index) {
        this.tokens = tokens;
        this.index = index;
    }

    public Tokens tokens() {
        return tokens;
    }

    /** The index of the next token. */
    public int index() {
        return index;
    }

    /** A second cursor at the same place. */
    public Cursor fork() {
        return new Cursor(tokens, index);
    }

    /** Moves to another token. */
    public void moveTo(int token) {
        index = token;
    }

    /** The kind of the next token. */
    public Token kind() {
        return tokens.kind(index);
    }

    public boolean at(Token kind) {
        return tokens.kind(index) == kind;
    }

    /** Whether the next token is this keyword. */
    public boolean atKeyword(String keyword) {
        return isKeyword(index, keyword);
    }

    /** Whether a parenthesis follows that opens with this keyword. */
    public boolean atOpen(String keyword) {
        return at(Token.OPEN) && isKeyword(index + 1, keyword);
    }

    private boolean isKeyword(int token, String keyword) {
        return tokens.kind(token) == Token.KEYWORD
                && tokens.end(token) - tokens.start(token) == keyword.length()
                && tokens.source().text().startsWith(keyword, tokens.start(token));
    }

    /** The next token as it is written. */
    public String text() {
        return tokens.text(index);
    }

    /** The keyword behind the parenthesis that follows, or an empty text where there is none. */
    public String openKeyword() {
        return at(Token.OPEN) && tokens.kind(index + 1) == Token.KEYWORD ? tokens.text(index + 1) : "";
    }

    /** Steps over the next token. */
    public void skip() {
        index++;
    }

    /** Steps over the keyword if it is next. */
    public boolean take(String keyword) {
        boolean here = atKeyword(keyword);
        index += here ? 1 : 0;
        return here;
    }

    /** Steps over a parenthesis and its keyword if they are next. */
    public boolean takeOpen(String keyword) {
        boolean here = atOpen(keyword);
        index += here ? 2 : 0;
        return here;
    }

    /** The identifier that is next, without {@code $}, or nothing. */
    public Optional<String> takeIdentifier() {
        return at(Token.IDENTIFIER) ? Optional.of(tokens.name(index++)) : Optional.empty();
    }

    /** The identifier that must be next, without {@code $}. */
    public String expectIdentifier() {
        return takeIdentifier().orElseThrow(() -> unexpected("an identifier"));
    }

    /** Steps over a token of this kind; {@code what} says in an error what was expected. */
    public void expect(Token kind, String what) {
        if (!at(kind)) {
            throw unexpected(what);
        }
        index++;
    }

    public void expectOpen() {
        expect(Token.OPEN, "`(`");
    }

    public void expectClose() {
        expect(Token.CLOSE, "`)`");
    }

    /** Steps over a keyword. */
    public void expectKeyword(String keyword) {
        if (!take(keyword)) {
            throw unexpected("`" + keyword + "`");
        }
    }

    /** The text of the string that is next, which has to be UTF-8. */
    public String expectName() {
        expect(Token.STRING, "a name in quotation marks");
        return tokens.utf8(index - 1);
    }

    /** The bytes of the string that is next. */
    public byte[] expectString() {
        expect(Token.STRING, "a string");
        return tokens.bytes(index - 1);
    }

    /** The character in single quotation marks that is next. */
    public int expectCharacter() {
        expect(Token.CHARACTER, "a character like `'c'`");
        return tokens.codePoint(index - 1);
    }

    /** An unsigned number of 32 bits. */
    public int expectU32() {
        return (int) unsigned(Integer.SIZE);
    }

    /** An unsigned number of 64 bits. */
    public long expectU64() {
        return unsigned(Long.SIZE);
    }

    /** The unsigned number of 64 bits in a token whose first characters are no part of it: {@code offset=8}. */
    public long expectU64After(int prefix) {
        String text = text().substring(prefix);
        boolean number = NumberGrammar.classify(text) == Token.INTEGER && Character.isDigit(text.charAt(0));
        var value = number ? IntegerLiteral.parse(text, Long.SIZE) : OptionalLong.empty();
        if (value.isEmpty()) {
            throw malformed((number ? "i64 constant out of range: `" : "unknown operator `") + abridged() + "`");
        }
        index++;
        return value.getAsLong();
    }

    private long unsigned(int bits) {
        if (!at(Token.INTEGER) || !Character.isDigit(text().charAt(0))) {
            throw unexpected("an unsigned number");
        }
        return integer(bits);
    }

    /** A number of 32 bits, with or without sign. */
    public int expectI32() {
        return (int) signed(Integer.SIZE);
    }

    /** A number of up to 64 bits, with or without sign; the result is sign-extended or not, by how it is written. */
    public long expectInteger(int bits) {
        return signed(bits);
    }

    private long signed(int bits) {
        if (!at(Token.INTEGER)) {
            throw unexpected("a whole number");
        }
        return integer(bits);
    }

    private long integer(int bits) {
        var value = IntegerLiteral.parse(text(), bits);
        if (value.isEmpty()) {
            throw malformed("i" + bits + " constant out of range: `" + abridged() + "`");
        }
        index++;
        return value.getAsLong();
    }

    /** The bits of a number of type {@code f32}. */
    public int expectF32() {
        return (int) floating(FloatLiteral.Format.F32);
    }

    /** The bits of a number of type {@code f64}. */
    public long expectF64() {
        return floating(FloatLiteral.Format.F64);
    }

    private long floating(FloatLiteral.Format format) {
        if (!at(Token.INTEGER) && !at(Token.FLOAT)) {
            throw unexpected("a number");
        }
        var value = FloatLiteral.parse(text(), format);
        if (value.isEmpty()) {
            throw malformed(format.text() + " constant out of range: `" + abridged() + "`");
        }
        index++;
        return value.getAsLong();
    }

    /** The index of the parenthesis that closes the one that is next. */
    public int partner() {
        return tokens.partner(index);
    }

    /** Steps over a whole parenthesis. */
    public void skipGroup() {
        index = partner() + 1;
    }

    /** The place of the next token. */
    public Place.TextPosition position() {
        return tokens.source().position(tokens.start(index));
    }

    /** An error at the next token, for the caller to throw. */
    public MalformedException malformed(String fact) {
        return malformed(index, fact);
    }

    /** An error at a token, for the caller to throw. */
    public MalformedException malformed(int token, String fact) {
        return tokens.source().malformed(tokens.start(token), fact);
    }

    /** The next token as a message shows it. */
    private String abridged() {
        String text = text();
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }

    /** The error for a next token that cannot stand here, for the caller to throw. */
    public MalformedException unexpected(String expected) {
        String text = abridged();
        return switch (kind()) {
            case END -> malformed("unexpected token: end of text, expected " + expected);
            case RESERVED -> malformed("unknown operator `" + text + "`, expected " + expected);
            case KEYWORD ->
                malformed((Vocabulary.knows(text) ? "unexpected token `" : "unknown operator `") + text + "`, expected "
                        + expected);
            case OPEN, CLOSE, IDENTIFIER, STRING, CHARACTER, INTEGER, FLOAT ->
                malformed("unexpected token `" + text + "`, expected " + expected);
        };
    }
}

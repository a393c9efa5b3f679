package tenon.text.lex;

/** The kinds of token: WebAssembly 3.0, "Tokens". */
public enum Token {
    /** {@code (}. */
    OPEN,
    /** {@code )}. */
    CLOSE,
    /** {@code $name} or {@code $"name"}. */
    IDENTIFIER,
    /** {@code "…"}. */
    STRING,
    /** A word that begins with a small letter, {@code offset=…} and the like included. */
    KEYWORD,
    /** A whole number with or without sign. */
    INTEGER,
    /** A number with fraction or exponent, an infinity or a NaN. */
    FLOAT,
    /** {@code 'c'}: in components only. */
    CHARACTER,
    /** A run of characters that is none of the others. */
    RESERVED,
    /** Behind the last token. */
    END
}

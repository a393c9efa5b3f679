package tenon.text.lex;

import org.jspecify.annotations.Nullable;

/**
 * Characters to tokens: WebAssembly 3.0, "Lexical Format". Nothing here recurses, so that no depth of comments or parentheses
 * hurts.
 */
public final class Lexer {
    private static final String SYMBOLS = "!#$%&'*+-./:<=>?@\\^_`|~";
    private static final String SEPARATORS = ",;[]{}";

    private final Source source;
    private final String text;
    private final Tokens tokens;
    private int at;

    /** The tokens of the annotation that is being read, or null outside; the dropped ones fill a list, too. */
    private @Nullable Tokens annotation;

    private String annotationId = "";
    private int annotationStart;
    private int annotationDepth;

    private Lexer(Source source) {
        this.source = source;
        this.text = source.text();
        this.tokens = new Tokens(source);
    }

    /**
     * All tokens of a source.
     *
     * @throws tenon.types.MalformedException for a character, string, comment or annotation that is none
     */
    public static Tokens tokens(Source source) {
        return new Lexer(source).run();
    }

    private Tokens run() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
                at++;
            } else if (text.startsWith(";;", at)) {
                lineComment();
            } else if (text.startsWith("(;", at)) {
                blockComment();
            } else if (c == '(') {
                open();
            } else if (c == ')') {
                close();
            } else if (c != '\'' || !character()) {
                word();
            }
        }
        if (annotation != null) {
            throw source.malformed(annotationStart, "unclosed annotation");
        }
        return tokens.finish(at);
    }

    private void lineComment() {
        while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
            at++;
        }
    }

    private void blockComment() {
        int start = at;
        int depth = 0;
        do {
            if (text.startsWith("(;", at)) {
                depth++;
                at += 2;
            } else if (text.startsWith(";)", at)) {
                depth--;
                at += 2;
            } else {
                at++;
            }
            if (at >= text.length() && depth > 0) {
                throw source.malformed(start, "unclosed comment");
            }
        } while (depth > 0);
    }

    private void open() {
        if (annotation == null && text.startsWith("(@", at)) {
            openAnnotation();
            return;
        }
        add(Token.OPEN, at, at + 1);
        at++;
        annotationDepth++;
    }

    private void close() {
        if (annotation != null && annotationDepth == 0) {
            if (Annotation.isKnown(annotationId)) {
                int before = tokens.size();
                tokens.add(new Annotation(annotationId, before, annotationStart, annotation.finish(at)));
            }
            annotation = null;
        } else {
            add(Token.CLOSE, at, at + 1);
            annotationDepth--;
        }
        at++;
    }

    private void openAnnotation() {
        annotationStart = at;
        at += 2;
        int start = at;
        if (at < text.length() && text.charAt(at) == '"') {
            at = quotedName(at, "empty annotation id");
            annotationId = StringLiteral.utf8(source, start, at);
        } else {
            while (at < text.length() && isIdCharacter(text.charAt(at))) {
                at++;
            }
            annotationId = text.substring(start, at);
        }
        if (annotationId.isEmpty()) {
            throw source.malformed(annotationStart, "empty annotation id");
        }
        annotation = new Tokens(source);
        annotationDepth = 0;
    }

    /** Steps over a character in quotation marks; false if there is none. Core text has none, and annotations hold what they like. */
    private boolean character() {
        int end = annotation == null ? CharacterLiteral.end(source, at) : -1;
        if (end < 0 || end < text.length() && " \t\n\r();".indexOf(text.charAt(end)) < 0) {
            return false;
        }
        add(Token.CHARACTER, at, end);
        at = end;
        return true;
    }

    /** A run of id characters, strings and separators: one token. */
    private void word() {
        int start = at;
        int strings = 0;
        boolean separator = false;
        while (at < text.length() && !text.startsWith(";;", at)) {
            char c = text.charAt(at);
            if (c == '"') {
                boolean name = at == start + 1 && text.charAt(start) == '$';
                at = name ? quotedName(at, "empty identifier") : StringLiteral.end(source, at);
                strings++;
            } else if (SEPARATORS.indexOf(c) >= 0) {
                separator = true;
                at++;
            } else if (isIdCharacter(c)) {
                at++;
            } else {
                break;
            }
        }
        if (at == start) {
            throw source.malformed(at, "illegal character");
        }
        add(separator ? Token.RESERVED : kind(start, strings), start, at);
    }

    private Token kind(int start, int strings) {
        char first = text.charAt(start);
        if (strings == 1 && first == '"' && StringLiteral.end(source, start) == at) {
            return Token.STRING;
        }
        if (first == '$') {
            return identifier(start, strings);
        }
        if (strings > 0) {
            return Token.RESERVED;
        }
        if ((first >= '0' && first <= '9') || first == '+' || first == '-') {
            return NumberGrammar.classify(text.substring(start, at));
        }
        if (first == 'i' || first == 'n') {
            Token number = NumberGrammar.classify(text.substring(start, at));
            return number == Token.RESERVED ? Token.KEYWORD : number;
        }
        return first >= 'a' && first <= 'z' ? Token.KEYWORD : Token.RESERVED;
    }

    private Token identifier(int start, int strings) {
        if (strings == 0) {
            if (at == start + 1 && annotation == null) {
                throw source.malformed(start, "empty identifier");
            }
            return Token.IDENTIFIER;
        }
        boolean quoted = strings == 1 && text.charAt(start + 1) == '"' && StringLiteral.end(source, start + 1) == at;
        if (quoted) {
            StringLiteral.utf8(source, start + 1, at);
        }
        return quoted ? Token.IDENTIFIER : Token.RESERVED;
    }

    /** The end of a name in quotation marks; what a name may not be gives the one error, as in the specification. */
    private int quotedName(int start, String fact) {
        for (int i = start + 1; i < text.length() && text.charAt(i) != '"'; i++) {
            if (text.charAt(i) < ' ') {
                throw source.malformed(start - 1, fact);
            }
            i += text.charAt(i) == '\\' ? 1 : 0;
        }
        int end = StringLiteral.end(source, start);
        if (end == start + 2) {
            throw source.malformed(start - 1, fact);
        }
        return end;
    }

    private void add(Token kind, int start, int end) {
        (annotation == null ? tokens : annotation).add(kind, start, end);
    }

    private static boolean isIdCharacter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || SYMBOLS.indexOf(c) >= 0;
    }
}

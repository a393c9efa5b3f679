package tenon.text.script;

import java.io.ByteArrayOutputStream;
import tenon.text.component.ComponentReader;
import tenon.text.core.ModuleReader;
import tenon.text.lex.Cursor;
import tenon.text.lex.Lexer;
import tenon.text.lex.Source;
import tenon.text.lex.Token;
import tenon.types.Place;

/** A module or component inside a script, encoded when it is asked for, so that a wrong one fails where it is used. Immutable. */
public final class Definition {
    private final Kind kind;
    private final Form form;
    private final Cursor start;
    private final int content;
    private final int end;

    /** What is defined. */
    public enum Kind {
        MODULE,
        COMPONENT
    }

    /** How it is written. */
    public enum Form {
        /** As fields. */
        TEXT,
        /** As strings that hold a binary. */
        BINARY,
        /** As strings that hold a text. */
        QUOTE
    }

    /**
     * @param start at the definition's first token
     * @param content the token where the identifier and the fields begin, or the strings
     * @param end the token behind the last of them
     */
    Definition(Kind kind, Form form, Cursor start, int content, int end) {
        this.kind = kind;
        this.form = form;
        this.start = start.fork();
        this.content = content;
        this.end = end;
    }

    public Kind kind() {
        return kind;
    }

    public Form form() {
        return form;
    }

    /** Where it begins. */
    public Place.TextPosition position() {
        return start.position();
    }

    /** The definition as the script writes it. */
    public String source() {
        var tokens = start.tokens();
        int last = tokens.kind(end) == Token.CLOSE ? tokens.end(end) : tokens.start(end);
        return tokens.source().text().substring(tokens.start(start.index()), last);
    }

    /**
     * The binary; each call encodes anew, and the caller owns the bytes.
     *
     * @throws tenon.types.MalformedException for text that is no module or component
     */
    public byte[] bytes() {
        var cursor = start.fork();
        cursor.moveTo(content);
        return switch (form) {
            case BINARY -> strings(cursor);
            case QUOTE -> quoted(cursor);
            case TEXT -> text(cursor);
        };
    }

    private byte[] text(Cursor cursor) {
        if (cursor.at(Token.OPEN) && cursor.index() == start.index()) {
            return ModuleReader.wholeText(cursor);
        }
        byte[] binary = switch (kind) {
            case MODULE -> ModuleReader.fields(cursor);
            case COMPONENT -> ComponentReader.fields(cursor);
        };
        if (cursor.index() != end) {
            throw cursor.unexpected("a module field");
        }
        return binary;
    }

    /** Of a component the frame is not quoted, as the suites of the field have it. */
    private byte[] quoted(Cursor cursor) {
        var place = position();
        var source = Source.decode(place.file() + ":" + place.line() + ": quoted text", strings(cursor));
        var quoted = new Cursor(Lexer.tokens(source), 0);
        return switch (kind) {
            case MODULE -> ModuleReader.wholeText(quoted);
            case COMPONENT -> ComponentReader.unframed(quoted);
        };
    }

    private byte[] strings(Cursor cursor) {
        var bytes = new ByteArrayOutputStream();
        while (cursor.index() < end) {
            bytes.writeBytes(cursor.expectString());
        }
        return bytes.toByteArray();
    }
}

package tenon.text.core;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tenon.text.lex.Annotation;
import tenon.text.lex.Cursor;
import tenon.text.lex.Token;

/** The indices of one kind and the identifiers that stand for them: WebAssembly 3.0, "Identifier Contexts". */
public final class IndexSpace {
    private final String kind;
    private final Map<String, Integer> indices = new LinkedHashMap<>();

    /** The names of what has identifiers, which annotations may change. */
    private final Map<Integer, String> names = new LinkedHashMap<>();

    private int size;

    /** {@code kind} is what errors say: {@code func}, {@code local}. */
    public IndexSpace(String kind) {
        this.kind = kind;
    }

    /** The next index, without an identifier. */
    public int declare() {
        return size++;
    }

    /** The next index, with the identifier that is next, if it is one. */
    public int declare(Cursor cursor) {
        int token = cursor.index();
        Optional<String> id = cursor.takeIdentifier();
        if (id.isPresent() && indices.putIfAbsent(id.get(), size) != null) {
            throw cursor.malformed(token, "duplicate " + kind + " `$" + id.get() + "`");
        }
        annotatedName(cursor, id).ifPresent(name -> names.put(size, name));
        return size++;
    }

    /** The name that an annotation {@code @name} in front of the next token gives, or else {@code id}. */
    public static Optional<String> annotatedName(Cursor cursor, Optional<String> id) {
        Optional<String> name = id;
        for (Annotation annotation : cursor.tokens().annotations(cursor.index(), cursor.index() + 1)) {
            if (annotation.id().equals(Annotation.NAME)) {
                var content = new Cursor(annotation.content(), 0);
                name = Optional.of(content.expectName());
                content.expect(Token.END, "nothing behind the name");
            }
        }
        return name;
    }

    /** Steps over an index and gives its number; numbers are for validation to check. */
    public int resolve(Cursor cursor) {
        if (!cursor.at(Token.IDENTIFIER)) {
            if (!cursor.at(Token.INTEGER)) {
                throw cursor.unexpected("the index of a " + kind);
            }
            return cursor.expectU32();
        }
        String id = cursor.tokens().name(cursor.index());
        Integer index = indices.get(id);
        if (index == null) {
            throw cursor.malformed("unknown " + kind + " `$" + id + "`");
        }
        cursor.skip();
        return index;
    }

    /** The index that an identifier, without {@code $}, stands for. */
    public Optional<Integer> find(String id) {
        return Optional.ofNullable(indices.get(id));
    }

    /** The index that is next, or 0 where none is. */
    int resolveOrZero(Cursor cursor) {
        return atIndex(cursor) ? resolve(cursor) : 0;
    }

    /** Whether an index is next. */
    public static boolean atIndex(Cursor cursor) {
        return cursor.at(Token.INTEGER) || cursor.at(Token.IDENTIFIER);
    }

    /** How many indices there are. */
    public int size() {
        return size;
    }

    /** The names of what has identifiers, in the order of their indices. */
    public Map<Integer, String> names() {
        return names;
    }
}

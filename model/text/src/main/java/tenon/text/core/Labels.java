package tenon.text.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tenon.text.lex.Cursor;
import tenon.text.lex.Token;

/** The labels around an instruction, innermost last: WebAssembly 3.0, "Labels" of the text format. */
final class Labels {
    private final List<Optional<String>> names = new ArrayList<>();

    void push(Optional<String> name) {
        names.add(name);
    }

    void pop() {
        names.removeLast();
    }

    /** Steps over a label and gives its number, counted from the inside. */
    int resolve(Cursor cursor) {
        if (!cursor.at(Token.IDENTIFIER)) {
            if (!cursor.at(Token.INTEGER)) {
                throw cursor.unexpected("a label");
            }
            return cursor.expectU32();
        }
        String name = cursor.tokens().name(cursor.index());
        for (int i = names.size() - 1; i >= 0; i--) {
            if (names.get(i).isPresent() && names.get(i).get().equals(name)) {
                cursor.skip();
                return names.size() - 1 - i;
            }
        }
        throw cursor.malformed("unknown label `$" + name + "`");
    }

    /** The identifier behind {@code else} or {@code end} has to be that of the block. */
    void checkRepeated(Cursor cursor) {
        int token = cursor.index();
        Optional<String> repeated = cursor.takeIdentifier();
        if (repeated.isPresent() && !repeated.equals(names.getLast())) {
            throw cursor.malformed(token, "mismatching label `$" + repeated.get() + "`");
        }
    }
}

package tenon.text.core;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tenon.text.lex.Cursor;
import tenon.text.lex.Token;
import tenon.types.core.FuncType;
import tenon.types.core.ValType;

/**
 * Parameters and results as a text writes them.
 *
 * @param names for each parameter the token of its identifier, or null
 */
public record Signature(FuncType type, List<@Nullable Integer> names) {

    /** {@code (param …)* (result …)*}. */
    public static Signature read(Cursor cursor, TypeReader types) {
        var params = new ArrayList<ValType>();
        var names = new ArrayList<@Nullable Integer>();
        while (cursor.takeOpen("param")) {
            if (cursor.at(Token.IDENTIFIER)) {
                names.add(cursor.index());
                cursor.skip();
                params.add(types.valType(cursor));
            } else {
                List<ValType> group = types.valTypes(cursor);
                params.addAll(group);
                group.forEach(_ -> names.add(null));
            }
            cursor.expectClose();
        }
        var signature = new Signature(new FuncType(params, results(cursor, types)), names);
        if (cursor.atOpen("param")) {
            throw cursor.malformed("unexpected token `(param`, expected parameters in front of results");
        }
        return signature;
    }

    /** {@code (result …)*}. */
    static List<ValType> results(Cursor cursor, TypeReader types) {
        var results = new ArrayList<ValType>();
        while (cursor.takeOpen("result")) {
            results.addAll(types.valTypes(cursor));
            cursor.expectClose();
        }
        return results;
    }

    /** Whether there is neither. */
    public boolean isEmpty() {
        return type.params().isEmpty() && type.results().isEmpty();
    }

    /** Where parameters cannot be named: block types and indirect calls. */
    Signature unnamed(Cursor cursor) {
        for (Integer name : names) {
            if (name != null) {
                throw cursor.malformed(
                        name, "unexpected token `" + cursor.tokens().text(name) + "`, expected a value type");
            }
        }
        return this;
    }
}

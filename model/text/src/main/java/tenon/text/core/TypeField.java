package tenon.text.core;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tenon.text.lex.Cursor;
import tenon.text.lex.Token;
import tenon.types.core.ArrayType;
import tenon.types.core.CompositeType;
import tenon.types.core.FieldType;
import tenon.types.core.RecGroup;
import tenon.types.core.StructType;
import tenon.types.core.SubType;

/**
 * {@code (type …)} or {@code (rec (type …)*)}: WebAssembly 3.0, "Type Definitions" of the text format.
 *
 * @param cursor at the keyword
 */
public record TypeField(Cursor cursor) {

    /** The first pass: gives each type its index. */
    static TypeField declare(Cursor cursor, Scope scope) {
        Cursor ahead = cursor.fork();
        if (ahead.take("type")) {
            scope.types().indices().declare(ahead);
            return new TypeField(cursor);
        }
        ahead.expectKeyword("rec");
        while (ahead.at(Token.OPEN)) {
            int close = ahead.partner();
            ahead.skip();
            ahead.expectKeyword("type");
            scope.types().indices().declare(ahead);
            ahead.moveTo(close + 1);
        }
        if (!ahead.at(Token.CLOSE)) {
            throw ahead.unexpected("a type");
        }
        return new TypeField(cursor);
    }

    /** Between the passes: all types have their indices, and all type uses are still to come. */
    void define(TypeSpace types) {
        Cursor at = cursor.fork();
        if (at.atKeyword("type")) {
            types.define(new RecGroup(List.of(type(at, types.reader()))));
        } else {
            at.expectKeyword("rec");
            var members = new ArrayList<SubType>();
            while (at.at(Token.OPEN)) {
                at.skip();
                members.add(type(at, types.reader()));
                at.expectClose();
            }
            types.define(new RecGroup(members));
        }
        at.expectClose();
    }

    private static SubType type(Cursor cursor, TypeReader types) {
        cursor.expectKeyword("type");
        cursor.takeIdentifier();
        return definition(cursor, types);
    }

    /** The parenthesis with the type itself. */
    public static SubType definition(Cursor cursor, TypeReader types) {
        cursor.expectOpen();
        SubType type;
        if (cursor.take("sub")) {
            boolean isFinal = cursor.take("final");
            var supers = new ArrayList<Integer>();
            while (IndexSpace.atIndex(cursor)) {
                supers.add(types.typeIndex(cursor));
            }
            cursor.expectOpen();
            type = new SubType(isFinal, supers, composite(cursor, types));
            cursor.expectClose();
        } else {
            type = SubType.of(composite(cursor, types));
        }
        cursor.expectClose();
        return type;
    }

    private static CompositeType composite(Cursor cursor, TypeReader types) {
        if (cursor.take("func")) {
            return Signature.read(cursor, types).type();
        }
        if (cursor.take("array")) {
            return new ArrayType(types.fieldType(cursor));
        }
        if (cursor.take("struct")) {
            return new StructType(fields(cursor, types));
        }
        throw cursor.unexpected("`func`, `struct` or `array`");
    }

    private static List<FieldType> fields(Cursor cursor, TypeReader types) {
        var fields = new ArrayList<FieldType>();
        Set<String> names = new HashSet<>();
        while (cursor.takeOpen("field")) {
            int token = cursor.index();
            Optional<String> name = cursor.takeIdentifier();
            if (name.isPresent()) {
                if (!names.add(name.get())) {
                    throw cursor.malformed(token, "duplicate field `$" + name.get() + "`");
                }
                fields.add(types.fieldType(cursor));
            } else {
                while (!cursor.at(Token.CLOSE)) {
                    fields.add(types.fieldType(cursor));
                }
            }
            cursor.expectClose();
        }
        return fields;
    }
}

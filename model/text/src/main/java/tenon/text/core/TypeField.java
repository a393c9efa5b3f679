package tenon.text.core;

import java.util.ArrayList;
import java.util.List;
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
        var members = new ArrayList<SubType>();
        var fields = new ArrayList<IndexSpace>();
        if (at.atKeyword("type")) {
            member(at, types.reader(), members, fields);
        } else {
            at.expectKeyword("rec");
            while (at.at(Token.OPEN)) {
                at.skip();
                member(at, types.reader(), members, fields);
                at.expectClose();
            }
        }
        types.define(new RecGroup(members), fields);
        at.expectClose();
    }

    private static void member(Cursor cursor, TypeReader types, List<SubType> members, List<IndexSpace> fields) {
        cursor.expectKeyword("type");
        cursor.takeIdentifier();
        var own = new IndexSpace("field");
        members.add(definition(cursor, types, own));
        fields.add(own);
    }

    /** The parenthesis with the type itself. */
    public static SubType definition(Cursor cursor, TypeReader types) {
        return definition(cursor, types, new IndexSpace("field"));
    }

    /** The same; the fields of a structure get their indices in {@code fields}. */
    private static SubType definition(Cursor cursor, TypeReader types, IndexSpace fields) {
        cursor.expectOpen();
        SubType type;
        if (cursor.take("sub")) {
            boolean isFinal = cursor.take("final");
            var supers = new ArrayList<Integer>();
            while (IndexSpace.atIndex(cursor)) {
                supers.add(types.typeIndex(cursor));
            }
            cursor.expectOpen();
            type = new SubType(isFinal, supers, composite(cursor, types, fields));
            cursor.expectClose();
        } else {
            type = SubType.of(composite(cursor, types, fields));
        }
        cursor.expectClose();
        return type;
    }

    private static CompositeType composite(Cursor cursor, TypeReader types, IndexSpace fields) {
        if (cursor.take("func")) {
            return Signature.read(cursor, types).type();
        }
        if (cursor.take("array")) {
            return new ArrayType(types.fieldType(cursor));
        }
        if (cursor.take("struct")) {
            return new StructType(fields(cursor, types, fields));
        }
        throw cursor.unexpected("`func`, `struct` or `array`");
    }

    private static List<FieldType> fields(Cursor cursor, TypeReader types, IndexSpace indices) {
        var fields = new ArrayList<FieldType>();
        while (cursor.takeOpen("field")) {
            if (cursor.at(Token.IDENTIFIER)) {
                indices.declare(cursor);
                fields.add(types.fieldType(cursor));
            } else {
                while (!cursor.at(Token.CLOSE)) {
                    indices.declare();
                    fields.add(types.fieldType(cursor));
                }
            }
            cursor.expectClose();
        }
        return fields;
    }
}

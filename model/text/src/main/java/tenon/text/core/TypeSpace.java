package tenon.text.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tenon.text.lex.Cursor;
import tenon.types.core.FuncType;
import tenon.types.core.RecGroup;
import tenon.types.core.SubType;

/**
 * The type index space: explicit definitions first, then the function types that type uses ask for without naming one, in the
 * order of the text (WebAssembly 3.0, "Type Uses", abbreviations).
 */
final class TypeSpace {
    private final IndexSpace indices = new IndexSpace("type");
    private final TypeReader reader = new TypeReader(indices);
    private final List<RecGroup> groups = new ArrayList<>();
    private final List<SubType> types = new ArrayList<>();

    /** Of the explicit definitions, which come first. */
    private final List<IndexSpace> fields = new ArrayList<>();

    /** The smallest index of each function type that is a group of its own, final and without supertypes. */
    private final Map<FuncType, Integer> plain = new HashMap<>();

    IndexSpace indices() {
        return indices;
    }

    TypeReader reader() {
        return reader;
    }

    List<RecGroup> groups() {
        return groups;
    }

    /** Defines types; of structures {@code spaces} has the fields' indices, one space for each type. */
    void define(RecGroup group, List<IndexSpace> spaces) {
        fields.addAll(spaces);
        define(group);
    }

    /** The indices of a structure's fields; those of a type that is none, or is not there, have no names. */
    IndexSpace fields(int typeIndex) {
        return typeIndex >= 0 && typeIndex < fields.size() ? fields.get(typeIndex) : new IndexSpace("field");
    }

    private void define(RecGroup group) {
        if (group.types().size() == 1) {
            SubType only = group.types().getFirst();
            if (only.isFinal() && only.supers().isEmpty() && only.composite() instanceof FuncType func) {
                plain.putIfAbsent(func, types.size());
            }
        }
        groups.add(group);
        types.addAll(group.types());
    }

    /** The index of a function type, which is defined now unless it has been before. */
    int indexOf(FuncType type) {
        Integer known = plain.get(type);
        if (known != null) {
            return known;
        }
        define(new RecGroup(List.of(SubType.of(type))));
        return types.size() - 1;
    }

    /** The function type at an index; nothing if there is none yet, or if it is of another kind. */
    Optional<FuncType> functionType(int index) {
        return index >= 0 && index < types.size() && types.get(index).composite() instanceof FuncType func
                ? Optional.of(func)
                : Optional.empty();
    }

    boolean isKnown(int index) {
        return index >= 0 && index < types.size();
    }

    /** Steps over {@code (type x)? (param …)* (result …)*}. */
    TypeUse use(Cursor cursor) {
        if (!cursor.takeOpen("type")) {
            var signature = Signature.read(cursor, reader);
            return new TypeUse(indexOf(signature.type()), signature);
        }
        int token = cursor.index();
        int index = indices.resolve(cursor);
        cursor.expectClose();
        var signature = Signature.read(cursor, reader);
        if (!signature.isEmpty()) {
            if (!isKnown(index)) {
                throw cursor.malformed(token, "unknown type `" + cursor.tokens().text(token) + "`");
            }
            if (!functionType(index).equals(Optional.of(signature.type()))) {
                throw cursor.malformed(
                        token,
                        "inline function type " + signature.type() + " differs from that of type `"
                                + cursor.tokens().text(token) + "`");
            }
        }
        return new TypeUse(index, signature);
    }

    /** A function's type: its index, and what was written inline. */
    record TypeUse(int index, Signature signature) {}
}

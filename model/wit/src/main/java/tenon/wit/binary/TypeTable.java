package tenon.wit.binary;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tenon.wit.Stability;
import tenon.wit.TypeDefinition;
import tenon.wit.TypeId;
import tenon.wit.TypeKind;
import tenon.wit.TypesById;

/** All types of a graph that is being made. Confined to one run. */
final class TypeTable implements TypesById {
    private final List<TypeDefinition> types = new ArrayList<>();
    private final Map<TypeKind, TypeId> anonymous = new HashMap<>();

    List<TypeDefinition> types() {
        return types;
    }

    @Override
    public TypeDefinition get(TypeId id) {
        return types.get(id.index());
    }

    TypeId add(TypeDefinition type) {
        types.add(type);
        return new TypeId(types.size() - 1);
    }

    /** A type that is written in place; equal ones are one. */
    TypeId anonymous(TypeKind kind) {
        TypeId known = anonymous.get(kind);
        if (known == null) {
            known = add(TypeDefinition.anonymous(kind, Stability.UNKNOWN));
            anonymous.put(kind, known);
        }
        return known;
    }
}

package tenon.wit.binary;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tenon.types.component.DefinedType;
import tenon.wit.Stability;
import tenon.wit.TypeDefinition;
import tenon.wit.TypeId;
import tenon.wit.TypeKind;

/** All types of a graph that is being made, and where each got its first name. Confined to one run. */
final class TypeTable {
    private final List<TypeDefinition> types = new ArrayList<>();
    private final Map<DefinedType, TypeId> homes = new IdentityHashMap<>();
    private final Map<TypeKind, TypeId> anonymous = new HashMap<>();

    List<TypeDefinition> types() {
        return types;
    }

    TypeDefinition get(TypeId id) {
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

    Optional<TypeId> home(DefinedType type) {
        return Optional.ofNullable(homes.get(type));
    }

    void home(DefinedType type, TypeId id) {
        homes.putIfAbsent(type, id);
    }
}

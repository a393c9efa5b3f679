package tenon.wit;

import java.util.Optional;

/** Types by their index, and how aliases lead from one to another. */
public interface TypesById {
    /** The type of this index. */
    TypeDefinition get(TypeId id);

    /** What an alias, or an alias of an alias, stands for in the end. */
    default TypeId origin(TypeId id) {
        TypeId origin = id;
        while (get(origin).kind() instanceof TypeKind.Alias(TypeId next)) {
            origin = next;
        }
        return origin;
    }

    /** The interface that a type is taken from by {@code use}; empty if it is none or of its own interface. */
    default Optional<InterfaceId> usedFrom(TypeId id) {
        TypeDefinition definition = get(id);
        return definition.kind() instanceof TypeKind.Alias(TypeId target)
                        && get(target).owner() instanceof Owner.OfInterface(InterfaceId from)
                        && !get(target).owner().equals(definition.owner())
                ? Optional.of(from)
                : Optional.empty();
    }
}

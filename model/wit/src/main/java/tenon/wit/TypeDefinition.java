package tenon.wit;

import java.util.Optional;

/** A type: with a name and an owner, or without both where it is written in place. */
public record TypeDefinition(Optional<String> name, TypeKind kind, Owner owner, Remarks remarks) {

    /** A type that is written in place. */
    public static TypeDefinition anonymous(TypeKind kind, Stability stability) {
        return new TypeDefinition(Optional.empty(), kind, Owner.NONE, Remarks.of(stability));
    }
}

package tenon.types.component;

/**
 * An imported or exported type. A resource type here is either one that the surrounding type binds (bound {@code sub resource}) or
 * the one that it equals (bound {@code eq}).
 */
public record TypeExtern(DefinedType type) implements ExternType {
    @Override
    public String toString() {
        return type instanceof ResourceType ? "resource" : "type " + type;
    }
}

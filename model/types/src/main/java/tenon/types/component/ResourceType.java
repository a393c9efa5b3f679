package tenon.types.component;

/**
 * The identity of a resource type: two resource types are the same if they are the same object. Each import with the bound
 * {@code sub resource}, each definition in each instantiation of its component has its own: Explainer.md, "Type Checking".
 */
public final class ResourceType implements DefinedType {
    private final String name;

    /** A resource type unlike every other; {@code name} is for people only, and may be empty. */
    public ResourceType(String name) {
        this.name = name;
    }

    /** What people call it: the name of the import or export that made it; empty if it has none. */
    public String name() {
        return name;
    }

    @Override
    public String toString() {
        return name.isEmpty() ? "resource" : name;
    }
}

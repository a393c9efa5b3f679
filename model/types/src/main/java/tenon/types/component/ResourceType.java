package tenon.types.component;

import org.jspecify.annotations.Nullable;

/**
 * The identity of a resource type: two are equal if they come of the same import with the bound {@code sub resource}, or of the same
 * definition in the same instantiation of its component: Explainer.md, "Type Checking". Validation tells names of one type apart, which
 * are equal and yet not the same object.
 */
public final class ResourceType implements DefinedType {
    private final String name;
    private final @Nullable ResourceType original;

    /** A resource type unlike every other; {@code name} is for people only, and may be empty. */
    public ResourceType(String name) {
        this(name, null);
    }

    private ResourceType(String name, @Nullable ResourceType original) {
        this.name = name;
        this.original = original;
    }

    /** Another name of this type. */
    public ResourceType named(String other) {
        return new ResourceType(other, original());
    }

    private ResourceType original() {
        return original == null ? this : original;
    }

    /** What people call it: the name of the import or export that made it; empty if it has none. */
    public String name() {
        return name;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ResourceType type && type.original() == original();
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(original());
    }

    @Override
    public String toString() {
        return name.isEmpty() ? "resource" : name;
    }
}

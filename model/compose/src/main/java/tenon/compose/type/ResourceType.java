package tenon.compose.type;

import java.util.Optional;

/** A resource type, or another name for one. Identity counts. Gets its name once; confined to one composition. */
public final class ResourceType implements Type {
    private String name;
    private final Optional<ResourceType> source;
    private final Optional<InterfaceType> owner;

    private ResourceType(String name, Optional<ResourceType> source, Optional<InterfaceType> owner) {
        this.name = name;
        this.source = source;
        this.owner = owner;
    }

    /** A resource type of its own. */
    public ResourceType(String name) {
        this(name, Optional.empty(), Optional.empty());
    }

    /** Another name for {@code source}; {@code owner} is the interface that it is taken from, if it is not the same one. */
    public static ResourceType alias(String name, ResourceType source, Optional<InterfaceType> owner) {
        return new ResourceType(name, Optional.of(source), owner);
    }

    public String name() {
        return name;
    }

    /** Gives it the name of its first export. */
    void call(String first) {
        name = first;
    }

    /** What this is another name for. */
    public Optional<ResourceType> source() {
        return source;
    }

    /** The interface that {@link #source} is taken from. */
    public Optional<InterfaceType> owner() {
        return owner;
    }

    /** The resource type itself, behind all names. */
    public ResourceType origin() {
        ResourceType origin = this;
        while (origin.source.isPresent()) {
            origin = origin.source.get();
        }
        return origin;
    }

    @Override
    public String word() {
        return "resource";
    }

    @Override
    public String toString() {
        return "resource `" + name + "`";
    }
}

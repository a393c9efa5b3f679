package tenon.component.resolve;

import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import tenon.types.InvalidException;
import tenon.types.component.ExternType;
import tenon.types.component.InstanceType;
import tenon.types.component.ResourceType;
import tenon.types.component.Substitution;
import tenon.types.component.TypeExtern;

/** What meets the imports of a component in one place of instantiation, as far as it is known there. */
@FunctionalInterface
public interface Arguments {
    /** Nothing is known: imports stand for themselves. */
    Arguments NONE = _ -> Optional.empty();

    /** What meets the import {@code name}; empty if it stands for itself. */
    Optional<Item> item(String name);

    /**
     * Told that what meets the import {@code name} does not fit; the import stands for itself if this returns.
     *
     * @throws InvalidException {@code why}, unless the caller notes it and wants to hear of the others
     */
    default void mismatch(String name, InvalidException why) {
        throw why;
    }

    /**
     * The resource type that an import's resource is known as already, from another component's import.
     *
     * @param name of the import
     * @param label of the resource in the imported instance; empty if it is imported by itself
     */
    default Optional<ResourceType> resource(String name, String label) {
        return Optional.empty();
    }

    /** The type of the import {@code name}, which stands for itself, with those of its {@code own} resources replaced that are known. */
    default ExternType known(String name, ExternType type, List<ResourceType> own) {
        var known = new HashMap<ResourceType, ResourceType>();
        if (type instanceof TypeExtern(ResourceType resource) && own.contains(resource)) {
            resource(name, "").ifPresent(other -> known.put(resource, other));
        }
        if (type instanceof InstanceType instance) {
            instance.exports().forEach((label, each) -> {
                if (each instanceof TypeExtern(ResourceType resource) && own.contains(resource)) {
                    resource(name, label).ifPresent(other -> known.put(resource, other));
                }
            });
        }
        return known.isEmpty() ? type : new Substitution(known).extern(type);
    }
}

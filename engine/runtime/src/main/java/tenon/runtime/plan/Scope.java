package tenon.runtime.plan;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tenon.component.Sort;
import tenon.component.resolve.IndexSpaces;
import tenon.types.InvalidException;

/**
 * The index spaces of one component instance while they are filled: what runs. Types stay in the resolved spaces. Confined to one
 * thread.
 */
final class Scope {
    private final @Nullable Scope parent;
    private final IndexSpaces resolved;
    private final int instance;
    private final Map<Sort, List<Item>> spaces = new EnumMap<>(Sort.class);

    /**
     * Empty spaces.
     *
     * @param parent the scope around it in the binary
     * @param resolved the types of the same entries
     * @param instance the component instance whose definitions fill it
     */
    Scope(@Nullable Scope parent, IndexSpaces resolved, int instance) {
        this.parent = parent;
        this.resolved = resolved;
        this.instance = instance;
        for (Sort sort : Sort.values()) {
            spaces.put(sort, new ArrayList<>());
        }
    }

    IndexSpaces resolved() {
        return resolved;
    }

    /** How many entries a space has. */
    int size(Sort sort) {
        return space(sort).size();
    }

    private List<Item> space(Sort sort) {
        List<Item> space = spaces.get(sort);
        assert space != null : "every sort has a space";
        return space;
    }

    int instance() {
        return instance;
    }

    /** Adds an entry. */
    void add(Sort sort, Item item) {
        space(sort).add(item);
    }

    /** The entry at an index, of the kind that validation promises. */
    <T extends Item> T get(Sort sort, int index, Class<T> kind, long offset) {
        List<Item> space = space(sort);
        if (index < 0 || index >= space.size()) {
            throw new InvalidException(
                    offset, sort + " index " + Integer.toUnsignedString(index) + " is out of bounds");
        }
        Item item = space.get(index);
        if (!kind.isInstance(item)) {
            throw new InvalidException(offset, sort + " " + index + " is not of the kind that its use expects");
        }
        return kind.cast(item);
    }

    /** The scope so many scopes outwards; 0 is this one. */
    Scope outer(int count, long offset) {
        Scope scope = this;
        for (int i = 0; i < count; i++) {
            if (scope.parent == null) {
                throw new InvalidException(offset, "invalid outer alias count of " + count);
            }
            scope = scope.parent;
        }
        return scope;
    }
}

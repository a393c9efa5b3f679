package tenon.text.print;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tenon.component.ComponentNames;
import tenon.component.Sort;

/**
 * A component, or a type with declarations, while it is printed: its identifiers, and how many entries of each index space have been.
 * Confined to one thread.
 */
final class ComponentScope {
    private final @Nullable ComponentScope outer;
    private final Optional<String> name;
    private final Map<Sort, Identifiers> identifiers = new EnumMap<>(Sort.class);
    private final Map<Sort, Integer> sizes = new EnumMap<>(Sort.class);

    /** {@code name} is the identifier of the scope itself, with {@code $}. */
    ComponentScope(@Nullable ComponentScope outer, Optional<String> name, ComponentNames names) {
        this.outer = outer;
        this.name = name;
        for (Sort sort : Sort.values()) {
            identifiers.put(sort, new Identifiers(sort.toString().replace(' ', '-'), names.of(sort)));
            sizes.put(sort, 0);
        }
    }

    private Identifiers identifiers(Sort sort) {
        return Objects.requireNonNull(identifiers.get(sort));
    }

    /** How many entries there are. */
    int size(Sort sort) {
        return Objects.requireNonNull(sizes.get(sort));
    }

    /** The identifier of the next entry, if it has one. */
    Optional<String> nextIdentifier(Sort sort) {
        int index = size(sort);
        Identifiers ofSort = identifiers(sort);
        return ofSort.has(index) ? Optional.of(ofSort.use(index)) : Optional.empty();
    }

    /** Counts the next entry, and gives what its definition shows. */
    String define(Sort sort) {
        int index = sizes.merge(sort, 1, Integer::sum) - 1;
        return identifiers(sort).definition(index);
    }

    /** An index; as identifier if it is there already, since those that come later have no meaning yet. */
    String use(Sort sort, int index) {
        return index >= 0 && index < size(sort) ? identifiers(sort).use(index) : Integer.toUnsignedString(index);
    }

    /** The scope {@code count} scopes outwards and what {@code index} is there, as {@code alias outer} shows both. */
    String outer(int count, Sort sort, int index) {
        ComponentScope target = this;
        for (int i = 0; i != count && target != null; i++) {
            target = target.outer;
        }
        if (target == null) {
            return Integer.toUnsignedString(count) + " " + Integer.toUnsignedString(index);
        }
        String scope = target.name.filter(_ -> isNearest(count)).orElse(Integer.toUnsignedString(count));
        return scope + " " + target.use(sort, index);
    }

    /** Whether no scope in between has the name of the one {@code count} scopes outwards. */
    private boolean isNearest(int count) {
        ComponentScope target = this;
        for (int i = 0; i < count; i++) {
            target = Objects.requireNonNull(target.outer);
        }
        for (ComponentScope scope = this; scope != target; scope = Objects.requireNonNull(scope.outer)) {
            if (scope.name.equals(target.name)) {
                return false;
            }
        }
        return true;
    }
}

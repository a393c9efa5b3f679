package tenon.component;

import java.util.Map;
import java.util.Optional;

/** The section {@code component-name}: Binary.md, "Name Section"; what is malformed in it is left out. */
public record ComponentNames(Optional<String> component, Map<Sort, Map<Integer, String>> names) {
    /** No names. */
    public static final ComponentNames NONE = new ComponentNames(Optional.empty(), Map.of());

    public ComponentNames {
        names = Map.copyOf(names);
    }

    /** The names of one index space, by index. */
    public Map<Integer, String> of(Sort sort) {
        return names.getOrDefault(sort, Map.of());
    }

    /** The name of an entry of an index space. */
    public Optional<String> name(Sort sort, int index) {
        return Optional.ofNullable(of(sort).get(index));
    }
}

package tenon.types.core;

import java.util.List;

/** Types that may refer to one another. A type outside of an explicit group is a group of one. */
public record RecGroup(List<SubType> types) {
    public RecGroup {
        types = List.copyOf(types);
    }
}

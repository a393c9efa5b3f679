package tenon.text.print;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.TreeMap;

/** Names of one index space as identifiers: a name that another index has already gets a number behind it. Immutable. */
final class Identifiers {
    static final Identifiers NONE = new Identifiers(Map.of());

    private final Map<Integer, String> texts = new HashMap<>();

    Identifiers(Map<Integer, String> names) {
        var taken = new HashSet<>(names.values());
        var used = new HashSet<String>();
        new TreeMap<>(names).forEach((index, name) -> {
            String free = name;
            for (int i = 1; !used.add(free); i++) {
                free = name + "#" + i;
                if (taken.contains(free)) {
                    free = name;
                }
            }
            if (!free.isEmpty()) {
                texts.put(index, Quoted.identifier(free));
            }
        });
    }

    /** The identifier with a space before it, and always the index in a comment, as definitions show it. */
    String definition(int index) {
        String id = texts.get(index);
        return (id == null ? "" : " " + id) + " (;" + index + ";)";
    }

    /** The identifier, or else the index, as uses show it. */
    String use(int index) {
        String id = texts.get(index);
        return id == null ? Integer.toUnsignedString(index) : id;
    }

    boolean has(int index) {
        return texts.containsKey(index);
    }
}

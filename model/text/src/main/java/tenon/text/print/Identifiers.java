package tenon.text.print;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.TreeMap;

/**
 * Names of one index space as identifiers. Of equal names the one of the smallest index is an identifier as it is; another, and
 * one that no identifier can be, gets an identifier that has its index, and the name in an annotation {@code @name}. Immutable.
 */
final class Identifiers {
    static final Identifiers NONE = new Identifiers("", Map.of());

    private final Map<Integer, String> texts = new HashMap<>();
    private final Map<Integer, String> annotations = new HashMap<>();

    /** {@code kind} is a part of identifiers that are made up. */
    Identifiers(String kind, Map<Integer, String> names) {
        var used = new HashSet<String>();
        new TreeMap<>(names).forEach((index, name) -> {
            // identifiers that are made up begin with #, so that no name meets one of them
            if (!name.isEmpty() && !name.startsWith("#") && used.add(name)) {
                texts.put(index, Quoted.identifier(name));
            } else {
                texts.put(index, Quoted.identifier("#" + kind + Integer.toUnsignedString(index) + " " + name));
                annotations.put(index, " (@name " + Quoted.name(name) + ")");
            }
        });
    }

    /** As definitions show it: the identifier if there is one, and always the index in a comment. */
    String definition(int index) {
        return has(index) ? named(index) + " (;" + index + ";)" : "(;" + index + ";)";
    }

    /** The identifier with its annotation; {@link #has} is true. */
    String named(int index) {
        return use(index) + annotations.getOrDefault(index, "");
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

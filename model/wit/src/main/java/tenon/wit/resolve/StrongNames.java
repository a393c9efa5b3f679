package tenon.wit.resolve;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Names of one scope, which must be strongly unique: Explainer.md, "Name Uniqueness". Case and {@code -} tell no names apart; a getter and
 * a setter may share a name. Confined to one run.
 */
final class StrongNames {
    private static final String GET = "[get]";
    private static final String SET = "[set]";

    private final Map<String, List<String>> names = new HashMap<>();

    /** Adds a name of the Component Model, unless it conflicts with one that is there, which is given back then. */
    Optional<String> add(String name) {
        List<String> others = names.computeIfAbsent(key(name), _ -> new ArrayList<>(2));
        for (String other : others) {
            boolean pair = (name.contains(GET) && other.contains(SET)) || (name.contains(SET) && other.contains(GET));
            if (!pair) {
                return Optional.of(other);
            }
        }
        others.add(name);
        return Optional.empty();
    }

    /** The getter that a setter needs but does not have. */
    Optional<String> missingGetter(String name) {
        if (!name.contains(SET)) {
            return Optional.empty();
        }
        String getter = name.replace(SET, GET);
        return names.getOrDefault(key(name), List.of()).contains(getter) ? Optional.empty() : Optional.of(getter);
    }

    /** What two names must differ in. */
    private static String key(String name) {
        String label = name.substring(name.lastIndexOf(']') + 1)
                .toLowerCase(Locale.ROOT)
                .replace("-", "");
        int dot = label.indexOf('.');
        if (dot >= 0 && label.substring(0, dot).equals(label.substring(dot + 1))) {
            label = label.substring(0, dot);
        }
        return name.startsWith("[constructor]") ? "[constructor]" + label : label;
    }
}

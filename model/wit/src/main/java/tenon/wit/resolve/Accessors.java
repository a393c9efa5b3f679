package tenon.wit.resolve;

import java.util.LinkedHashSet;
import java.util.List;

/** Getters and setters of one name: a getter stands in front of its setter. */
final class Accessors {
    private static final String GET = "[get]";
    private static final String SET = "[set]";

    private Accessors() {}

    /** Names of functions in the same order, but each getter in front of its setter. */
    static List<String> inOrder(List<String> names) {
        var all = new LinkedHashSet<>(names);
        var ordered = new LinkedHashSet<String>();
        for (String name : names) {
            if (name.contains(SET)) {
                String getter = name.replace(SET, GET);
                if (all.contains(getter)) {
                    ordered.add(getter);
                }
            }
            ordered.add(name);
        }
        return List.copyOf(ordered);
    }
}

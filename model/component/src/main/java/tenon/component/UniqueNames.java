package tenon.component;

import java.util.HashMap;
import java.util.Map;
import tenon.types.InvalidException;

/** Names of one scope, which must differ strongly: Explainer.md, "Name Uniqueness". */
final class UniqueNames {
    private final String what;
    private final Map<String, String> seen = new HashMap<>();

    /** {@code what} they are, in messages: import or export. */
    UniqueNames(String what) {
        this.what = what;
    }

    void add(ExternalName name, long offset) {
        String previous = seen.putIfAbsent(name.name().uniqueForm(), name.text());
        if (previous != null) {
            throw new InvalidException(
                    offset, what + " name `" + name + "` conflicts with previous name `" + previous + "`");
        }
    }
}

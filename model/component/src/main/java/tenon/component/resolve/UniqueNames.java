package tenon.component.resolve;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tenon.component.ExternalName;
import tenon.types.InvalidException;
import tenon.types.component.PlainName;

/** Names of one scope, which must differ strongly: Explainer.md, "Name Uniqueness". */
final class UniqueNames {
    private final String what;
    private final Map<String, List<ExternalName>> seen = new HashMap<>();

    /** {@code what} they are, in messages: import or export. */
    UniqueNames(String what) {
        this.what = what;
    }

    void add(ExternalName name, long offset) {
        List<ExternalName> others = seen.computeIfAbsent(name.name().uniqueForm(), _ -> new ArrayList<>(1));
        for (ExternalName other : others) {
            boolean paired = name.name() instanceof PlainName one
                    && other.name() instanceof PlainName two
                    && one.isPairedWith(two);
            if (!paired) {
                throw new InvalidException(
                        offset, what + " name `" + name + "` conflicts with previous name `" + other + "`");
            }
        }
        others.add(name);
    }
}

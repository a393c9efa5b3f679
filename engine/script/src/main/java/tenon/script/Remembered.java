package tenon.script;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a script means by a name, and without one: the last thing of its kind. Confined to one thread. */
final class Remembered<T> {
    private final Map<String, T> named = new HashMap<>();
    private @Nullable T last;

    /** There is no last one, and none of this name, until there is another: no later directive means an older one. */
    void forget(Optional<String> name) {
        last = null;
        name.ifPresent(named::remove);
    }

    void remember(Optional<String> name, T thing) {
        last = thing;
        name.ifPresent(known -> named.put(known, thing));
    }

    /** The one of this name, or the last one. */
    Optional<T> find(Optional<String> name) {
        return name.isPresent() ? Optional.ofNullable(named.get(name.get())) : Optional.ofNullable(last);
    }
}

package tenon.wasi.keyvalue;

import java.util.Map;
import java.util.Optional;

/** The stores that a component may open, by their labels; any other label is answered {@code access-denied}. Immutable. */
public record KeyValueStores(Map<String, KeyValueStore> granted) {
    /** None at all. */
    public static final KeyValueStores NONE = new KeyValueStores(Map.of());

    /** What {@code wasi:keyvalue} opens by the empty identifier, which guests use who want any one. */
    static final String DEFAULT = "default";

    public KeyValueStores {
        granted = Map.copyOf(granted);
    }

    Optional<KeyValueStore> find(String label) {
        return Optional.ofNullable(granted.get(label));
    }
}

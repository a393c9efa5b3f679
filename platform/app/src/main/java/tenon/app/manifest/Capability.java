package tenon.app.manifest;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a dependency may get of the component that depends on it: a key of {@code [component.ID]}. */
public enum Capability {
    AI_MODELS("ai_models"),
    ALLOWED_OUTBOUND_HOSTS("allowed_outbound_hosts"),
    ENVIRONMENT("environment"),
    FILES("files"),
    KEY_VALUE_STORES("key_value_stores"),
    SQLITE_DATABASES("sqlite_databases"),
    VARIABLES("variables");

    private final String key;

    Capability(String key) {
        this.key = key;
    }

    /** The key in a manifest. */
    public String key() {
        return key;
    }

    /** All keys. */
    static List<String> keys() {
        return Arrays.stream(values()).map(Capability::key).toList();
    }

    /** The capability of a key; empty if it is none. */
    public static Optional<Capability> of(String key) {
        return Arrays.stream(values())
                .filter(capability -> capability.key.equals(key))
                .findFirst();
    }
}

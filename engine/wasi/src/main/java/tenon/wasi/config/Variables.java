package tenon.wasi.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The values that a component is configured with, by name. Thread-safe.
 *
 * <p>A provider that does not answer throws {@link VariablesException}.
 */
public interface Variables {
    /** None at all. */
    Variables NONE = of(Map.of());

    /** The value of a name. */
    Optional<String> get(String name);

    /** All names and values. */
    Map<String, String> all();

    /** These and no others. */
    static Variables of(Map<String, String> values) {
        Map<String, String> fixed = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        return new Variables() {
            @Override
            public Optional<String> get(String name) {
                return Optional.ofNullable(fixed.get(name));
            }

            @Override
            public Map<String, String> all() {
                return fixed;
            }
        };
    }
}

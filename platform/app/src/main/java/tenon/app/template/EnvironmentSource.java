package tenon.app.template;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Values from the environment, {@code SPIN_VARIABLE_NAME} for the variable {@code name}, and behind it from a file {@code .env}
 * with the same names. Immutable.
 *
 * @param prefix what stands in front of {@code _NAME}
 * @param environment as {@link System#getenv()} has it
 * @param file what {@link DotEnvFile} read; empty without such a file
 */
public record EnvironmentSource(String prefix, Map<String, String> environment, Map<String, String> file)
        implements VariableSource {
    /** The prefix that is meant if nothing is said. */
    public static final String PREFIX = "SPIN_VARIABLE";

    public EnvironmentSource {
        environment = Map.copyOf(environment);
        file = Map.copyOf(file);
    }

    static String upper(String name) {
        return name.toUpperCase(Locale.ROOT);
    }

    @Override
    public Optional<String> value(String name) {
        String key = prefix + "_" + upper(name);
        return Optional.ofNullable(environment.getOrDefault(key, file.get(key)));
    }
}

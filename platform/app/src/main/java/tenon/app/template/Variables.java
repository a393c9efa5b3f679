package tenon.app.template;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tenon.app.ManifestException;
import tenon.app.Problems;
import tenon.types.Place;

/**
 * The values of an application's variables. Thread-safe if its sources are.
 *
 * <p>Policy: sources are asked in order, and the first that has a value is believed; then the default counts. Sources are asked
 * each time, so that a secret that changes is seen.
 */
public final class Variables {
    private final Map<String, Variable> declared;
    private final List<VariableSource> sources;

    /** Variables by name; the sources in the order in which they are asked: as Spin has it, what was given by hand first. */
    public Variables(Map<String, Variable> declared, List<VariableSource> sources) {
        this.declared = Collections.unmodifiableMap(new LinkedHashMap<>(declared));
        this.sources = List.copyOf(sources);
    }

    /**
     * The value of a variable.
     *
     * @throws ManifestException if it is not declared, or no source has a value and there is no default
     */
    public String value(String name) {
        Variable variable = declared.get(name);
        if (variable == null) {
            throw new ManifestException(Place.NOWHERE, "variable `" + name + "` does not exist");
        }
        return find(variable).orElseThrow(() -> new ManifestException(variable.place(), missing(variable)));
    }

    private Optional<String> find(Variable variable) {
        for (VariableSource source : sources) {
            Optional<String> value = source.value(variable.name());
            if (value.isPresent()) {
                return value;
            }
        }
        return Optional.ofNullable(variable.defaultValue());
    }

    private static String missing(Variable variable) {
        return "variable `" + variable.name() + "` is required and has no value, expected `--variable "
                + variable.name()
                + "=…` or `" + EnvironmentSource.PREFIX + "_"
                + EnvironmentSource.upper(variable.name()) + "=…` in the environment";
    }

    /** A template with the values filled in. */
    public String resolve(Template template) {
        return template.fill(this::value);
    }

    /**
     * Refuses to go on without values of required variables.
     *
     * @throws ManifestException naming all that are missing
     */
    public void checkRequired() {
        var problems = new Problems();
        for (Variable variable : declared.values()) {
            if (variable.required() && find(variable).isEmpty()) {
                problems.add(variable.place(), missing(variable));
            }
        }
        problems.throwIfAny();
    }

    /** Whether a template has a secret in it. */
    public boolean isSecret(Template template) {
        return template.variables().map(declared::get).anyMatch(variable -> variable != null && variable.secret());
    }
}

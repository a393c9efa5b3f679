package tenon.wasi.cli;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tenon.runtime.HostInterface;

/** {@code wasi:cli/environment@0.2}: what was granted, nothing of the host's own. Immutable. */
public final class Environment {
    /** The interface, for a Linker. */
    public static final HostInterface INTERFACE = HostInterface.of(
                    "wasi:cli/environment@0.2.12", Environment.class, MethodHandles.lookup())
            .function("get-environment", "getEnvironment", methodType(List.class))
            .function("get-arguments", "getArguments", methodType(List.class))
            .function("initial-cwd", "initialCwd", methodType(Optional.class))
            .build();

    private final List<Variable> variables;
    private final List<String> arguments;

    /**
     * What a guest sees.
     *
     * @param variables in the order in which the guest sees them
     * @param arguments the first is the program's name
     */
    public Environment(Map<String, String> variables, List<String> arguments) {
        this.variables = variables.entrySet().stream()
                .map(entry -> new Variable(entry.getKey(), entry.getValue()))
                .toList();
        this.arguments = List.copyOf(arguments);
    }

    /** {@code get-environment}. */
    public List<Variable> getEnvironment() {
        return variables;
    }

    /** {@code get-arguments}. */
    public List<String> getArguments() {
        return arguments;
    }

    /** {@code initial-cwd}: none; a guest has preopens. */
    public Optional<String> initialCwd() {
        return Optional.empty();
    }

    /** A variable's name and value. Immutable. */
    public record Variable(String name, String value) {}
}

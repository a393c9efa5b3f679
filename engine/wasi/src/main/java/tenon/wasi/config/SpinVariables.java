package tenon.wasi.config;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandles;
import java.util.regex.Pattern;
import tenon.runtime.HostInterface;
import tenon.runtime.value.Result;

/** {@code fermyon:spin/variables@2.0.0}. Thread-safe if its variables are. */
public final class SpinVariables {
    /** The interface, for a Linker. */
    public static final HostInterface INTERFACE = HostInterface.of(
                    "fermyon:spin/variables@2.0.0", SpinVariables.class, MethodHandles.lookup())
            .function("get", "get", methodType(Result.class, String.class))
            .build();

    /** No manifest has a longer one, and a pattern goes as deep as a name is long. */
    private static final int LONGEST_NAME = 1_000;

    // words of lower-case letters and digits, joined by single underscores, a letter first
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*");

    private final Variables variables;

    SpinVariables(Variables variables) {
        this.variables = variables;
    }

    Result<String, Refusal> get(String name) {
        if (name.length() > LONGEST_NAME) {
            return Result.err(new Refusal.InvalidName("the name is longer than " + LONGEST_NAME + " characters"));
        }
        if (!NAME.matcher(name).matches()) {
            return Result.err(new Refusal.InvalidName(
                    "`" + name + "` is no name, expected lower-case words joined by underscores"));
        }
        try {
            return variables
                    .get(name)
                    .<Result<String, Refusal>>map(Result::ok)
                    .orElseGet(() -> Result.err(new Refusal.Undefined("the component has no variable `" + name + "`")));
        } catch (VariablesException e) {
            return Result.err(new Refusal.Provider(e.fact()));
        }
    }

    /** The interface's {@code error}. Immutable. */
    public sealed interface Refusal {
        /** {@code invalid-name}. */
        record InvalidName(String description) implements Refusal {}

        /** {@code undefined}. */
        record Undefined(String description) implements Refusal {}

        /** {@code provider}. */
        record Provider(String description) implements Refusal {}

        /** {@code other}. */
        record Other(String description) implements Refusal {}
    }
}

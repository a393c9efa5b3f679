package tenon.app.template;

import java.util.Optional;

/** Knows values of variables: the command line, the environment, a file, a vault. Implementations are thread-safe. */
@FunctionalInterface
public interface VariableSource {

    /** The value of a variable; empty if this source does not have it, and the next one is asked. */
    Optional<String> value(String name);
}

package tenon.text.script;

import java.util.List;
import java.util.Optional;

/** What a script does with an instance, or with the current one where none is named. Immutable. */
public sealed interface Action {

    Optional<String> instance();

    String export();

    /** {@code (invoke $instance? "export" argument*)}. */
    record Invoke(Optional<String> instance, String export, List<Value> arguments) implements Action {
        public Invoke {
            arguments = List.copyOf(arguments);
        }
    }

    /** {@code (get $instance? "export")}: the value of a global, or a value that a component exports. */
    record Get(Optional<String> instance, String export) implements Action {}
}

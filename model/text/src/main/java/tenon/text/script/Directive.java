package tenon.text.script;

import java.util.List;
import java.util.Optional;
import tenon.types.Place;

/**
 * One step of a script: the grammar of scripts of the WebAssembly reference interpreter, and what the suites of the field
 * add to it. Names are identifiers without {@code $}. Immutable.
 */
public sealed interface Directive {

    /** Where its parenthesis opens. */
    Place.TextPosition position();

    /** {@code (module …)} or {@code (component …)}: define and instantiate; it becomes the current instance. */
    record Instantiate(Place.TextPosition position, Optional<String> name, Definition definition)
            implements Directive {}

    /** {@code (module definition …)}: define only. */
    record Define(Place.TextPosition position, Optional<String> name, Definition definition) implements Directive {}

    /** {@code (module instance $name $definition)}: instantiate what has been defined, the last one if none is named. */
    record InstantiateDefined(
            Place.TextPosition position, Definition.Kind kind, Optional<String> name, Optional<String> definition)
            implements Directive {}

    /** {@code (register "as" $instance)}: offer an instance, or the current one, to imports. */
    record Register(Place.TextPosition position, String as, Optional<String> instance) implements Directive {}

    /** An action whose results do not matter; it has to succeed. */
    record Perform(Place.TextPosition position, Action action) implements Directive {}

    /** {@code (assert_return action result*)}. */
    record AssertReturn(Place.TextPosition position, Action action, List<ResultPattern> results) implements Directive {
        public AssertReturn {
            results = List.copyOf(results);
        }
    }

    /** {@code (assert_trap action "message")}. */
    record AssertTrap(Place.TextPosition position, Action action, String message) implements Directive {}

    /** {@code (assert_exhaustion action "message")}. */
    record AssertExhaustion(Place.TextPosition position, Action action, String message) implements Directive {}

    /** {@code (assert_exception action)}: it ends with an exception that nothing catches. */
    record AssertException(Place.TextPosition position, Action action) implements Directive {}

    /** {@code (assert_suspension action "message")}: proposal "stack switching". */
    record AssertSuspension(Place.TextPosition position, Action action, String message) implements Directive {}

    /** {@code (assert_malformed module "message")}; {@code custom} where only custom sections or annotations are wrong. */
    record AssertMalformed(Place.TextPosition position, Definition definition, String message, boolean custom)
            implements Directive {}

    /** {@code (assert_invalid module "message")}; {@code custom} as for {@link AssertMalformed}. */
    record AssertInvalid(Place.TextPosition position, Definition definition, String message, boolean custom)
            implements Directive {}

    /** {@code (assert_unlinkable module "message")}. */
    record AssertUnlinkable(Place.TextPosition position, Definition definition, String message) implements Directive {}

    /** {@code (assert_uninstantiable module "message")}, and {@code assert_trap} of a module. */
    record AssertUninstantiable(Place.TextPosition position, Definition definition, String message)
            implements Directive {}

    /**
     * {@code (thread $name (shared (module $instance))* directive*)}: run directives beside those that follow.
     *
     * @param shared names of instances that they see, too
     */
    record InThread(Place.TextPosition position, String name, List<String> shared, List<Directive> directives)
            implements Directive {
        public InThread {
            shared = List.copyOf(shared);
            directives = List.copyOf(directives);
        }
    }

    /** {@code (wait $name)}: until the thread of this name has ended. */
    record Wait(Place.TextPosition position, String name) implements Directive {}

    /** How many directives these are, with those inside. */
    static int count(List<Directive> directives) {
        int count = directives.size();
        for (Directive directive : directives) {
            if (directive instanceof InThread thread) {
                count += count(thread.directives());
            }
        }
        return count;
    }
}

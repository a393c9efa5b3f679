package tenon.script;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tenon.component.ComponentFeatures;
import tenon.core.CoreFunction;
import tenon.core.CoreGlobal;
import tenon.core.Trap;
import tenon.core.TrapKind;
import tenon.text.script.Action;
import tenon.text.script.Definition;
import tenon.text.script.Directive;
import tenon.text.script.Value;
import tenon.text.script.WastScript;
import tenon.types.InvalidException;
import tenon.types.LinkException;
import tenon.types.MalformedException;
import tenon.types.TenonException;
import tenon.types.core.FuncType;
import tenon.types.core.NumType;
import tenon.wasm.Features;

/**
 * Runs a script, one directive after the other: the semantics of the WebAssembly reference interpreter's scripts. Stateless.
 *
 * <p>Traps have to say the words that a script gives, but for those of the Component Model, whose words are free. Of malformed, invalid and unlinkable modules only the
 * kind of error counts: their words are free. A directive that needs what Tenon does not have fails, and says so. Beyond those
 * semantics an instance that has a name can be imported by it without being registered, as wasmtime's scripts do, and scripts may
 * have threads, whose directives are judged when they are waited for.
 */
public final class ScriptRunner {
    /** How long a script may take when nobody says. */
    public static final Duration TIME_LIMIT = Duration.ofMinutes(2);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Instances instances;
    private final boolean onlyValidates;
    private final TimeLimit time;
    private final List<ScriptResult.Failure> failures = new ArrayList<>();
    private final Map<String, Running> threads = new HashMap<>();

    private record Running(Directive.InThread directive, Thread thread, ScriptRunner runner) {
        Directive.Wait asWait() {
            return new Directive.Wait(directive.position(), directive.name());
        }
    }

    private ScriptRunner(Instances instances, boolean onlyValidates, TimeLimit time) {
        this.instances = instances;
        this.onlyValidates = onlyValidates;
        this.time = time;
    }

    /** Runs a script; modules may use {@code features}. */
    public static ScriptResult run(WastScript script, Features features) {
        return run(script, new Requirements(features, ComponentFeatures.DEFAULT, false, false, List.of()), TIME_LIMIT);
    }

    static ScriptResult run(WastScript script, Requirements needs, Duration limit) {
        try (var time = new TimeLimit(limit)) {
            return run(script, needs, time);
        }
    }

    private static ScriptResult run(WastScript script, Requirements needs, TimeLimit time) {
        // who calls something needs an instance of it
        boolean calls = script.directives().stream()
                .anyMatch(each -> each instanceof Directive.Perform || each instanceof Directive.AssertReturn);
        var instances = new Instances(needs);
        time.onEnd(() -> instances.stop(time.reason()));
        var runner = new ScriptRunner(instances, needs.onlyValidates() && !calls, time);
        runner.run(script.directives());
        runner.close(script);
        int passed = Directive.count(script.directives()) - runner.failures.size();
        return new ScriptResult(script.file(), passed, runner.failures, 0, "");
    }

    private void run(List<Directive> directives) {
        directives.forEach(this::note);
        // a script may leave it to its end
        List.copyOf(threads.values()).forEach(left -> note(left.asWait()));
    }

    /** Ends what the script has made; a destructor may fail. */
    private void close(WastScript script) {
        try {
            instances.close();
        } catch (RuntimeException error) {
            failures.add(new ScriptResult.Failure(
                    script.directives().getLast().position(), "at the end of the script: " + error));
        }
    }

    private void note(Directive directive) {
        Optional<String> wrong = time.isUp() ? Optional.empty() : judge(directive);
        // what was stopped may look like what was expected
        (time.isUp() ? Optional.of(time.reason()) : wrong)
                .ifPresent(why -> failures.add(new ScriptResult.Failure(directive.position(), why)));
    }

    private void start(Directive.InThread directive) {
        var runner = new ScriptRunner(instances.sharing(directive.shared()), onlyValidates, time);
        var thread = Thread.ofPlatform()
                .name("script-" + directive.name())
                .daemon()
                .start(() -> runner.run(directive.directives()));
        threads.put(directive.name(), new Running(directive, thread, runner));
    }

    private void await(String name) {
        Running running = threads.remove(name);
        if (running == null) {
            throw new ScriptException("no thread `$" + name + "` is there");
        }
        try {
            if (!running.thread.join(PATIENCE)) {
                throw new ScriptException("thread `$" + name + "` has not ended after " + PATIENCE.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ScriptException("interrupted while waiting for thread `$" + name + "`");
        }
        failures.addAll(running.runner.failures);
    }

    /** Nothing if the directive holds, else why not. */
    private Optional<String> judge(Directive directive) {
        try {
            return check(directive);
        } catch (TenonException error) {
            return Optional.of(describe(error));
        } catch (RuntimeException | AssertionError | LinkageError | StackOverflowError | OutOfMemoryError error) {
            // a fault of ours fails its directive, and must not hide what the others say
            return Optional.of("fault: " + error + at(error));
        }
    }

    private static String at(Throwable error) {
        return error.getStackTrace().length == 0 ? "" : " at " + error.getStackTrace()[0];
    }

    private Optional<String> check(Directive directive) {
        switch (directive) {
            case Directive.Instantiate(var _, var name, var definition) -> {
                if (onlyValidates) {
                    instances.check(definition);
                } else {
                    instances.instantiate(name, definition);
                }
            }
            case Directive.Define(var _, var name, var definition) -> instances.define(name, definition);
            case Directive.InstantiateDefined(var _, var kind, var name, var definition) -> {
                instances.instantiateDefined(kind, name, definition);
            }
            case Directive.Register(var _, String as, var instance) -> instances.register(as, instance);
            case Directive.Perform(var _, Action action) -> perform(action);
            case Directive.AssertReturn(var _, Action action, var results) -> {
                return isOfComponent(action)
                        ? ComponentResults.compare(invokeComponent(action), results)
                        : Results.compare(performCore(action), results);
            }
            case Directive.AssertTrap(var _, Action action, String message) -> {
                boolean component = isOfComponent(action);
                return failing(
                        "trap `" + message + "`", () -> perform(action), error -> isTrap(error, message, component));
            }
            case Directive.AssertExhaustion(var _, Action action, String message) -> {
                return failing(
                        "exhaustion `" + message + "`",
                        () -> perform(action),
                        error -> isTrap(error, message, false) && ((Trap) error).kind() == TrapKind.STACK_EXHAUSTED);
            }
            case Directive.AssertException(var _, Action action) -> {
                return failing(
                        "an exception",
                        () -> perform(action),
                        error -> error instanceof Trap trap && trap.kind() == TrapKind.UNHANDLED_EXCEPTION);
            }
            case Directive.AssertMalformed(var _, var definition, String message, var _) -> {
                return failing(
                        "malformed module: " + message,
                        () -> instances.check(definition),
                        error -> error instanceof MalformedException || isWrongComponent(definition, error));
            }
            case Directive.AssertInvalid(var _, var definition, String message, var _) -> {
                return failing(
                        "invalid module: " + message,
                        () -> instances.check(definition),
                        error -> error instanceof InvalidException || isWrongComponent(definition, error));
            }
            case Directive.AssertUnlinkable(var _, var definition, String message) -> {
                Runnable work = instances.instantiation(definition);
                return failing("unlinkable module: " + message, work, LinkException.class::isInstance);
            }
            case Directive.AssertUninstantiable(var _, var definition, String message) -> {
                Runnable work = instances.instantiation(definition);
                boolean component = definition.kind() == Definition.Kind.COMPONENT;
                return failing("trap `" + message + "`", work, error -> isTrap(error, message, component));
            }
            case Directive.AssertSuspension _ -> throw new ScriptException("stack switching is not supported");
            case Directive.InThread thread -> start(thread);
            case Directive.Wait(var _, String name) -> await(name);
        }
        return Optional.empty();
    }

    /** What is expected to fail in a certain way. */
    private static Optional<String> failing(
            String expected, Runnable work, java.util.function.Predicate<TenonException> right) {
        try {
            work.run();
        } catch (TenonException error) {
            return right.test(error)
                    ? Optional.empty()
                    : Optional.of("found " + describe(error) + ", expected " + expected);
        }
        return Optional.of("found success, expected " + expected);
    }

    /** Of components the suites tell malformed from invalid in ways of their own. */
    private static boolean isWrongComponent(Definition definition, TenonException error) {
        return definition.kind() == Definition.Kind.COMPONENT
                && (error instanceof MalformedException || error instanceof InvalidException);
    }

    /** The words of core traps are those of the suites; those that the Component Model has are free. */
    private static boolean isTrap(TenonException error, String message, boolean component) {
        if (!(error instanceof Trap trap)) {
            return false;
        }
        return trap.fact().contains(message)
                || (component
                        && trap.kind() != TrapKind.HOST
                        && message.contains(trap.kind().text()))
                || (component
                        && (trap.kind() == TrapKind.HOST || trap.kind() == TrapKind.UNHANDLED_EXCEPTION)
                        && Arrays.stream(TrapKind.values())
                                .filter(kind -> kind != TrapKind.HOST)
                                .noneMatch(kind -> message.contains(kind.text())));
    }

    private boolean isOfComponent(Action action) {
        return instances.components().isHere(action.instance());
    }

    private Optional<tenon.runtime.value.Value> invokeComponent(Action action) {
        return switch (action) {
            case Action.Invoke(var instance, String export, List<Value> arguments) ->
                instances.components().invoke(instance, export, arguments);
            case Action.Get(var instance, String export) ->
                Optional.of(instances.components().get(instance, export));
        };
    }

    private void perform(Action action) {
        if (isOfComponent(action)) {
            invokeComponent(action);
        } else {
            performCore(action);
        }
    }

    private static String describe(TenonException error) {
        String kind = switch (error) {
            case Trap _ -> "trap: ";
            case MalformedException _ -> "malformed: ";
            case InvalidException _ -> "invalid: ";
            case LinkException _ -> "unlinkable: ";
            default -> "";
        };
        return kind + error.getMessage();
    }

    private List<@Nullable Object> performCore(Action action) {
        return switch (action) {
            case Action.Invoke(var instance, String export, List<Value> arguments) ->
                switch (instances.export(instance, export)) {
                    case CoreFunction function -> invoke(function, export, arguments);
                    default -> throw new ScriptException("export `" + export + "` is not a function");
                };
            case Action.Get(var instance, String export) ->
                switch (instances.export(instance, export)) {
                    case CoreGlobal global -> get(global);
                    default -> throw new ScriptException("export `" + export + "` is not a global");
                };
        };
    }

    private static List<@Nullable Object> get(CoreGlobal global) {
        var value = new ArrayList<@Nullable Object>();
        value.add(
                global.type().value() instanceof NumType number
                        ? Results.number(number, global.bits())
                        : global.reference());
        return value;
    }

    private static List<@Nullable Object> invoke(CoreFunction function, String export, List<Value> arguments) {
        FuncType type = function.type();
        if (arguments.size() != type.params().size()) {
            throw new ScriptException(
                    "`" + export + "` takes " + type.params() + ", found " + arguments.size() + " arguments");
        }
        var values = new ArrayList<@Nullable Object>();
        for (int i = 0; i < arguments.size(); i++) {
            if (!Results.fits(arguments.get(i), type.params().get(i))) {
                throw new ScriptException("`" + export + "` takes " + type + ", found argument " + arguments.get(i));
            }
            values.add(Results.argument(arguments.get(i)));
        }
        try {
            return Results.of(type.results(), function.handle().invokeWithArguments(values));
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("a checked exception left a guest", e);
        }
    }
}

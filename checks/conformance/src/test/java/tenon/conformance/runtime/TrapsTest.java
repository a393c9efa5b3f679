package tenon.conformance.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tenon.component.Component;
import tenon.component.ComponentFeature;
import tenon.component.ComponentFeatures;
import tenon.component.read.ComponentDecoder;
import tenon.core.Trap;
import tenon.runtime.Instance;
import tenon.runtime.LinkedComponent;
import tenon.runtime.Linker;
import tenon.runtime.Runtime;
import tenon.runtime.Store;
import tenon.runtime.StoreLimits;
import tenon.text.Wat;
import tenon.text.script.Action;
import tenon.text.script.Directive;
import tenon.text.script.WastScript;
import tenon.wasm.Binary;

/**
 * Every rule of the Canonical ABI that a guest can break ends it with a trap that names the rule and its section, by generated adapters
 * and by interpreted ones; the instance is not entered any more. docs/traps.md has the rules and where they are held.
 */
class TrapsTest {
    private static final ComponentFeatures FEATURES =
            ComponentFeatures.DEFAULT.with(ComponentFeature.ERROR_CONTEXT).with(ComponentFeature.THREADING);

    private static final Runtime GENERATED = Runtime.create();
    private static final Runtime INTERPRETED = GENERATED.withGeneratedAdapters(false);

    /** The scripts beside this test: of each component, its functions that trap, and with what. */
    private static final List<String> SCRIPTS = List.of("memory", "handles", "tasks", "builtins");

    private static Runtime runtime(boolean generated) {
        return generated ? GENERATED : INTERPRETED;
    }

    private static LinkedComponent link(boolean generated, byte[] component) {
        Component decoded = ComponentDecoder.decode(component, FEATURES);
        return new Linker().link(runtime(generated), decoded);
    }

    @TestFactory
    Stream<DynamicTest> brokenRulesTrap() throws IOException {
        var tests = new ArrayList<DynamicTest>();
        for (String script : SCRIPTS) {
            for (boolean generated : new boolean[] {true, false}) {
                collect(script, generated, tests);
            }
        }
        return tests.stream();
    }

    private static void collect(String script, boolean generated, List<DynamicTest> tests) throws IOException {
        String resource = "/tenon/conformance/traps/" + script + ".wast";
        byte[] text;
        try (InputStream in = TrapsTest.class.getResourceAsStream(resource)) {
            assert in != null : resource;
            text = in.readAllBytes();
        }
        LinkedComponent linked = null;
        for (Directive each : WastScript.parse(resource, text).directives()) {
            LinkedComponent last = linked;
            switch (each) {
                case Directive.Instantiate(var _, var _, var definition) ->
                    linked = new Linker()
                            .link(runtime(generated), ComponentDecoder.decode(Binary.of(definition.bytes()), FEATURES));
                case Directive.AssertTrap(var _, Action action, String message) -> {
                    assert last != null;
                    tests.add(DynamicTest.dynamicTest(
                            script + " " + action.export() + (generated ? "" : ", interpreted"),
                            () -> traps(last, action.export(), message)));
                }
                case Directive.AssertReturn(var _, Action action, var _) -> {
                    assert last != null;
                    tests.add(DynamicTest.dynamicTest(
                            script + " " + action.export() + (generated ? "" : ", interpreted"),
                            () -> returns(last, action.export())));
                }
                default -> throw new AssertionError(each);
            }
        }
    }

    private static void traps(LinkedComponent linked, String export, String message) {
        try (Store store = Store.open()) {
            Instance instance = linked.instantiate(store);
            Trap trap = assertThrows(Trap.class, () -> instance.func(export).call(List.of()));
            assertTrue(trap.fact().contains(message), trap.fact() + ", expected: " + message);
            Trap again = assertThrows(Trap.class, () -> instance.func(export).call(List.of()));
            assertEquals("cannot enter component instance (CanonicalABI.md, \"Component Instances\")", again.fact());
        }
    }

    private static void returns(LinkedComponent linked, String export) {
        try (Store store = Store.open()) {
            linked.instantiate(store).func(export).call(List.of());
        }
    }

    /** A built-in, or a call out, with the core type that it has. */
    private record Leaving(String canon, String params, String result) {}

    private static final List<Leaving> LEAVING = List.of(
            new Leaving("lower (func $out)", "", ""),
            new Leaving("lower (func $out-later) async (memory $memory \"memory\")", "", "i32"),
            new Leaving("resource.new $R", "i32", "i32"),
            new Leaving("resource.drop $R", "i32", ""),
            new Leaving("task.return", "", ""),
            new Leaving("task.cancel", "", ""),
            new Leaving("waitable-set.new", "", "i32"),
            new Leaving("waitable-set.wait (memory $memory \"memory\")", "i32 i32", "i32"),
            new Leaving("waitable-set.poll (memory $memory \"memory\")", "i32 i32", "i32"),
            new Leaving("waitable-set.drop", "i32", ""),
            new Leaving("waitable.join", "i32 i32", ""),
            new Leaving("subtask.cancel", "i32", "i32"),
            new Leaving("subtask.drop", "i32", ""),
            new Leaving("stream.new $S", "", "i64"),
            new Leaving("stream.read $S (memory $memory \"memory\")", "i32 i32 i32", "i32"),
            new Leaving("stream.write $S async (memory $memory \"memory\")", "i32 i32 i32", "i32"),
            new Leaving("stream.cancel-read $S", "i32", "i32"),
            new Leaving("stream.cancel-write $S async", "i32", "i32"),
            new Leaving("stream.drop-readable $S", "i32", ""),
            new Leaving("stream.drop-writable $S", "i32", ""),
            new Leaving("future.new $F", "", "i64"),
            new Leaving("future.read $F (memory $memory \"memory\")", "i32 i32", "i32"),
            new Leaving("future.write $F async (memory $memory \"memory\")", "i32 i32", "i32"),
            new Leaving("future.cancel-read $F", "i32", "i32"),
            new Leaving("future.cancel-write $F", "i32", "i32"),
            new Leaving("future.drop-readable $F", "i32", ""),
            new Leaving("future.drop-writable $F", "i32", ""),
            new Leaving("error-context.new (memory $memory \"memory\")", "i32 i32", "i32"),
            new Leaving(
                    "error-context.debug-message (memory $memory \"memory\") (realloc (func $memory \"realloc\"))",
                    "i32 i32",
                    ""),
            new Leaving("error-context.drop", "i32", ""),
            new Leaving("thread.index", "", "i32"),
            new Leaving("thread.new-indirect $start (table $memory \"table\")", "i32 i32", "i32"),
            new Leaving("thread.resume-later", "i32", ""),
            new Leaving("thread.suspend", "", "i32"),
            new Leaving("thread.yield", "", "i32"),
            new Leaving("thread.suspend-then-resume", "i32", "i32"),
            new Leaving("thread.yield-then-resume", "i32", "i32"),
            new Leaving("thread.suspend-then-promote", "i32", "i32"),
            new Leaving("thread.yield-then-promote", "i32", "i32"));

    /** What a guest may ask for even there. */
    private static final List<Leaving> STAYING = List.of(
            new Leaving("context.get i32 0", "", "i32"),
            new Leaving("context.set i32 0", "i32", ""),
            new Leaving("backpressure.inc", "", ""));

    private static byte[] calling(Leaving what) {
        String params = what.params.isEmpty() ? "" : "(param " + what.params + ")";
        String result = what.result.isEmpty() ? "" : "(result " + what.result + ")";
        String call =
                "(call $it " + "(i32.const 0) ".repeat(what.params.isEmpty() ? 0 : what.params.split(" ").length) + ")";
        return Wat.parse(what.canon, """
                (component
                  (component $Out
                    (core module $M (func (export "out")))
                    (core instance $m (instantiate $M))
                    (func (export "out") (canon lift (core func $m "out")))
                    (func (export "out-later") async (canon lift (core func $m "out"))))
                  (instance $outside (instantiate $Out))
                  (alias export $outside "out" (func $out))
                  (alias export $outside "out-later" (func $out-later))
                  (type $R (resource (rep i32)))
                  (type $S (stream u8))
                  (type $F (future u8))
                  (core type $start (func (param i32)))
                  (core module $Memory
                    (memory (export "memory") 1)
                    (table (export "table") 1 funcref)
                    (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 64)))
                  (core instance $memory (instantiate $Memory))
                  (core func $it (canon %1$s))
                  (core module $M
                    (import "" "it" (func $it %2$s %3$s))
                    (func (export "nothing"))
                    (func (export "take") (param i32 i32))
                    (func (export "post-return") %4$s)
                    (func (export "realloc") (param i32 i32 i32 i32) (result i32) %4$s (i32.const 64)))
                  (core instance $m (instantiate $M (with "" (instance (export "it" (func $it))))))
                  (func (export "freed") (canon lift (core func $m "nothing") (post-return (func $m "post-return"))))
                  (func $told (param "a" string)
                    (canon lift (core func $m "take") (memory $memory "memory") (realloc (func $m "realloc"))))
                  (component $Caller
                    (import "told" (func $told (param "a" string)))
                    (core module $Memory (memory (export "memory") 1))
                    (core instance $memory (instantiate $Memory))
                    (core func $told (canon lower (func $told) (memory $memory "memory")))
                    (core module $M
                      (import "" "told" (func $told (param i32 i32)))
                      (func (export "tell") (call $told (i32.const 0) (i32.const 4))))
                    (core instance $m (instantiate $M (with "" (instance (export "told" (func $told))))))
                    (func (export "tell") (canon lift (core func $m "tell"))))
                  (instance $caller (instantiate $Caller (with "told" (func $told))))
                  (export "told" (func $caller "tell")))
                """.formatted(
                        what.canon, params, result, what.result.isEmpty() ? call : "(drop " + call + ")"));
    }

    @TestFactory
    Stream<DynamicTest> nothingIsLeftInReallocOrPostReturn() {
        var tests = new ArrayList<DynamicTest>();
        for (boolean generated : new boolean[] {true, false}) {
            for (Leaving what : LEAVING) {
                tests.add(DynamicTest.dynamicTest(what.canon + (generated ? "" : ", interpreted"), () -> {
                    LinkedComponent linked = link(generated, calling(what));
                    String rule = "cannot leave component instance (CanonicalABI.md, \"Component Instances\")";
                    traps(linked, "freed", rule);
                    traps(linked, "told", rule);
                }));
            }
            for (Leaving what : STAYING) {
                tests.add(DynamicTest.dynamicTest(what.canon + (generated ? "" : ", interpreted"), () -> {
                    LinkedComponent linked = link(generated, calling(what));
                    returns(linked, "freed");
                    returns(linked, "told");
                }));
            }
        }
        return tests.stream();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void tableHasALimit(boolean generated) {
        LinkedComponent linked = link(generated, Wat.parse("limit", """
                (component
                  (type $R (resource (rep i32)))
                  (core func $new (canon resource.new $R))
                  (core func $drop (canon resource.drop $R))
                  (core module $M
                    (import "" "new" (func $new (param i32) (result i32)))
                    (import "" "drop" (func $drop (param i32)))
                    (func (export "ten") (local $n i32)
                      (loop $more
                        (drop (call $new (local.get $n)))
                        (br_if $more (i32.lt_u
                          (local.tee $n (i32.add (local.get $n) (i32.const 1)))
                          (i32.const 10)))))
                    (func (export "one") (drop (call $new (i32.const 0))))
                    (func (export "less") (call $drop (i32.const 3))))
                  (core instance $m (instantiate $M (with "" (instance
                    (export "new" (func $new)) (export "drop" (func $drop))))))
                  (func (export "ten") (canon lift (core func $m "ten")))
                  (func (export "one") (canon lift (core func $m "one")))
                  (func (export "less") (canon lift (core func $m "less"))))
                """));
        try (Store store = Store.open(StoreLimits.DEFAULT.withHandles(10))) {
            Instance instance = linked.instantiate(store);
            instance.func("ten").call(List.of());
            instance.func("less").call(List.of());
            instance.func("one").call(List.of());
            Trap trap = assertThrows(Trap.class, () -> instance.func("one").call(List.of()));
            assertEquals(
                    "the table of handles is full: its limit is 10 (CanonicalABI.md, \"Table State\")", trap.fact());
        }
    }
}

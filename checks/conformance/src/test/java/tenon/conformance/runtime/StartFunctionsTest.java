package tenon.conformance.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tenon.component.Component;
import tenon.component.ComponentFeature;
import tenon.component.ComponentFeatures;
import tenon.component.read.ComponentDecoder;
import tenon.core.MemoryBudget;
import tenon.core.Trap;
import tenon.runtime.Binding;
import tenon.runtime.HostInterface;
import tenon.runtime.Instance;
import tenon.runtime.LinkPolicy;
import tenon.runtime.LinkedComponent;
import tenon.runtime.Linker;
import tenon.runtime.Provider;
import tenon.runtime.Runtime;
import tenon.runtime.Store;
import tenon.runtime.value.Value;
import tenon.text.Wat;
import tenon.types.LinkException;
import tenon.types.TenonException;

/** Values that the host gives and takes, and start functions between host and guest. */
class StartFunctionsTest {
    /** Adds what it is given to what it has, when it starts and whenever it is called. */
    private static final String COUNTER = """
            (component
              (import "from" (value $from u32))
              (core module $m
                (global $n (mut i32) (i32.const 0))
                (func (export "add") (param i32) (result i32)
                  (global.set $n (i32.add (global.get $n) (local.get 0)))
                  (global.get $n)))
              (core instance $m (instantiate $m))
              (func $add (export "add") (param "n" u32) (result u32) (canon lift (core func $m "add")))
              (start $add (value $from) (result (value $first)))
              (export "first" (value $first)))
            """;

    /** What the host's own functions see. */
    static final class Log {
        private final List<String> lines = new ArrayList<>();

        public int note(String line, byte[] numbers) {
            lines.add(line + numbers.length);
            return lines.size();
        }
    }

    private static Component component(String text) {
        return ComponentDecoder.decode(
                Wat.parse("test.wat", text), ComponentFeatures.DEFAULT.with(ComponentFeature.VALUES));
    }

    private static Value u32(int value) {
        return new Value.U32(value);
    }

    private static Value add(Instance instance, int number) {
        return instance.func("add").call(List.of(u32(number))).orElseThrow();
    }

    @Test
    void withoutItsSwitchThereIsNone() {
        byte[] binary = Wat.parse("test.wat", COUNTER);
        var error = assertThrows(TenonException.class, () -> ComponentDecoder.decode(binary));
        assertTrue(error.getMessage().contains("cm-values"), error.getMessage());
    }

    @Test
    void eachInstanceBeginsWithWhatItsStartFunctionLeft() {
        var linker = new Linker().value("from", u32(40));
        try (LinkedComponent linked = linker.link(Runtime.create(), component(COUNTER))) {
            for (int life = 0; life < 3; life++) {
                try (Store store = Store.open()) {
                    Instance instance = linked.instantiate(store);
                    assertEquals(u32(40), instance.value("first"));
                    assertEquals(u32(42), add(instance, 2));
                    assertEquals(u32(40), instance.value("first"), "a value does not change");
                }
            }
            assertEquals(
                    List.of(new LinkedComponent.ExportedValue(
                            "", "first", linked.values().getFirst().type())),
                    linked.values());
        }
    }

    @Test
    void valuesOfAnInterfaceAreGivenByItsName() {
        Component component = component("""
                (component
                  (import "test:it/settings@1.2.0" (instance $s (export "port" (value u16)) (export "host" (value string))))
                  (alias export $s "port" (value $port))
                  (alias export $s "host" (value $host))
                  (instance $out (export "p" (value $port)) (export "h" (value $host)))
                  (export "test:it/seen" (instance $out)))
                """);
        var linker = new Linker()
                .value("test:it/settings@1.3.0", "port", new Value.U16((short) 80))
                .value("test:it/settings@1.3.0", "host", new Value.Text("localhost"));
        try (LinkedComponent linked = linker.link(Runtime.create(), component);
                Store store = Store.open()) {
            Instance instance = linked.instantiate(store);
            assertEquals(new Value.U16((short) 80), instance.value("test:it/seen", "p"));
            assertEquals(new Value.Text("localhost"), instance.value("test:it/seen", "h"));
            var error = assertThrows(LinkException.class, () -> instance.value("test:it/seen", "absent"));
            assertEquals("the component exports no value `test:it/seen#absent`", error.fact());
        }
    }

    @Test
    void whatIsMissingOrDoesNotFitIsTold() {
        Component component = component("""
                (component
                  (import "port" (value $port u16))
                  (import "names" (value $names (list string)))
                  (type $r (resource (rep i32)))
                  (export "p" (value $port))
                  (export "n" (value $names)))
                """);
        var linker = new Linker().value("prt", new Value.U16((short) 1)).value("names", new Value.Text("x"));
        var error = assertThrows(LinkException.class, () -> linker.link(Runtime.create(), component));
        assertTrue(
                error.getMessage().contains("`port`: nothing gives this value, which is of type `u16`"),
                error.getMessage());
        assertTrue(
                error.getMessage().contains("`names`: the value given is none of type `list<string>`"),
                error.getMessage());
    }

    @Test
    void policiesRefuseValuesOrMakeThemUp() {
        Component component = component(COUNTER);
        var refused = new Linker().value("from", u32(1)).restrict(LinkPolicy.NONE.deny("from"));
        var error = assertThrows(LinkException.class, () -> refused.link(Runtime.create(), component));
        assertTrue(error.getMessage().contains("`from`: denied by the policy"), error.getMessage());
        var denied = new Linker().value("from", u32(1)).restrict(LinkPolicy.NONE.denyCalls("from"));
        error = assertThrows(LinkException.class, () -> denied.link(Runtime.create(), component));
        assertTrue(error.getMessage().contains("this is a value, which nobody calls"), error.getMessage());
        var mocked = new Linker().restrict(LinkPolicy.NONE.mock("from"));
        try (LinkedComponent linked = mocked.link(Runtime.create(), component);
                Store store = Store.open()) {
            assertEquals(u32(0), linked.instantiate(store).value("first"));
        }
    }

    @Test
    void aProvidersValuesMeetImports() {
        String user = """
                (component
                  (import "first" (value $v u32))
                  (export "seen" (value $v)))
                """;
        var provider = new Provider(component(COUNTER), new Linker().value("from", u32(9)));
        try (LinkedComponent linked = new Linker().provide(provider).link(Runtime.create(), component(user));
                Store store = Store.open()) {
            assertEquals(u32(9), linked.instantiate(store).value("seen"));
        }
        Runtime runtime = Runtime.create();
        try (var binding = new Binding(runtime, provider)) {
            var error = assertThrows(
                    LinkException.class, () -> new Linker().provide(binding).link(runtime, component(user)));
            assertTrue(
                    error.getMessage().contains("`first`: a value cannot come from a provider that can be replaced"),
                    error.getMessage());
        }
    }

    @Test
    void aReplacedProviderStartsAnew() {
        Runtime runtime = Runtime.create();
        Component caller = component("""
                (component
                  (import "add" (func $add (param "n" u32) (result u32)))
                  (core func $add' (canon lower (func $add)))
                  (core module $m
                    (import "" "add" (func $add (param i32) (result i32)))
                    (func (export "add") (param i32) (result i32) (call $add (local.get 0))))
                  (core instance $m (instantiate $m (with "" (instance (export "add" (func $add'))))))
                  (func (export "add") (param "n" u32) (result u32) (canon lift (core func $m "add"))))
                """);
        try (var binding = new Binding(runtime, new Provider(component(COUNTER), new Linker().value("from", u32(10))));
                LinkedComponent linked =
                        new Linker().provide("add", binding, "add").link(runtime, caller);
                Store store = Store.open()) {
            Instance instance = linked.instantiate(store);
            assertEquals(u32(11), add(instance, 1));
            binding.replace(new Provider(component(COUNTER), new Linker().value("from", u32(20))));
            assertEquals(u32(21), add(instance, 1));
            assertEquals(u32(22), add(instance, 1));
        }
    }

    private static Linker logging(Log log) {
        var host = HostInterface.of("", Log.class, MethodHandles.lookup())
                .function("note", "note", MethodType.methodType(int.class, String.class, byte[].class))
                .build();
        return new Linker().define(host, _ -> log);
    }

    @Test
    void theHostsFunctionsAreCalledForEachInstance() {
        Component component = component("""
                (component
                  (import "note" (func $note (param "line" string) (param "numbers" (list u8)) (result u32)))
                  (value $line string "begun ")
                  (value $numbers (list u8) (list 1 2 3))
                  (start $note (value $line) (value $numbers) (result (value $count)))
                  (export "count" (value $count)))
                """);
        var log = new Log();
        try (LinkedComponent linked = logging(log).link(Runtime.create(), component)) {
            for (int life = 1; life <= 3; life++) {
                try (Store store = Store.open()) {
                    assertEquals(u32(life), linked.instantiate(store).value("count"));
                }
            }
        }
        assertEquals(List.of("begun 3", "begun 3", "begun 3"), log.lines);
    }

    @Test
    void aTrapEndsTheInstantiationAlone() {
        Component component = component("""
                (component
                  (import "fails" (value $fails bool))
                  (core module $m (memory 1) (func (export "f") (param i32) (if (local.get 0) (then unreachable))))
                  (core instance $m (instantiate $m))
                  (func $f (param "fails" bool) (canon lift (core func $m "f")))
                  (start $f (value $fails)))
                """);
        var budget = MemoryBudget.withoutReserves(64 << 20);
        Runtime runtime = Runtime.create().withMemoryBudget(budget);
        try (LinkedComponent fails =
                        new Linker().value("fails", new Value.Bool(true)).link(runtime, component);
                LinkedComponent runs =
                        new Linker().value("fails", new Value.Bool(false)).link(runtime, component);
                Store store = Store.open()) {
            for (int i = 0; i < 3; i++) {
                var trap = assertThrows(Trap.class, () -> fails.instantiate(store));
                assertTrue(trap.fact().contains("unreachable"), trap.fact());
                assertEquals(0, budget.used());
            }
            assertEquals(runs, runs.instantiate(store).component());
            assertTrue(budget.used() > 0);
        }
        assertEquals(0, budget.used());
    }

    @Test
    void whatAStartFunctionMakesBelongsToItsInstance() {
        Component component = component("""
                (component
                  (type $r' (resource (rep i32)))
                  (export $r "thing" (type $r'))
                  (core func $new (canon resource.new $r'))
                  (core module $m
                    (import "" "new" (func $new (param i32) (result i32)))
                    (func (export "make") (result i32) (call $new (i32.const 5)))
                    (func (export "get") (param i32) (result i32) (local.get 0)))
                  (core instance $m (instantiate $m (with "" (instance (export "new" (func $new))))))
                  (func $make (result (own $r)) (canon lift (core func $m "make")))
                  (func (export "get") (param "self" (borrow $r)) (result u32) (canon lift (core func $m "get")))
                  (start $make (result (value $made)))
                  (export "made" (value $made)))
                """);
        try (LinkedComponent linked = new Linker().link(Runtime.create(), component)) {
            Value old = null;
            for (int life = 0; life < 2; life++) {
                try (Store store = Store.open()) {
                    Instance instance = linked.instantiate(store);
                    Value made = assertInstanceOf(Value.Handle.class, instance.value("made"));
                    assertEquals(Optional.of(u32(5)), instance.func("get").call(List.of(made)));
                    assertTrue(!made.equals(old), "each life has a resource of its own");
                    old = made;
                }
            }
        }
    }

    /** To validation each alias of an export is a value of its own. */
    @Test
    void aHandleIsGivenAwayOnce() {
        Component component = component("""
                (component
                  (component $maker
                    (type $r' (resource (rep i32)))
                    (export $r "thing" (type $r'))
                    (core func $new (canon resource.new $r'))
                    (core module $m
                      (import "" "new" (func $new (param i32) (result i32)))
                      (func (export "make") (result i32) (call $new (i32.const 77)))
                      (func (export "take") (param i32)))
                    (core instance $m (instantiate $m (with "" (instance (export "new" (func $new))))))
                    (func $make (result (own $r)) (canon lift (core func $m "make")))
                    (func (export "take") (param "t" (own $r)) (canon lift (core func $m "take")))
                    (start $make (result (value $made)))
                    (export "made" (value $made)))
                  (component $taker
                    (import "thing" (type $t (sub resource)))
                    (import "take" (func $take (param "t" (own $t))))
                    (import "v" (value $v (own $t)))
                    (start $take (value $v)))
                  (instance $maker (instantiate $maker))
                  (alias export $maker "made" (value $once))
                  (alias export $maker "made" (value $twice))
                  (instance (instantiate $taker
                    (with "thing" (type $maker "thing")) (with "take" (func $maker "take")) (with "v" (value $once))))
                  (instance (instantiate $taker
                    (with "thing" (type $maker "thing")) (with "take" (func $maker "take")) (with "v" (value $twice)))))
                """);
        var error = assertThrows(TenonException.class, () -> new Linker().link(Runtime.create(), component));
        assertTrue(error.getMessage().contains("was given away before"), error.getMessage());
    }
}

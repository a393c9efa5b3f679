package tenon.conformance.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tenon.component.Component;
import tenon.core.Trap;
import tenon.runtime.Instance;
import tenon.runtime.LinkedComponent;
import tenon.runtime.Linker;
import tenon.runtime.Provider;
import tenon.runtime.Runtime;
import tenon.runtime.Store;
import tenon.types.LinkException;

/** Components that meet each other's imports when they are linked. */
class ProvidersTest {
    private static final List<Integer> ONE = List.of(ComponentBytes.U32);

    private static MethodHandle function(LinkedComponent linked, String name, int params) {
        return linked.function("", name, Collections.nCopies(params, int.class), int.class, MethodHandles.lookup());
    }

    private static int call(LinkedComponent linked, String name, Integer... arguments) throws Throwable {
        try (Store store = Store.open()) {
            return call(linked.instantiate(store), name, arguments);
        }
    }

    private static int call(Instance instance, String name, Integer... arguments) throws Throwable {
        return (int) function(instance.component(), name, arguments.length)
                .asSpreader(1, Object[].class, arguments.length)
                .invoke(instance, (Object[]) arguments);
    }

    private static Provider nothingGranted(Component component) {
        return new Provider(component, new Linker());
    }

    /** Exports {@code count}, which counts its calls. */
    private static Component counter() {
        return new ComponentBytes()
                .module("""
                    (module
                      (global $calls (mut i32) (i32.const 0))
                      (func (export "count") (param i32) (result i32)
                        (global.set $calls (i32.add (global.get $calls) (i32.const 1)))
                        (global.get $calls)))
                    """)
                .coreInstance(0)
                .aliasCore(0, 0, "count")
                .function(ONE, ONE)
                .lift(0, 0)
                .export("count", ComponentBytes.FUNC, 0)
                .decode();
    }

    /** Imports {@code count} and exports it as {@code name}. */
    private static Component counting(String name) {
        return new ComponentBytes()
                .function(ONE, ONE)
                .importFunction("count", 0)
                .lower(0)
                .module("""
                    (module
                      (import "" "count" (func $count (param i32) (result i32)))
                      (func (export "run") (param i32) (result i32) (call $count (local.get 0))))
                    """)
                .coreFunctions("count", 0)
                .coreInstance(0, "", 0)
                .aliasCore(0, 1, "run")
                .lift(1, 0)
                .export(name, ComponentBytes.FUNC, 1)
                .decode();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void numbersAndStringsCrossTheBorder(boolean generated) throws Throwable {
        Component caller = CallsTest.caller().decode();
        LinkedComponent linked = new Linker()
                .provide(nothingGranted(CallsTest.callee().decode()))
                .link(Runtime.create().withGeneratedAdapters(generated), caller);
        assertEquals(
                List.of("sum", "pass", "lengths"),
                linked.exports().stream().map(LinkedComponent.Export::name).toList());
        assertEquals(5050, call(linked, "sum", 100));
        assertEquals(300, call(linked, "lengths", 3));
        try (Store store = Store.open()) {
            Instance instance = linked.instantiate(store);
            Trap trap = assertThrows(Trap.class, () -> call(instance, "pass", 65530, 7));
            assertTrue(trap.getMessage().contains("out of bounds of memory"), trap.getMessage());
        }
        assertEquals(100, call(linked, "pass", 8, 100));
    }

    @Test
    void eachInstantiationHasAProviderOfItsOwn() throws Throwable {
        LinkedComponent linked = new Linker().provide(nothingGranted(counter())).link(Runtime.create(), counting("up"));
        for (int i = 0; i < 100; i++) {
            try (Store store = Store.open()) {
                Instance instance = linked.instantiate(store);
                assertEquals(1, call(instance, "up", 0));
                assertEquals(2, call(instance, "up", 0));
            }
        }
    }

    @Test
    void oneProviderIsSharedByAllThatItProvidesFor() throws Throwable {
        Provider counter = nothingGranted(counter());
        Provider between = new Provider(counting("count"), new Linker().provide(counter));
        Component twoImports = new ComponentBytes()
                .function(ONE, ONE)
                .importFunction("near", 0)
                .importFunction("far", 0)
                .lower(0)
                .lower(1)
                .module("""
                    (module
                      (import "" "near" (func $near (param i32) (result i32)))
                      (import "" "far" (func $far (param i32) (result i32)))
                      (func (export "run") (param i32) (result i32)
                        (drop (call $near (local.get 0)))
                        (drop (call $far (local.get 0)))
                        (call $near (local.get 0))))
                    """)
                .coreFunctions("near", 0, "far", 1)
                .coreInstance(0, "", 0)
                .aliasCore(0, 1, "run")
                .lift(2, 0)
                .export("run", ComponentBytes.FUNC, 2)
                .decode();
        var shared = new Linker().provide("near", counter, "count").provide("far", between, "count");
        assertEquals(3, call(shared.link(Runtime.create(), twoImports), "run", 0));
        var apart =
                new Linker().provide("near", nothingGranted(counter()), "count").provide("far", between, "count");
        assertEquals(2, call(apart.link(Runtime.create(), twoImports), "run", 0));
    }

    @Test
    void aTypeThatDoesNotFitIsSaidWithBoth() {
        Component other = new ComponentBytes()
                .module("(module (func (export \"count\") (param i32 i32) (result i32) (local.get 0)))")
                .coreInstance(0)
                .aliasCore(0, 0, "count")
                .function(List.of(ComponentBytes.U32, ComponentBytes.U32), ONE)
                .lift(0, 0)
                .export("count", ComponentBytes.FUNC, 0)
                .decode();
        var linker = new Linker().provide(nothingGranted(other));
        var error = assertThrows(LinkException.class, () -> linker.link(Runtime.create(), counting("up")));
        assertTrue(
                error.getMessage().contains("`count`: what another component provides does not fit")
                        && error.getMessage().contains("expected func")
                        && error.getMessage().contains("found func"),
                error.getMessage());
    }

    @Test
    void whatAProviderMissesIsSaidWithWhomItProvidesFor() {
        var linker = new Linker().provide("count", new Provider(counting("up"), new Linker()), "up");
        var error = assertThrows(LinkException.class, () -> linker.link(Runtime.create(), counting("up")));
        assertTrue(error.getMessage().contains("provider of `count`: `count`: nothing is offered"), error.getMessage());
        var named = new Linker().provide("count", new Provider(counting("up"), new Linker(), "up.wasm"), "up");
        var naming = assertThrows(LinkException.class, () -> named.link(Runtime.create(), counting("up")));
        assertTrue(
                naming.getMessage().contains("provider of `count`, `up.wasm`: `count`: nothing is offered"),
                naming.getMessage());
        var unknown = assertThrows(LinkException.class, () -> linker.provide("x", nothingGranted(counter()), "counts"));
        assertTrue(unknown.getMessage().contains("the nearest is `count`"), unknown.getMessage());
    }

    @Test
    void componentsInACircleAreRefused() {
        var offers = new Linker();
        var circle = new Provider(counting("count"), offers);
        offers.provide(circle);
        var error = assertThrows(LinkException.class, () -> offers.link(Runtime.create(), counting("up")));
        assertTrue(error.getMessage().contains("in a circle"), error.getMessage());
    }

    @Test
    void aProviderThatNobodyNeedsIsNotInstantiated() throws Throwable {
        Component broken = new ComponentBytes()
                .module(
                        "(module (func (export \"run\") (param i32) (result i32) (local.get 0)) (func $start unreachable) (start $start))")
                .coreInstance(0)
                .aliasCore(0, 0, "run")
                .function(ONE, ONE)
                .lift(0, 0)
                .export("unneeded", ComponentBytes.FUNC, 0)
                .decode();
        var linker = new Linker().provide(nothingGranted(counter())).provide(nothingGranted(broken));
        assertEquals(1, call(linker.link(Runtime.create(), counting("up")), "up", 0));
        assertFalse(linker.link(Runtime.create(), counting("up")).exports("", "unneeded"));
    }
}

package tenon.conformance.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tenon.component.Component;
import tenon.core.Trap;
import tenon.core.TrapKind;
import tenon.runtime.Instance;
import tenon.runtime.LinkedComponent;
import tenon.runtime.Linker;
import tenon.runtime.Runtime;
import tenon.runtime.Store;
import tenon.runtime.StoreLimits;

/** Calls between components made for it, and what hostile ones may not do. */
class CallsTest {
    private static final String MEMORY = """
            (memory (export "memory") 1)
            (global $next (mut i32) (i32.const 1024))
            (func (export "realloc") (param $old i32) (param $size i32) (param $align i32) (param $new i32) (result i32)
              (local $at i32)
              (local.set $at (i32.and
                (i32.add (global.get $next) (i32.sub (local.get $align) (i32.const 1)))
                (i32.sub (i32.const 0) (local.get $align))))
              (global.set $next (i32.add (local.get $at) (local.get $new)))
              (local.get $at))
            """;

    /** A component that exports {@code add}, of two numbers, and {@code length}, of a string. */
    static ComponentBytes callee() {
        return new ComponentBytes()
                .module("(module " + MEMORY + """
                    (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
                    (func (export "length") (param i32 i32) (result i32)
                      (global.set $next (i32.const 1024))
                      (local.get 1)))
                    """)
                .coreInstance(0)
                .aliasCoreMemory(0, "memory")
                .aliasCore(0, 0, "realloc")
                .aliasCore(0, 0, "add")
                .aliasCore(0, 0, "length")
                .function(List.of(ComponentBytes.U32, ComponentBytes.U32), List.of(ComponentBytes.U32))
                .function(List.of(ComponentBytes.STRING), List.of(ComponentBytes.U32))
                .lift(1, 0)
                .lift(2, 1, 3, 0, 4, 0)
                .export("add", ComponentBytes.FUNC, 0)
                .export("length", ComponentBytes.FUNC, 1);
    }

    /** A component that calls the other's {@code add} a number of times, and its {@code length} with an address and a length. */
    static ComponentBytes caller() {
        return new ComponentBytes()
                .function(List.of(ComponentBytes.U32, ComponentBytes.U32), List.of(ComponentBytes.U32))
                .function(List.of(ComponentBytes.STRING), List.of(ComponentBytes.U32))
                .function(List.of(ComponentBytes.U32), List.of(ComponentBytes.U32))
                .importFunction("add", 0)
                .importFunction("length", 1)
                .module("(module (memory (export \"memory\") 1) (data (i32.const 8) \"" + "x".repeat(100) + "\\ff\"))")
                .coreInstance(0)
                .aliasCoreMemory(0, "memory")
                .lower(0)
                .lower(1, 3, 0)
                .module("""
                    (module
                      (import "" "add" (func $add (param i32 i32) (result i32)))
                      (import "" "length" (func $length (param i32 i32) (result i32)))
                      (func (export "sum") (param $n i32) (result i32)
                        (local $sum i32)
                        (loop $again
                          (local.set $sum (call $add (local.get $sum) (local.get $n)))
                          (local.set $n (i32.sub (local.get $n) (i32.const 1)))
                          (br_if $again (local.get $n)))
                        (local.get $sum))
                      (func (export "pass") (param i32 i32) (result i32) (call $length (local.get 0) (local.get 1)))
                      (func (export "lengths") (param $n i32) (result i32)
                        (local $sum i32)
                        (loop $again
                          (local.set $sum (i32.add (local.get $sum) (call $length (i32.const 8) (i32.const 100))))
                          (local.set $n (i32.sub (local.get $n) (i32.const 1)))
                          (br_if $again (local.get $n)))
                        (local.get $sum)))
                    """)
                .coreFunctions("add", 0, "length", 1)
                .coreInstance(1, "", 1)
                .aliasCore(0, 2, "sum")
                .aliasCore(0, 2, "pass")
                .aliasCore(0, 2, "lengths")
                .lift(2, 2)
                .lift(3, 0)
                .lift(4, 2)
                .export("sum", ComponentBytes.FUNC, 2)
                .export("pass", ComponentBytes.FUNC, 3)
                .export("lengths", ComponentBytes.FUNC, 4);
    }

    static Component composed() {
        return new ComponentBytes()
                .component(callee())
                .component(caller())
                .instance(0)
                .alias(ComponentBytes.FUNC, 0, "add")
                .alias(ComponentBytes.FUNC, 0, "length")
                .instance(1, "add", ComponentBytes.FUNC, 0, "length", ComponentBytes.FUNC, 1)
                .alias(ComponentBytes.FUNC, 1, "sum")
                .alias(ComponentBytes.FUNC, 1, "pass")
                .alias(ComponentBytes.FUNC, 1, "lengths")
                .export("sum", ComponentBytes.FUNC, 2)
                .export("pass", ComponentBytes.FUNC, 3)
                .export("lengths", ComponentBytes.FUNC, 4)
                .decode();
    }

    private static LinkedComponent link(Component component, boolean generated) {
        return new Linker().link(Runtime.create().withGeneratedAdapters(generated), component);
    }

    private static MethodHandle function(LinkedComponent linked, String name, int params) {
        return linked.function(
                "", name, java.util.Collections.nCopies(params, int.class), int.class, MethodHandles.lookup());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void numbersAndStringsCrossTheBorder(boolean generated) throws Throwable {
        LinkedComponent linked = link(composed(), generated);
        try (Store store = Store.open()) {
            Instance instance = linked.instantiate(store);
            assertEquals(5050, (int) function(linked, "sum", 1).invoke(instance, 100));
            assertEquals(100, (int) function(linked, "pass", 2).invoke(instance, 8, 100));
            assertEquals(300, (int) function(linked, "lengths", 1).invoke(instance, 3));
            assertEquals(0, (int) function(linked, "pass", 2).invoke(instance, 65536, 0));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void stringsThatAreNotThereTrapAndEndTheInstance(boolean generated) throws Throwable {
        LinkedComponent linked = link(composed(), generated);
        MethodHandle pass = function(linked, "pass", 2);
        int[][] hostile = {{65530, 7}, {-1, 1}, {0, -1}, {1, Integer.MAX_VALUE}, {Integer.MIN_VALUE, 0}};
        for (int[] at : hostile) {
            try (Store store = Store.open()) {
                Instance instance = linked.instantiate(store);
                Trap trap = assertThrows(Trap.class, () -> pass.invoke(instance, at[0], at[1]));
                assertTrue(
                        trap.getMessage().contains("string pointer/length out of bounds of memory"), trap.getMessage());
                Trap after = assertThrows(Trap.class, () -> pass.invoke(instance, 8, 100));
                assertTrue(after.getMessage().contains("cannot enter component instance"), after.getMessage());
            }
        }
        try (Store store = Store.open()) {
            Instance instance = linked.instantiate(store);
            Trap trap = assertThrows(Trap.class, () -> pass.invoke(instance, 8, 101));
            assertTrue(trap.getMessage().contains("incomplete utf-8")
                    || trap.getMessage().contains("invalid utf-8"));
        }
        try (Store store = Store.open()) {
            assertEquals(100, (int) pass.invoke(linked.instantiate(store), 8, 100));
        }
    }

    /** Functions that never end in time, each in its own way, and one that counts its calls. */
    private static Component endless() {
        return new ComponentBytes()
                .module("""
                    (module
                      (memory 1)
                      (global $calls (mut i32) (i32.const 0))
                      (func (export "loop") (param i32) (result i32) (loop $again (br $again)) (unreachable))
                      (func $deep (export "deep") (param i32) (result i32)
                        (i32.add (i32.const 1) (call $deep (i32.add (local.get 0) (i32.const 1)))))
                      (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
                      (func (export "fill") (param i32) (result i32)
                        (memory.fill (i32.const 0) (i32.const 1) (local.get 0)) (i32.const 1))
                      (func (export "count") (param i32) (result i32)
                        (i32.store (i32.const 0) (i32.add (i32.load (i32.const 0)) (i32.const 1)))
                        (global.set $calls (i32.add (global.get $calls) (i32.const 1)))
                        (i32.add (i32.shl (i32.load (i32.const 0)) (i32.const 8)) (global.get $calls))))
                    """)
                .coreInstance(0)
                .aliasCore(0, 0, "loop")
                .aliasCore(0, 0, "deep")
                .aliasCore(0, 0, "grow")
                .aliasCore(0, 0, "fill")
                .aliasCore(0, 0, "count")
                .function(List.of(ComponentBytes.U32), List.of(ComponentBytes.U32))
                .lift(0, 0)
                .lift(1, 0)
                .lift(2, 0)
                .lift(3, 0)
                .lift(4, 0)
                .export("loop", ComponentBytes.FUNC, 0)
                .export("deep", ComponentBytes.FUNC, 1)
                .export("grow", ComponentBytes.FUNC, 2)
                .export("fill", ComponentBytes.FUNC, 3)
                .export("count", ComponentBytes.FUNC, 4)
                .decode();
    }

    @Test
    void aLoopEndsWhenItsStoreIsStopped() throws Throwable {
        LinkedComponent linked = link(endless(), true);
        MethodHandle loop = function(linked, "loop", 1);
        try (Store store = Store.open()) {
            Instance instance = linked.instantiate(store);
            Thread.startVirtualThread(() -> {
                try {
                    Thread.sleep(100);
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                store.stop("the test is over");
            });
            Trap trap = assertThrows(Trap.class, () -> loop.invoke(instance, 0));
            assertEquals(TrapKind.INTERRUPTED, trap.kind());
            assertTrue(trap.getMessage().contains("the test is over"), trap.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void depthAndMemoryHaveEnds(boolean generated) throws Throwable {
        LinkedComponent linked = link(endless(), generated);
        try (Store store = Store.open(StoreLimits.DEFAULT.withMemoryBytes(1 << 20))) {
            Instance instance = linked.instantiate(store);
            assertEquals(1, (int) function(linked, "grow", 1).invoke(instance, 15));
            assertEquals(-1, (int) function(linked, "grow", 1).invoke(instance, 1));
            Trap bounds =
                    assertThrows(Trap.class, () -> function(linked, "fill", 1).invoke(instance, 1 << 21));
            assertEquals(TrapKind.MEMORY_OUT_OF_BOUNDS, bounds.kind());
        }
        try (Store store = Store.open()) {
            Instance instance = linked.instantiate(store);
            Trap depth =
                    assertThrows(Trap.class, () -> function(linked, "deep", 1).invoke(instance, 0));
            assertEquals(TrapKind.STACK_EXHAUSTED, depth.kind());
        }
    }

    @Test
    void aGuestThatCountsItsCallsCountsOneForEver() throws Throwable {
        LinkedComponent linked = link(endless(), true);
        MethodHandle count = function(linked, "count", 1);
        MethodHandle grow = function(linked, "grow", 1);
        for (int i = 0; i < 1000; i++) {
            try (Store store = Store.open()) {
                Instance instance = linked.instantiate(store);
                assertEquals(0x101, (int) count.invoke(instance, 0));
                assertEquals(0x202, (int) count.invoke(instance, 0));
                assertEquals(1, (int) grow.invoke(instance, 1));
            }
        }
    }
}

package tenon.conformance.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tenon.core.Trap;
import tenon.runtime.HostInterface;
import tenon.runtime.Instance;
import tenon.runtime.LinkedComponent;
import tenon.runtime.Linker;
import tenon.runtime.Runtime;
import tenon.runtime.Store;

/** Resources of the host in the hands of a guest that does with them what it should and should not. */
class HostResourcesTest {

    /** A resource that says when it was closed. */
    public static final class Thing implements AutoCloseable {
        private final int number;
        private final List<Integer> closed;

        Thing(int number, List<Integer> closed) {
            this.number = number;
            this.closed = closed;
        }

        @Override
        public void close() {
            closed.add(number);
        }
    }

    /** The host's functions. */
    public static final class Things {
        private final List<Integer> closed = new ArrayList<>();
        private final List<Integer> taken = new ArrayList<>();
        private int made;

        /** {@code make: func() -> own<thing>}. */
        public Thing make() {
            return new Thing(++made, closed);
        }

        /** {@code use: func(thing: borrow<thing>) -> u32}. */
        public int use(Thing thing) {
            return thing.number;
        }

        /** {@code take: func(thing: own<thing>)}. */
        public void take(Thing thing) {
            taken.add(thing.number);
        }

        /** {@code both: func(lent: borrow<thing>, given: own<thing>)}. */
        public void both(Thing lent, Thing given) {
            taken.add(lent.number * 10 + given.number);
        }
    }

    private static final HostInterface INTERFACE = HostInterface.of("", Things.class, MethodHandles.lookup())
            .resource("thing", Thing.class)
            .function("make", "make", MethodType.methodType(Thing.class))
            .function("use", "use", MethodType.methodType(int.class, Thing.class))
            .function("take", "take", MethodType.methodType(void.class, Thing.class))
            .function("both", "both", MethodType.methodType(void.class, Thing.class, Thing.class))
            .build();

    /** Exports the host's functions as core functions with numbers in the place of handles, and {@code drop}. */
    private static LinkedComponent link(boolean generated, Things things) {
        ComponentBytes bytes = new ComponentBytes()
                .importResource("thing")
                .own(0)
                .borrow(0)
                .function(List.of(), List.of(1))
                .function(List.of(2), List.of(ComponentBytes.U32))
                .function(List.of(1), List.of())
                .function(List.of(2, 1), List.of())
                .importFunction("make", 3)
                .importFunction("use", 4)
                .importFunction("take", 5)
                .importFunction("both", 6)
                .lower(0)
                .lower(1)
                .lower(2)
                .lower(3)
                .resourceBuiltin(3, 0)
                .module("""
                    (module
                      (import "" "make" (func $make (result i32)))
                      (import "" "use" (func $use (param i32) (result i32)))
                      (import "" "take" (func $take (param i32)))
                      (import "" "both" (func $both (param i32 i32)))
                      (import "" "drop" (func $drop (param i32)))
                      (func (export "run") (param $what i32) (param $a i32) (param $b i32) (result i32)
                        (block $4 (block $3 (block $2 (block $1 (block $0
                          (br_table $0 $1 $2 $3 $4 (local.get $what)))
                          (return (call $make)))
                          (return (call $use (local.get $a))))
                          (call $take (local.get $a)) (return (i32.const 0)))
                          (call $both (local.get $a) (local.get $b)) (return (i32.const 0)))
                        (call $drop (local.get $a))
                        (i32.const 0)))
                    """)
                .coreFunctions("make", 0, "use", 1, "take", 2, "both", 3, "drop", 4)
                .coreInstance(0, "", 0)
                .aliasCore(0, 1, "run")
                .function(
                        List.of(ComponentBytes.U32, ComponentBytes.U32, ComponentBytes.U32),
                        List.of(ComponentBytes.U32))
                .lift(5, 7)
                .export("run", ComponentBytes.FUNC, 4);
        return new Linker()
                .define(INTERFACE, _ -> things)
                .link(Runtime.create().withGeneratedAdapters(generated), bytes.decode());
    }

    /** Runs a function of the guest. */
    private interface Run {
        int call(int what, int a, int b) throws Throwable;
    }

    private static final int MAKE = 0;
    private static final int USE = 1;
    private static final int TAKE = 2;
    private static final int BOTH = 3;
    private static final int DROP = 4;

    private static Run run(LinkedComponent linked, Instance instance) {
        MethodHandle run =
                linked.function("", "run", List.of(int.class, int.class, int.class), int.class, MethodHandles.lookup());
        return (what, a, b) -> (int) run.invokeExact(instance, what, a, b);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void handlesAreUsedGivenAwayAndDropped(boolean generated) throws Throwable {
        var things = new Things();
        LinkedComponent linked = link(generated, things);
        try (Store store = Store.open()) {
            Run run = run(linked, linked.instantiate(store));
            int first = run.call(MAKE, 0, 0);
            int second = run.call(MAKE, 0, 0);
            assertEquals(1, first);
            assertEquals(2, second);
            assertEquals(2, run.call(USE, second, 0));
            run.call(DROP, first, 0);
            assertEquals(List.of(1), things.closed);
            assertEquals(1, run.call(MAKE, 0, 0), "a free index is given out again");
            assertEquals(3, run.call(USE, 1, 0));
            run.call(TAKE, 2, 0);
            assertEquals(List.of(2), things.taken);
            assertEquals(List.of(1), things.closed, "what the host took is the host's to close");
            run.call(BOTH, 1, run.call(MAKE, 0, 0));
            assertEquals(List.of(2, 34), things.taken);
        }
        assertEquals(List.of(1, 3), things.closed, "what the guest left is closed with its store");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsNoHandleTraps(boolean generated) throws Throwable {
        LinkedComponent linked = link(generated, new Things());
        int[][] hostile = {{USE, 0}, {USE, 7}, {TAKE, -1}, {DROP, 0}, {DROP, Integer.MIN_VALUE}, {DROP, 2}};
        for (int[] call : hostile) {
            try (Store store = Store.open()) {
                Run run = run(linked, linked.instantiate(store));
                run.call(MAKE, 0, 0);
                Trap trap = assertThrows(Trap.class, () -> run.call(call[0], call[1], 0));
                assertTrue(trap.getMessage().contains("unknown handle index"), trap.getMessage());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsLentCannotBeGivenAway(boolean generated) throws Throwable {
        LinkedComponent linked = link(generated, new Things());
        try (Store store = Store.open()) {
            Run run = run(linked, linked.instantiate(store));
            run.call(MAKE, 0, 0);
            Trap trap = assertThrows(Trap.class, () -> run.call(BOTH, 1, 1));
            assertTrue(trap.getMessage().contains("cannot remove owned resource while borrowed"), trap.getMessage());
        }
    }
}

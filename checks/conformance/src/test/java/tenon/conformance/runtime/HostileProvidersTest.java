package tenon.conformance.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tenon.component.Component;
import tenon.core.Trap;
import tenon.core.TrapKind;
import tenon.runtime.HostInterface;
import tenon.runtime.Instance;
import tenon.runtime.LinkedComponent;
import tenon.runtime.Linker;
import tenon.runtime.Provider;
import tenon.runtime.Runtime;
import tenon.runtime.Store;
import tenon.types.LinkException;

/** Components that are linked together and do not trust each other: what one is granted, breaks or passes off is no other's. */
@Timeout(60)
class HostileProvidersTest {
    private static final int GIVE_OWN = 3;

    private static int run(LinkedComponent linked, Instance instance, int argument) throws Throwable {
        MethodHandle run = linked.function("", "run", List.of(int.class), int.class, MethodHandles.lookup());
        return (int) run.invokeExact(instance, argument);
    }

    /** Exports {@code run}, which hands on to the import {@code inner}. */
    private static Component handsOn() {
        return ComponentBytes.around("inner", """
                (module
                  (import "" "inner" (func $inner (param i32) (result i32)))
                  (func (export "run") (param i32) (result i32) (call $inner (local.get 0))))
                """);
    }

    private static Component withoutImports(String module) {
        return new ComponentBytes()
                .module(module)
                .coreInstance(0)
                .aliasCore(0, 0, "run")
                .function(List.of(ComponentBytes.U32), List.of(ComponentBytes.U32))
                .lift(0, 0)
                .export("run", ComponentBytes.FUNC, 0)
                .decode();
    }

    private static LinkedComponent over(Component provider) {
        return new Linker()
                .provide("inner", new Provider(provider, new Linker()), "run")
                .link(Runtime.create(), handsOn());
    }

    @Test
    void aTrapInAProviderEndsTheLifeAndNoOther() throws Throwable {
        LinkedComponent linked = over(withoutImports("""
                (module
                  (global $calls (mut i32) (i32.const 0))
                  (func (export "run") (param i32) (result i32)
                    (global.set $calls (i32.add (global.get $calls) (i32.const 1)))
                    (if (i32.eq (local.get 0) (i32.const 7)) (then (unreachable)))
                    (global.get $calls)))
                """));
        for (int i = 0; i < 20; i++) {
            try (Store store = Store.open()) {
                Instance instance = linked.instantiate(store);
                assertEquals(1, run(linked, instance, 0));
                assertEquals(
                        TrapKind.UNREACHABLE,
                        assertThrows(Trap.class, () -> run(linked, instance, 7)).kind());
                assertThrows(Trap.class, () -> run(linked, instance, 0));
            }
        }
    }

    @Test
    void aStopReachesAProvider() {
        LinkedComponent linked = over(withoutImports("""
                (module (func (export "run") (param i32) (result i32) (loop $ever (br $ever)) (i32.const 0)))
                """));
        try (var clock = Executors.newSingleThreadScheduledExecutor();
                Store store = Store.open()) {
            Instance instance = linked.instantiate(store);
            clock.schedule(() -> store.stop("time is up"), 200, TimeUnit.MILLISECONDS);
            Trap trap = assertThrows(Trap.class, () -> run(linked, instance, 0));
            assertEquals(TrapKind.INTERRUPTED, trap.kind());
        }
    }

    /** What one of the components was granted. */
    public record Secret(int number) {
        /** {@code inner: func(u32) -> u32}. */
        public int tell(int ignored) {
            return number;
        }
    }

    private static final HostInterface SECRET = HostInterface.of("", Secret.class, MethodHandles.lookup())
            .function("inner", "tell", MethodType.methodType(int.class, int.class))
            .build();

    @Test
    void eachComponentCallsTheHostWithItsOwnGrants() throws Throwable {
        Component both = new ComponentBytes()
                .function(List.of(ComponentBytes.U32), List.of(ComponentBytes.U32))
                .importFunction("inner", 0)
                .importFunction("other", 0)
                .lower(0)
                .lower(1)
                .module("""
                    (module
                      (import "" "inner" (func $inner (param i32) (result i32)))
                      (import "" "other" (func $other (param i32) (result i32)))
                      (func (export "run") (param i32) (result i32)
                        (i32.add
                          (i32.mul (i32.const 100) (call $inner (local.get 0)))
                          (i32.add
                            (i32.mul (i32.const 10) (call $other (local.get 0)))
                            (call $inner (local.get 0))))))
                    """)
                .coreFunctions("inner", 0, "other", 1)
                .coreInstance(0, "", 0)
                .aliasCore(0, 1, "run")
                .lift(2, 0)
                .export("run", ComponentBytes.FUNC, 2)
                .decode();
        var theirs = new Linker().define(SECRET, _ -> new Secret(2));
        LinkedComponent linked = new Linker()
                .define(SECRET, _ -> new Secret(1))
                .provide("other", new Provider(handsOn(), theirs), "run")
                .link(Runtime.create(), both);
        for (int i = 0; i < 3; i++) {
            try (Store store = Store.open()) {
                assertEquals(121, run(linked, linked.instantiate(store), 0));
            }
        }
        var nothing = new Linker()
                .define(SECRET, _ -> new Secret(1))
                .provide("other", new Provider(handsOn(), new Linker()), "run");
        assertThrows(LinkException.class, () -> nothing.link(Runtime.create(), both));
    }

    /** A resource. */
    public record Thing(int number) {}

    /** Another one, which somebody calls by the same name. */
    public record Impostor(String name) {}

    /** The host's functions for things. */
    public static final class Things {
        /** {@code make: func() -> own<thing>}. */
        public Thing make() {
            return new Thing(42);
        }

        /** {@code use: func(thing: borrow<thing>) -> u32}. */
        public int use(Thing thing) {
            return thing.number();
        }
    }

    /** The host's functions for impostors. */
    public static final class Impostors {
        /** {@code make: func() -> own<thing>}. */
        public Impostor make() {
            return new Impostor("x");
        }
    }

    private static final HostInterface THINGS = HostInterface.of("", Things.class, MethodHandles.lookup())
            .resource("thing", Thing.class)
            .function("make", "make", MethodType.methodType(Thing.class))
            .function("use", "use", MethodType.methodType(int.class, Thing.class))
            .build();
    private static final HostInterface IMPOSTORS = HostInterface.of("", Impostors.class, MethodHandles.lookup())
            .resource("thing", Impostor.class)
            .function("make", "make", MethodType.methodType(Impostor.class))
            .build();

    /** Imports {@code make} and exports it as {@code give}. */
    private static Component giver() {
        return new ComponentBytes()
                .importResource("thing")
                .own(0)
                .function(List.of(), List.of(1))
                .importFunction("make", 2)
                .lower(0)
                .module("""
                    (module
                      (import "" "make" (func $make (result i32)))
                      (func (export "give") (result i32) (call $make)))
                    """)
                .coreFunctions("make", 0)
                .coreInstance(0, "", 0)
                .aliasCore(0, 1, "give")
                .lift(1, 2)
                .export("give", ComponentBytes.FUNC, 1)
                .decode();
    }

    /** Uses what {@code give} gives; or the number 1 in its place, which is no handle of its own. */
    private static Component user() {
        return new ComponentBytes()
                .importResource("thing")
                .own(0)
                .borrow(0)
                .function(List.of(), List.of(1))
                .function(List.of(2), List.of(ComponentBytes.U32))
                .importFunction("give", GIVE_OWN)
                .importFunction("use", 4)
                .lower(0)
                .lower(1)
                .module("""
                    (module
                      (import "" "give" (func $give (result i32)))
                      (import "" "use" (func $use (param i32) (result i32)))
                      (func (export "run") (param i32) (result i32)
                        (if (i32.eqz (local.get 0)) (then (return (call $use (call $give)))))
                        (call $use (i32.const 1))))
                    """)
                .coreFunctions("give", 0, "use", 1)
                .coreInstance(0, "", 0)
                .aliasCore(0, 1, "run")
                .function(List.of(ComponentBytes.U32), List.of(ComponentBytes.U32))
                .lift(2, 5)
                .export("run", ComponentBytes.FUNC, 2)
                .decode();
    }

    @Test
    void aHandleCrossesAndIsTheReceiversAlone() throws Throwable {
        var offers = new Linker().define(THINGS, _ -> new Things());
        LinkedComponent linked = new Linker()
                .define(THINGS, _ -> new Things())
                .provide("give", new Provider(giver(), offers), "give")
                .link(Runtime.create(), user());
        try (Store store = Store.open()) {
            Instance instance = linked.instantiate(store);
            assertEquals(42, run(linked, instance, 0));
        }
        try (Store store = Store.open()) {
            Instance instance = linked.instantiate(store);
            assertThrows(Trap.class, () -> run(linked, instance, 1));
        }
    }

    @Test
    void aResourceOfTheSameNameAndAnotherClassDoesNotFit() {
        var offers = new Linker().define(IMPOSTORS, _ -> new Impostors());
        var linker =
                new Linker().define(THINGS, _ -> new Things()).provide("give", new Provider(giver(), offers), "give");
        var error = assertThrows(LinkException.class, () -> linker.link(Runtime.create(), user()));
        assertTrue(error.getMessage().contains("does not fit"), error.getMessage());
    }
}

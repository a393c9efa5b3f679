package tenon.conformance.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tenon.core.Trap;
import tenon.core.TrapKind;
import tenon.runtime.HostInterface;
import tenon.runtime.LinkedComponent;
import tenon.runtime.Linker;
import tenon.runtime.Runtime;
import tenon.runtime.Store;

/** Guests that recurse and call the host with whatever stack is left. */
@Timeout(120)
class StackTest {
    /** Host code that was never run before: a class whose initialiser calls deep. */
    static final class Fragile {
        static final int DEPTH = descend(200);

        private static int descend(int left) {
            return left == 0 ? 0 : 1 + descend(left - 1);
        }
    }

    /** The host's function: each call runs code for the first time. */
    public static final class Host {
        private MethodHandles.Lookup fresh = fragile();
        private boolean begun;

        /** {@code touch: func(n: u32) -> u32}. */
        public int touch(int n) {
            begun = true;
            initialise(fresh);
            return n;
        }
    }

    private static final HostInterface INTERFACE = HostInterface.of("", Host.class, MethodHandles.lookup())
            .function("touch", "touch", MethodType.methodType(int.class, int.class))
            .build();

    private static MethodHandles.Lookup fragile() {
        try (var bytes = Fragile.class.getResourceAsStream("StackTest$Fragile.class")) {
            return MethodHandles.lookup().defineHiddenClass(bytes.readAllBytes(), false);
        } catch (IOException | IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private static void initialise(MethodHandles.Lookup lookup) {
        try {
            lookup.ensureInitialized(lookup.lookupClass());
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private static LinkedComponent link(boolean generated, Host host) {
        var component = ComponentBytes.around("touch", """
                    (module
                      (import "" "touch" (func $touch (param i32) (result i32)))
                      (func $run (export "run") (param $depth i32) (result i32)
                        (if (result i32) (i32.eqz (local.get $depth))
                          (then (call $touch (i32.const 7)))
                          (else (i32.add
                            (call $run (i32.sub (local.get $depth) (i32.const 1)))
                            (i32.const 1))))))
                    """);
        return new Linker()
                .define(INTERFACE, _ -> host)
                .link(Runtime.create().withGeneratedAdapters(generated), component);
    }

    /** Whether the call came back; else it was out of stack. */
    private static boolean returns(LinkedComponent linked, MethodHandle run, int depth) {
        try (Store store = Store.open()) {
            var instance = linked.instantiate(store);
            assertEquals(depth + 7, (int) run.invokeExact(instance, depth));
            return true;
        } catch (Trap trap) {
            assertEquals(TrapKind.STACK_EXHAUSTED, trap.kind(), trap::fact);
            return false;
        } catch (Throwable e) {
            throw new AssertionError("at depth " + depth, e);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theHostIsWholeWhateverStackAGuestLeavesIt(boolean generated) {
        var host = new Host();
        LinkedComponent linked = link(generated, host);
        MethodHandle run = linked.function("", "run", List.of(int.class), int.class, MethodHandles.lookup());
        int fits = 0;
        int tooDeep = 1_000_000;
        while (tooDeep - fits > 1) {
            int middle = (fits + tooDeep) >>> 1;
            if (returns(linked, run, middle)) {
                fits = middle;
            } else {
                tooDeep = middle;
            }
        }
        int begun = 0;
        int refused = 0;
        // compiled while this goes on, the guest gets deeper than at first
        for (int depth = Math.max(0, fits - 1500); refused < 300; depth += 5) {
            host.fresh = fragile();
            host.begun = false;
            boolean returned = returns(linked, run, depth);
            assertEquals(host.begun, returned, "a host function began and did not end");
            begun += returned ? 1 : 0;
            refused += returned ? 0 : 1;
            initialise(host.fresh);
        }
        assertTrue(begun > 0, "no depth at which the host was called");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void endlessRecursionIsATrap(boolean generated) {
        LinkedComponent linked = link(generated, new Host());
        try (Store store = Store.open()) {
            var run = linked.instantiate(store).func("run");
            var trap = assertThrows(Trap.class, () -> run.call(List.of(new tenon.runtime.value.Value.U32(-1))));
            assertEquals(TrapKind.STACK_EXHAUSTED, trap.kind());
        }
    }
}

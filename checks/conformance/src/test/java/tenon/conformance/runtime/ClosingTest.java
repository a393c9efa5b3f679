package tenon.conformance.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tenon.core.MemoryBudget;
import tenon.runtime.HostInterface;
import tenon.runtime.LinkedComponent;
import tenon.runtime.Linker;
import tenon.runtime.NoRoomException;
import tenon.runtime.Runtime;
import tenon.runtime.Store;
import tenon.runtime.value.Value;

/** What is left of a component that is not needed any more: nothing. */
@Timeout(60)
class ClosingTest {
    private static final int PATIENCE = 100;

    /** The host's function, which looks who calls. */
    public static final class Host {
        private @Nullable WeakReference<ClassLoader> caller;

        /** {@code look: func(n: u32) -> u32}. */
        public int look(int n) {
            StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
                    .forEach(frame -> remember(frame.getDeclaringClass().getClassLoader()));
            return n + 1;
        }

        private void remember(@Nullable ClassLoader loader) {
            if (loader != null && String.valueOf(loader.getName()).startsWith("guest-")) {
                caller = new WeakReference<>(loader);
            }
        }
    }

    private static final HostInterface INTERFACE = HostInterface.of("", Host.class, MethodHandles.lookup())
            .function("look", "look", MethodType.methodType(int.class, int.class))
            .build();

    private static LinkedComponent link(MemoryBudget budget, Host host) {
        var component = ComponentBytes.around("look", """
                    (module
                      (import "" "look" (func $look (param i32) (result i32)))
                      (memory (export "memory") 4)
                      (func (export "run") (param i32) (result i32) (call $look (local.get 0))))
                    """);
        return new Linker().define(INTERFACE, _ -> host).link(Runtime.create().withMemoryBudget(budget), component);
    }

    private static void run(LinkedComponent linked) {
        try (Store store = Store.open()) {
            var result = linked.instantiate(store).func("run").call(List.of(new Value.U32(1)));
            assertEquals(new Value.U32(2), result.orElseThrow());
        }
    }

    /** In a method of its own, so that no local variable keeps the component. */
    private static WeakReference<ClassLoader> loaderOfWhatWasClosed(MemoryBudget budget) {
        var host = new Host();
        LinkedComponent linked = link(budget, host);
        for (int i = 0; i < 5; i++) {
            run(linked);
        }
        assertTrue(budget.used() > 0);
        linked.close();
        assertEquals(0, budget.used());
        try (Store store = Store.open()) {
            assertThrows(IllegalStateException.class, () -> linked.instantiate(store));
        }
        return Objects.requireNonNull(host.caller);
    }

    @Test
    void theClassesOfAClosedComponentAreUnloaded() throws Exception {
        var loader = loaderOfWhatWasClosed(MemoryBudget.of(1 << 30));
        for (int i = 0; i < PATIENCE && loader.get() != null; i++) {
            System.gc();
            Thread.sleep(50);
        }
        assertNull(loader.get(), "the class loader is still there");
    }

    @Test
    void anInstanceInUseIsGivenBackAfterItsComponentWasClosed() {
        var budget = MemoryBudget.of(1 << 30);
        LinkedComponent linked = link(budget, new Host());
        try (Store store = Store.open()) {
            assertNotNull(linked.instantiate(store));
            linked.close();
            assertTrue(budget.used() > 0);
        }
        assertEquals(0, budget.used());
    }

    @Test
    void whatWaitsIsDroppedForAnotherComponent() {
        var budget = MemoryBudget.of(MemoryBudget.footprint(4 << 16) * 3 / 2);
        LinkedComponent one = link(budget, new Host());
        LinkedComponent other = link(budget, new Host());
        run(one);
        run(other);
        run(one);
        try (Store store = Store.open()) {
            assertNotNull(one.instantiate(store));
            assertThrows(NoRoomException.class, () -> run(other));
        }
        run(other);
        one.close();
        other.close();
        assertEquals(0, budget.used());
    }
}

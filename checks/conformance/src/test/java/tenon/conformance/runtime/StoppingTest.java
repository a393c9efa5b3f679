package tenon.conformance.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tenon.core.FairShare;
import tenon.core.Trap;
import tenon.core.TrapKind;
import tenon.runtime.LinkedComponent;
import tenon.runtime.Linker;
import tenon.runtime.Runtime;
import tenon.runtime.Store;
import tenon.runtime.value.Value;

/** Guests that never end, wherever they are: a stop of their store ends each, and they make room for others meanwhile. */
@Timeout(60)
class StoppingTest {
    private static final int MEMORY = 3;
    private static final int REALLOC = 4;
    private static final int POST_RETURN = 5;

    private final Runtime runtime = Runtime.create();

    /** Instantiates, calls {@code run}, and is stopped. */
    private void assertIsStopped(ComponentBytes bytes, List<Value> arguments) {
        LinkedComponent linked = new Linker().link(runtime, bytes.decode());
        try (ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
                FairShare fairShare = new FairShare()) {
            try (Store store = Store.open()) {
                store.shareFairly(fairShare);
                clock.schedule(() -> store.stop("time is up"), 300, TimeUnit.MILLISECONDS);
                Trap trap = assertThrows(
                        Trap.class, () -> linked.instantiate(store).func("run").call(arguments));
                assertEquals(TrapKind.INTERRUPTED, trap.kind());
                assertEquals("time is up", trap.fact());
                assertEquals(1, fairShare.size());
            }
            assertEquals(0, fairShare.size());
        }
        linked.close();
    }

    @Test
    void inAStartFunction() {
        assertIsStopped(
                new ComponentBytes()
                        .module("""
                            (module
                              (func $begin (loop $ever (br $ever)))
                              (start $begin)
                              (func (export "run") (result i32) (i32.const 1)))
                            """)
                        .coreInstance(0)
                        .aliasCore(0, 0, "run")
                        .function(List.of(), List.of(ComponentBytes.U32))
                        .lift(0, 0)
                        .export("run", ComponentBytes.FUNC, 0),
                List.of());
    }

    @Test
    void inRealloc() {
        assertIsStopped(
                new ComponentBytes()
                        .module("""
                            (module
                              (memory (export "memory") 1)
                              (func (export "realloc") (param i32 i32 i32 i32) (result i32)
                                (loop $ever (br $ever)) (i32.const 8))
                              (func (export "run") (param i32 i32) (result i32) (i32.const 1)))
                            """)
                        .coreInstance(0)
                        .aliasCore(0, 0, "run")
                        .aliasCore(0, 0, "realloc")
                        .aliasCoreMemory(0, "memory")
                        .function(List.of(ComponentBytes.STRING), List.of(ComponentBytes.U32))
                        .lift(0, 0, MEMORY, 0, REALLOC, 1)
                        .export("run", ComponentBytes.FUNC, 0),
                List.of(new Value.Text("some text")));
    }

    @Test
    void inPostReturn() {
        assertIsStopped(
                new ComponentBytes()
                        .module("""
                            (module
                              (func (export "run") (result i32) (i32.const 1))
                              (func (export "post") (param i32) (loop $ever (br $ever))))
                            """)
                        .coreInstance(0)
                        .aliasCore(0, 0, "run")
                        .aliasCore(0, 0, "post")
                        .function(List.of(), List.of(ComponentBytes.U32))
                        .lift(0, 0, POST_RETURN, 1)
                        .export("run", ComponentBytes.FUNC, 0),
                List.of());
    }

    @Test
    void inADestructor() {
        assertIsStopped(
                new ComponentBytes()
                        .module("""
                            (module (func (export "destroy") (param i32) (loop $ever (br $ever))))
                            """)
                        .coreInstance(0)
                        .aliasCore(0, 0, "destroy")
                        .resource(0)
                        .resourceBuiltin(2, 0)
                        .resourceBuiltin(3, 0)
                        .module("""
                            (module
                              (import "" "new" (func $new (param i32) (result i32)))
                              (import "" "drop" (func $drop (param i32)))
                              (func (export "run") (result i32) (call $drop (call $new (i32.const 1))) (i32.const 1)))
                            """)
                        .coreFunctions("new", 1, "drop", 2)
                        .coreInstance(1, "", 1)
                        .aliasCore(0, 2, "run")
                        .function(List.of(), List.of(ComponentBytes.U32))
                        .lift(3, 1)
                        .export("run", ComponentBytes.FUNC, 0),
                List.of());
    }
}

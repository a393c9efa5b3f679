package tenon.conformance.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tenon.core.CoreFunction;
import tenon.core.CoreInstance;
import tenon.core.Imports;
import tenon.core.Interrupt;
import tenon.core.ResourceLimits;
import tenon.core.Trap;
import tenon.core.TrapKind;

/** Functions without loops and calls, each of whose instructions takes long: a stop ends them between two instructions. */
class BulkStopTest {
    /** Without the stop each of them would take minutes. */
    private static final int TIMES = 5_000;

    private static final String MODULE = """
            (module
              (type $numbers (array (mut i64)))
              (type $references (array (mut anyref)))
              (memory $memory 2000)
              (table $table 3000000 funcref)
              (func (export "run")
                (local $x (ref null $numbers))
                (local $y (ref null $references))
                (local.set $x (array.new_default $numbers (i32.const 10000000)))
                (local.set $y (array.new_default $references (i32.const 20000000)))
                %s))
            """;

    @ParameterizedTest
    @Timeout(60)
    @ValueSource(
            strings = {
                "(memory.fill $memory (i32.const 0) (i32.const 1) (i32.const 130000000))",
                "(memory.copy $memory $memory (i32.const 0) (i32.const 1) (i32.const 130000000))",
                "(table.fill $table (i32.const 0) (ref.null func) (i32.const 3000000))",
                "(table.copy $table $table (i32.const 0) (i32.const 1) (i32.const 2999999))",
                "(array.fill $numbers (local.get $x) (i32.const 0) (i64.const 7) (i32.const 10000000))",
                "(array.copy $references $references (local.get $y) (i32.const 0)"
                        + " (local.get $y) (i32.const 1) (i32.const 19999999))",
                "(drop (array.new_default $numbers (i32.const 10000000)))",
            })
    void instructionsThatTakeLongAreStopped(String instruction) {
        CoreFunction run = (CoreFunction) instance(MODULE.formatted(instruction.repeat(TIMES)));
        try (var clock = Executors.newSingleThreadScheduledExecutor()) {
            clock.schedule(() -> interrupt.stop("time is up"), 200, TimeUnit.MILLISECONDS);
            Trap trap = assertThrows(Trap.class, () -> run.handle().invoke());
            assertEquals(TrapKind.INTERRUPTED, trap.kind(), trap::getMessage);
        }
    }

    private final Interrupt interrupt = new Interrupt();

    private Object instance(String text) {
        CoreInstance instance = TextGuests.ENGINE
                .compile(TextGuests.module(text))
                .link()
                .instantiate(Imports.NONE, interrupt, new ResourceLimits(1 << 30, 10_000_000));
        return instance.export("run");
    }
}

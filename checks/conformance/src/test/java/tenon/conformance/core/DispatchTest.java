package tenon.conformance.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.lang.invoke.MethodHandle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tenon.core.CoreFunction;

/**
 * State machines as compilers write them: a loop around a branch table, whose cases are the code behind the ends of nested
 * blocks. They fall into one another, branch into later ones, are empty, return, raise. A model in Java does the same.
 */
class DispatchTest {
    private static final int STEPS = 5_000;

    /** What a case does at its end. */
    private enum End {
        AGAIN,
        FALLS,
        EMPTY,
        JUMPS,
        RETURNS,
        RAISES;

        static End of(int state) {
            if (state % 13 == 6) {
                return EMPTY;
            }
            if (state % 11 == 5) {
                return JUMPS;
            }
            if (state % 17 == 8) {
                return RAISES;
            }
            if (state % 29 == 4) {
                return RETURNS;
            }
            return state % 7 == 3 ? FALLS : AGAIN;
        }
    }

    private static String machine(int states, int rounds, boolean handled) {
        var text = new StringBuilder("""
                (module
                  (tag $e (param i32))
                  (func $raise (param i32) (throw $e (local.get 0)))
                  (func (export "run") (param $state i32) (param $acc i32) (param $steps i32) (result i32)
                    (loop $top
                      (if (i32.eqz (local.get $steps)) (then (return (local.get $acc))))
                      (local.set $steps (i32.sub (local.get $steps) (i32.const 1)))
                """);
        if (handled) {
            text.append("(block $h (result i32) (try_table (catch $e $h)\n");
        }
        text.append("(block $other\n");
        for (int state = states - 1; state >= 0; state--) {
            text.append("(block $s").append(state).append(' ');
        }
        text.append("(br_table");
        for (int state = 0; state < states; state++) {
            text.append(" $s").append(state);
        }
        text.append(" $other (local.get $state))\n");
        for (int state = 0; state < states; state++) {
            text.append(") ;; state ").append(state).append('\n');
            End end = End.of(state);
            if (end == End.EMPTY) {
                continue;
            }
            text.append("(local.set $acc (i32.add (local.get $acc) (i32.const ")
                    .append(state)
                    .append(")))\n");
            for (int i = 0; i < rounds; i++) {
                text.append("(local.set $acc (i32.xor (i32.mul (local.get $acc) (i32.const 31)) (i32.const ");
                text.append(i).append(")))\n");
            }
            text.append("(local.set $state (i32.rem_u (i32.shr_u (local.get $acc) (i32.const 3)) (i32.const ");
            text.append(states + 3).append(")))\n");
            switch (end) {
                case AGAIN -> text.append("(br $top)\n");
                case FALLS, EMPTY -> {}
                case JUMPS -> text.append("(br_if $s").append(Math.min(states - 1, state + 20 - state % 3));
                case RETURNS ->
                    text.append("(if (i32.eq (i32.and (local.get $acc) (i32.const 1023)) (i32.const 5)) "
                            + "(then (return (i32.const -1)))) (br $top)\n");
                case RAISES ->
                    text.append("(if (i32.and (local.get $acc) (i32.const 1)) "
                            + "(then (call $raise (local.get $acc)))) (br $top)\n");
            }
            if (end == End.JUMPS) {
                text.append(" (i32.and (local.get $acc) (i32.const 4))) (br $top)\n");
            }
        }
        text.append(")\n(local.set $acc (i32.xor (local.get $acc) (i32.const 0x55)))\n");
        text.append("(local.set $state (i32.and (local.get $acc) (i32.const 15)))\n(br $top)");
        text.append(handled ? ") (unreachable)) (local.set $acc (i32.add (i32.const 1))) (br $top)" : "");
        return text.append(") (unreachable)))").toString();
    }

    /** The model; raised exceptions add 1 where they are handled. */
    private static int model(int states, int rounds, boolean handled, int start, int from) {
        int state = start;
        int acc = from;
        for (int steps = STEPS; steps > 0; steps--) {
            if (Integer.compareUnsigned(state, states) >= 0) {
                acc ^= 0x55;
                state = acc & 15;
                continue;
            }
            int at = state;
            boolean goesOn = true;
            while (goesOn && at < states) {
                End end = End.of(at);
                goesOn = false;
                if (end == End.EMPTY) {
                    at++;
                    goesOn = true;
                    continue;
                }
                acc += at;
                for (int i = 0; i < rounds; i++) {
                    acc = acc * 31 ^ i;
                }
                state = Integer.remainderUnsigned(acc >>> 3, states + 3);
                if (end == End.FALLS) {
                    at++;
                    goesOn = true;
                } else if (end == End.JUMPS && (acc & 4) != 0) {
                    at = Math.min(states - 1, at + 20 - at % 3);
                    goesOn = true;
                } else if (end == End.RETURNS && (acc & 1023) == 5) {
                    return -1;
                } else if (end == End.RAISES && (acc & 1) != 0 && handled) {
                    acc++;
                }
            }
            if (goesOn) {
                acc ^= 0x55;
                state = acc & 15;
            }
        }
        return acc;
    }

    @ParameterizedTest
    @CsvSource({"20, 20, true", "70, 6, true", "300, 6, true", "300, 1, true", "900, 12, true"})
    void machinesOfAllSizesRun(int states, int rounds, boolean handled) throws Throwable {
        var instance = TextGuests.instance(machine(states, rounds, handled));
        MethodHandle run =
                assertInstanceOf(CoreFunction.class, instance.export("run")).handle();
        for (int start = 0; start < states + 2; start += 1 + states / 40) {
            int found = (int) run.invokeExact(start, 77 * start, STEPS);
            assertEquals(model(states, rounds, handled, start, 77 * start), found, "from state " + start);
        }
    }
}

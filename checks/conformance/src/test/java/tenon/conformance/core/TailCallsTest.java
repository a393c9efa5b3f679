package tenon.conformance.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static tenon.conformance.core.TextGuests.ENGINE;
import static tenon.conformance.core.TextGuests.instance;
import static tenon.conformance.core.TextGuests.module;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tenon.core.CoreFunction;
import tenon.core.CoreInstance;
import tenon.core.Imports;
import tenon.core.Interrupt;
import tenon.core.ResourceLimits;
import tenon.core.Trap;
import tenon.core.TrapKind;
import tenon.types.core.FuncType;
import tenon.types.core.NumType;

/** Tail calls take no stack, whatever they go through. */
class TailCallsTest {
    private static final int DEEP = 1_000_000;

    private static CoreFunction function(CoreInstance instance, String name) {
        return assertInstanceOf(CoreFunction.class, instance.export(name));
    }

    /** Two functions that call each other until a number is 0; {@code CALL} is the call of the other one. */
    private static String mutual(String toOdd, String toEven) {
        return """
                (module
                  (type $t (func (param i64 i32) (result i32)))
                  (table 2 funcref)
                  (elem (i32.const 0) func $even $odd)
                  (func $even (export "even") (type $t)
                    (local $zero i64)
                    (if (i32.eqz (local.get 1)) (then (return (i32.wrap_i64 (local.get 0)))))
                    (i64.add (i64.add (local.get 0) (i64.const 3)) (local.get $zero))
                    (local.set $zero (i64.const 1))
                    (i32.sub (local.get 1) (i32.const 1))
                    TO_ODD)
                  (func $odd (export "odd") (type $t)
                    (i32.const 17)
                    (i64.sub (local.get 0) (i64.const 1))
                    (i32.sub (local.get 1) (i32.const 1))
                    TO_EVEN))
                """.replace("TO_ODD", toOdd).replace("TO_EVEN", toEven);
    }

    @ParameterizedTest
    @ValueSource(strings = {"return_call", "return_call_indirect", "return_call_ref", "mixed"})
    void mutualRecursionTakesNoStack(String word) throws Throwable {
        String text = switch (word) {
            case "return_call" -> mutual("return_call $odd", "return_call $even");
            case "return_call_indirect" ->
                mutual(
                        "(return_call_indirect (type $t) (i32.const 1))",
                        "(return_call_indirect (type $t) (i32.const 0))");
            case "return_call_ref" ->
                mutual("(return_call_ref $t (ref.func $odd))", "(return_call_ref $t (ref.func $even))");
            default -> mutual("(return_call_ref $t (ref.func $odd))", "return_call $even");
        };
        MethodHandle even = function(instance(text), "even").handle();
        assertEquals(DEEP + 5, (int) even.invokeExact(5L, DEEP));
        assertEquals(5, (int) even.invokeExact(5L, 0));
    }

    @Test
    void selfRecursionBeginsWithFreshLocals() throws Throwable {
        MethodHandle sum = function(instance("""
                        (module
                          (func $sum (export "sum") (param i64 i64) (result i64 i64) (local $l i64)
                            (if (i64.eqz (local.get 0))
                              (then (return (local.get 1) (local.get $l))))
                            (i64.const 99)
                            (local.set $l (i64.add (local.get $l) (i64.const 1)))
                            (i64.sub (local.get 0) (local.get $l))
                            (i64.add (local.get 1) (local.get 0))
                            return_call $sum))
                        """), "sum").handle();
        long n = DEEP;
        assertArrayEquals(new long[] {n * (n + 1) / 2, 0}, (long[]) sum.invokeExact(n, 0L));
    }

    /** The calls stand in methods of their own, since the function is long. */
    @Test
    void splitFunctionsLeaveTheirCallsToo() throws Throwable {
        int steps = 600;
        var text = new StringBuilder("""
                (module
                  (func $f (export "f") (param $n i32) (param $a i32) (result i32) (local $b i32)
                    (local.set $n (i32.sub (local.get $n) (i32.const 1)))
                    (if (i32.eqz (local.get $n)) (then (return (local.get $a))))
                """);
        for (int i = 0; i < steps; i++) {
            text.append("""
                    (local.set $b (i32.add (i32.mul (local.get $a) (i32.const 31)) (i32.const %d)))
                    (local.set $a (i32.xor (local.get $b) (local.get $n)))
                    (if (i32.eq (i32.rem_u (local.get $n) (i32.const %d)) (i32.const %d))
                      (then (return_call %s (local.get $n) (local.get $b))))
                    """.formatted(i, steps, i, i % 2 == 0 ? "$f" : "$g"));
        }
        text.append("""
                    unreachable)
                  (func $g (param i32 i32) (result i32)
                    (return_call $f (local.get 0) (i32.add (local.get 1) (i32.const 1)))))
                """);
        MethodHandle f = function(instance(text.toString()), "f").handle();
        int depth = 20_000;
        int expected = 1;
        for (int n = depth - 1; n > 0; n--) {
            int b = 0;
            for (int i = 0; i <= n % steps; i++) {
                b = expected * 31 + i;
                expected = b ^ n;
            }
            expected = b + n % steps % 2;
        }
        assertEquals(expected, (int) f.invokeExact(depth, 1));
    }

    private static final String CALLING = """
            (module
              (import "host" "f" (func $f (param i32) (result i32)))
              (import "host" "t" (table $t 1 funcref))
              (elem (table $t) (i32.const 0) func $g)
              (func $g (export "g") (param i32) (result i32)
                (return_call $f (local.get 0))))
            """;

    private static final String CALLED = """
            (module
              (table $t (export "t") 1 funcref)
              (func (export "f") (param i32) (result i32)
                (if (i32.eqz (local.get 0)) (then (return (i32.const 7))))
                (return_call_indirect $t (param i32) (result i32)
                  (i32.sub (local.get 0) (i32.const 1)) (i32.const 0))))
            """;

    @Test
    void recursionThroughTwoInstancesTakesNoStack() throws Throwable {
        CoreInstance called = instance(CALLED);
        CoreInstance calling = ENGINE.compile(module(CALLING))
                .link()
                .instantiate(new Imports(
                        List.of(called.exports().get("f"), called.exports().get("t"))));
        assertEquals(7, (int) function(calling, "g").handle().invokeExact(DEEP));
    }

    private static int twice(int number) {
        return 2 * number;
    }

    @Test
    void functionsOfTheHostCanBeCalledLast() throws Throwable {
        MethodHandle twice = MethodHandles.lookup()
                .findStatic(TailCallsTest.class, "twice", MethodType.methodType(int.class, int.class));
        var host = CoreFunction.of(new FuncType(List.of(NumType.I32), List.of(NumType.I32)), twice);
        CoreInstance calling = ENGINE.compile(module(CALLING))
                .link()
                .instantiate(
                        new Imports(List.of(host, instance(CALLED).exports().get("t"))));
        assertEquals(42, (int) function(calling, "g").handle().invokeExact(21));
    }

    @Test
    void handlersAreLeftWithTheFrame() throws Throwable {
        CoreInstance instance = instance("""
                (module
                  (tag $e)
                  (func $raise (throw $e))
                  (func $inner (result i32)
                    (block $h (try_table (catch_all $h) (return_call $one)))
                    (i32.const 2))
                  (func $one (result i32) (call $raise) (i32.const 1))
                  (func (export "outer") (result i32)
                    (block $h (try_table (catch_all $h) (return (call $inner))))
                    (i32.const 3)))
                """);
        assertEquals(3, (int) function(instance, "outer").handle().invokeExact());
    }

    @Test
    void endlessChainsCanBeStopped() {
        for (String callee : List.of("$a", "$b")) {
            Interrupt interrupt = new Interrupt();
            CoreInstance instance = ENGINE.compile(module("""
                            (module
                              (func $a (export "run") (return_call CALLEE))
                              (func $b (return_call $a)))
                            """.replace("CALLEE", callee)))
                    .link()
                    .instantiate(Imports.NONE, interrupt, ResourceLimits.none());
            Thread.startVirtualThread(() -> {
                try {
                    Thread.sleep(50);
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                interrupt.stop("enough");
            });
            Trap trap = assertThrows(
                    Trap.class, () -> function(instance, "run").handle().invokeWithArguments());
            assertEquals(TrapKind.INTERRUPTED, trap.kind());
        }
    }
}

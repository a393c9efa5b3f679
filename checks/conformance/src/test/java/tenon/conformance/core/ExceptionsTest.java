package tenon.conformance.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tenon.conformance.core.TextGuests.ENGINE;
import static tenon.conformance.core.TextGuests.instance;
import static tenon.conformance.core.TextGuests.module;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import org.junit.jupiter.api.Test;
import tenon.core.CoreFunction;
import tenon.core.CoreInstance;
import tenon.core.GuestException;
import tenon.core.Imports;
import tenon.core.Interrupt;
import tenon.core.Linkage;
import tenon.core.ResourceLimits;
import tenon.core.Trap;
import tenon.core.TrapKind;
import tenon.types.core.FuncType;

/** Exceptions of guests, beside what the core suite and the random modules try. */
class ExceptionsTest {

    private static MethodHandle function(CoreInstance instance, String name) {
        return assertInstanceOf(CoreFunction.class, instance.export(name)).handle();
    }

    /** A {@code try_table} that has to become several methods; its locals change between the calls that raise. */
    private static String longBody(int steps) {
        var text = new StringBuilder("""
                (module
                  (tag $e (param i32 i64))
                  (global $at (mut i32) (i32.const -1))
                  (func $step (param i32)
                    (if (i32.eq (local.get 0) (global.get $at))
                      (then (throw $e (local.get 0) (i64.const 7)))))
                  (func (export "run") (param $at i32) (result i32 i64 i32 i64 i32)
                    (local $a i32) (local $b i64) (local $c i32) (local $d i64)
                    (global.set $at (local.get $at))
                    (i32.const 77)
                    (block $h (result i32 i64)
                      (try_table (result i32) (catch $e $h)
                        (i32.const 1000)
                """);
        for (int i = 0; i < steps; i++) {
            text.append("(local.set $a (i32.add (local.get $a) (i32.const %d)))\n".formatted(i));
            text.append("(call $step (i32.const %d))\n".formatted(i));
            text.append("(local.set $b (i64.mul (i64.add (local.get $b) (i64.const 3)) (i64.const 5)))\n");
            text.append("(i32.add (local.get $a))\n");
        }
        return text.append("""
                      )
                      (i64.const -1))
                    (local.set $d) (local.set $c) (local.set $at)
                    (local.get $a) (local.get $b) (local.get $c) (local.get $d) (local.get $at)))
                """).toString();
    }

    @Test
    void handlersSeeTheLocalsOfTheMomentInSplitFunctions() throws Throwable {
        int steps = 400;
        MethodHandle run = function(instance(longBody(steps)), "run");
        for (int at = -1; at < steps; at += 7) {
            int a = 0;
            long b = 0;
            int sum = 1000;
            for (int i = 0; i < steps; i++) {
                a += i;
                if (i == at) {
                    break;
                }
                b = (b + 3) * 5;
                sum += a;
            }
            long[] expected = at < 0 ? new long[] {a, b, sum, -1, 77} : new long[] {a, b, at, 7, 77};
            assertArrayEquals(expected, (long[]) run.invokeExact(at), "raised at " + at);
        }
    }

    @Test
    void nothingButExceptionsIsCaught() throws Throwable {
        CoreInstance instance = instance("""
                (module
                  (global $caught (export "caught") (mut i32) (i32.const 0))
                  (memory 1)
                  (table 4 funcref)
                  (func $unreachable unreachable)
                  (func $divide (drop (i32.div_s (i32.const 1) (i32.const 0))))
                  (func $deep (call $deep))
                  (func $beyond (drop (i32.load (i32.const -4))))
                  (elem (i32.const 0) func $unreachable $divide $deep $beyond)
                  (func (export "run") (param i32)
                    (block $h
                      (try_table (catch_all $h) (call_indirect (local.get 0)) (return)))
                    (global.set $caught (i32.const 1)))
                  (func (export "caught?") (result i32) (global.get $caught)))
                """);
        List<TrapKind> kinds = List.of(
                TrapKind.UNREACHABLE,
                TrapKind.DIVIDE_BY_ZERO,
                TrapKind.STACK_EXHAUSTED,
                TrapKind.MEMORY_OUT_OF_BOUNDS,
                TrapKind.UNDEFINED_ELEMENT);
        for (int i = 0; i < kinds.size(); i++) {
            int each = i;
            Trap trap = assertThrows(Trap.class, () -> function(instance, "run").invokeWithArguments(each));
            assertEquals(kinds.get(i), trap.kind());
            assertEquals(0, (int) function(instance, "caught?").invokeExact());
        }
    }

    private static void failing() {
        throw new IllegalStateException("the host's own");
    }

    private static final String CALLING = """
            (module
              (import "host" "f" (func $f))
              (func (export "run") (result i32)
                (block $h (try_table (catch_all $h) (call $f) (return (i32.const 0))))
                (i32.const 1)))
            """;

    private static CoreInstance calling(CoreFunction function) {
        return ENGINE.compile(module(CALLING)).link().instantiate(Imports.of(function));
    }

    @Test
    void errorsOfTheHostPassHandlers() throws Throwable {
        MethodHandle failing =
                MethodHandles.lookup().findStatic(ExceptionsTest.class, "failing", MethodType.methodType(void.class));
        CoreInstance instance = calling(CoreFunction.of(new FuncType(List.of(), List.of()), failing));
        var error = assertThrows(
                IllegalStateException.class, () -> function(instance, "run").invokeWithArguments());
        assertEquals("the host's own", error.getMessage());
    }

    private static final String RAISING = """
            (module
              (tag $e (param i32))
              (func (export "raise") (throw $e (i32.const 5))))
            """;

    @Test
    void exceptionsPassBetweenInstancesButNotBetweenComponents() throws Throwable {
        CoreFunction raise =
                assertInstanceOf(CoreFunction.class, instance(RAISING).export("raise"));
        assertEquals(1, (int) function(calling(raise), "run").invokeExact());

        CoreFunction bordered = CoreFunction.of(new FuncType(List.of(), List.of()), Linkage.between(raise.handle()));
        Trap trap = assertThrows(
                Trap.class, () -> function(calling(bordered), "run").invokeWithArguments());
        assertEquals(TrapKind.UNHANDLED_EXCEPTION, trap.kind());
    }

    @Test
    void hostSeesWhatWasNotHandled() {
        CoreInstance instance = instance(RAISING);
        Trap trap = assertThrows(Trap.class, () -> function(instance, "raise").invokeWithArguments());
        assertEquals(TrapKind.UNHANDLED_EXCEPTION, trap.kind());
        assertTrue(trap.getMessage().startsWith("unhandled exception"), trap.getMessage());
        assertInstanceOf(GuestException.class, trap.getCause());
    }

    @Test
    void stoppedGuestsCannotCatchTheirEnd() {
        Interrupt interrupt = new Interrupt();
        CoreInstance instance =
                ENGINE.compile(module("""
                        (module
                          (func $work (loop $l (br $l)))
                          (func (export "run")
                            (loop $again
                              (block $h (try_table (catch_all $h) (call $work)))
                              (br $again))))
                        """)).link().instantiate(Imports.NONE, interrupt, ResourceLimits.none());
        interrupt.stop("enough");
        Trap trap = assertThrows(Trap.class, () -> function(instance, "run").invokeWithArguments());
        assertEquals(TrapKind.INTERRUPTED, trap.kind());
    }

    @Test
    void referencesKeepTheirIdentity() throws Throwable {
        CoreInstance instance = instance("""
                (module
                  (tag $e)
                  (func $raise (throw $e))
                  (func (export "run") (result exnref)
                    (block $h (result exnref)
                      (try_table (catch_all_ref $h) (call $raise))
                      (unreachable)))
                  (func (export "again") (param exnref) (result exnref)
                    (block $h (result exnref)
                      (try_table (catch_ref $e $h) (throw_ref (local.get 0)))
                      (unreachable)))
                  (func (export "null") (throw_ref (ref.null exn))))
                """);
        Object exception = (Object) function(instance, "run").invokeExact();
        assertSame(exception, (Object) function(instance, "again").invokeExact(exception));
        Trap trap = assertThrows(Trap.class, () -> function(instance, "null").invokeWithArguments());
        assertEquals(TrapKind.NULL_EXCEPTION_REFERENCE, trap.kind());
    }
}

package tenon.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import tenon.core.compile.WasmBytes;
import tenon.types.LinkException;
import tenon.types.core.FuncType;
import tenon.types.core.NumType;
import tenon.wasm.Module;

class CoreEngineTest {
    private static final CoreEngine ENGINE = new CoreEngine(EngineOptions.DEFAULT);

    private static MethodHandle only(Module module) {
        return ENGINE.compile(module)
                .link()
                .instantiate(Imports.NONE)
                .function(0)
                .handle();
    }

    private static TrapKind trap(Module module, Object... arguments) {
        return assertThrows(Trap.class, () -> only(module).invokeWithArguments(arguments))
                .kind();
    }

    @Test
    void addsTwoNumbers() throws Throwable {
        MethodHandle add = only(WasmBytes.function("60 02 7f 7f 01 7f", "00", "20 00 20 01 6a 0b"));
        assertEquals(MethodType.methodType(int.class, int.class, int.class), add.type());
        assertEquals(5, (int) add.invokeExact(2, 3));
    }

    @Test
    void loopSumsUp() throws Throwable {
        // loop: sum += n; n -= 1; br_if n; end; sum
        MethodHandle sum = only(WasmBytes.function(
                "60 01 7f 01 7f", "01 01 7f", "03 40 20 01 20 00 6a 21 01 20 00 41 01 6b 22 00 0d 00 0b 20 01 0b"));
        assertEquals(5050, (int) sum.invokeExact(100));
    }

    @Test
    void severalResultsComeAsBits() throws Throwable {
        // i32.const -1; f64.const 1; i64.const 7
        MethodHandle three =
                only(WasmBytes.function("60 00 03 7f 7c 7e", "00", "41 7f 44 00 00 00 00 00 00 f0 3f 42 07 0b"));
        assertArrayEquals(new long[] {-1, Double.doubleToRawLongBits(1), 7}, (long[]) three.invokeExact());
    }

    @Test
    void branchDropsWhatLiesBelowItsValues() throws Throwable {
        // 5; block (result i32) 1; 2; local.get 0; br_if 0; drop; end; add
        MethodHandle f =
                only(WasmBytes.function("60 01 7f 01 7f", "00", "41 05 02 7f 41 01 41 02 20 00 0d 00 1a 0b 6a 0b"));
        assertEquals(7, (int) f.invokeExact(1));
        assertEquals(6, (int) f.invokeExact(0));
    }

    @Test
    void loopKeepsTheValuesBelowIt() throws Throwable {
        // 7; n; loop (param i32) (result i32) 1; sub; local.tee 0; local.get 0; br_if 0; end; add
        var bytes = new WasmBytes()
                .section(1, "02 60 01 7f 01 7f 60 01 7f 01 7f")
                .section(3, "01 00")
                .section(10, "01 13 00 41 07 20 00 03 01 41 01 6b 22 00 20 00 0d 00 0b 6a 0b");
        MethodHandle f = only(bytes.decode());
        assertEquals(7, (int) f.invokeExact(9));
    }

    @Test
    void branchTableTakesTheDefaultForLargeIndices() throws Throwable {
        // block block block local.get 0; br_table 0 1 2; end return 10; end return 11; end 12
        MethodHandle f = only(WasmBytes.function(
                "60 01 7f 01 7f", "00", "02 40 02 40 02 40 20 00 0e 02 00 01 02 0b 41 0a 0f 0b 41 0b 0f 0b 41 0c 0b"));
        assertEquals(10, (int) f.invokeExact(0));
        assertEquals(11, (int) f.invokeExact(1));
        assertEquals(12, (int) f.invokeExact(2));
        assertEquals(12, (int) f.invokeExact(-1));
    }

    @Test
    void accessBeyondTheMemoryTraps() {
        // i32.load offset=8
        Module load = WasmBytes.function("60 01 7f 01 7f", "00", "20 00 28 02 08 0b");
        assertEquals(TrapKind.MEMORY_OUT_OF_BOUNDS, trap(load, 65536));
        assertEquals(TrapKind.MEMORY_OUT_OF_BOUNDS, trap(load, 65536 - 11));
        // an address just below 4 GiB must not wrap around to the start
        assertEquals(TrapKind.MEMORY_OUT_OF_BOUNDS, trap(load, -4));
        assertEquals(TrapKind.MEMORY_OUT_OF_BOUNDS, trap(load, Integer.MIN_VALUE));
    }

    @Test
    void offsetOfFourGigabytesTraps() {
        // i32.load offset=0xfffffff0
        Module load = WasmBytes.function("60 01 7f 01 7f", "00", "20 00 28 02 f0 ff ff ff 0f 0b");
        assertEquals(TrapKind.MEMORY_OUT_OF_BOUNDS, trap(load, 16));
        assertEquals(TrapKind.MEMORY_OUT_OF_BOUNDS, trap(load, 32));
        assertEquals(TrapKind.MEMORY_OUT_OF_BOUNDS, trap(load, Integer.MIN_VALUE));
    }

    @Test
    void divisionTrapsByItsReason() {
        Module divide = WasmBytes.function("60 02 7f 7f 01 7f", "00", "20 00 20 01 6d 0b");
        assertEquals(TrapKind.DIVIDE_BY_ZERO, trap(divide, 1, 0));
        assertEquals(TrapKind.INTEGER_OVERFLOW, trap(divide, Integer.MIN_VALUE, -1));
        assertEquals(
                TrapKind.DIVIDE_BY_ZERO,
                trap(WasmBytes.function("60 02 7f 7f 01 7f", "00", "20 00 20 01 6e 0b"), 1, 0));
    }

    @Test
    void unsignedDivisionByAConstantIsExact() throws Throwable {
        // i64.div_u and i64.rem_u by 7, whose reciprocal has 65 bits
        MethodHandle quotient = only(WasmBytes.function("60 01 7e 01 7e", "00", "20 00 42 07 80 0b"));
        MethodHandle remainder = only(WasmBytes.function("60 01 7e 01 7e", "00", "20 00 42 07 82 0b"));
        // i32.div_u by 0xfffffffe
        MethodHandle large = only(WasmBytes.function("60 01 7f 01 7f", "00", "20 00 41 7e 6e 0b"));
        for (long number :
                new long[] {0, 6, 7, 48, 49, -1, -2, Long.MIN_VALUE, Long.MAX_VALUE, 0x1234_5678_9abc_def0L}) {
            assertEquals(Long.divideUnsigned(number, 7), (long) quotient.invokeExact(number));
            assertEquals(Long.remainderUnsigned(number, 7), (long) remainder.invokeExact(number));
            assertEquals(Integer.divideUnsigned((int) number, -2), (int) large.invokeExact((int) number));
        }
    }

    @Test
    void endlessRecursionIsATrap() throws Throwable {
        // call 0 for ever unless the argument is 0
        CoreInstance instance = ENGINE.compile(
                        WasmBytes.function("60 01 7f 01 7f", "00", "20 00 04 7f 20 00 10 00 05 41 07 0b 0b"))
                .link()
                .instantiate(Imports.NONE);
        MethodHandle f = instance.function(0).handle();
        var trap = assertThrows(Trap.class, () -> f.invokeWithArguments(1));
        assertEquals(TrapKind.STACK_EXHAUSTED, trap.kind());
        assertEquals(7, (int) f.invokeExact(0));
    }

    @Test
    void traceNamesFunctionAndOffset() {
        Module module = WasmBytes.function("60 00 00", "00", "00 0b");
        Trap trap = assertThrows(Trap.class, () -> only(module).invokeWithArguments());
        assertEquals(TrapKind.UNREACHABLE, trap.kind());
        StackTraceElement frame = trap.getStackTrace()[0];
        assertEquals("function[0]", frame.getMethodName());
        assertEquals("wasm:0x" + Integer.toHexString(module.code().getFirst().start()), frame.getFileName());
    }

    private static Module importing() {
        // (import "m" "f" (func (param i32) (result i32))); function 1 calls it
        return new WasmBytes()
                .section(1, "01 60 01 7f 01 7f")
                .section(2, "01 01 6d 01 66 00 00")
                .section(3, "01 00")
                .section(10, "01 06 00 20 00 10 00 0b")
                .decode();
    }

    private static CoreFunction host(String name) throws ReflectiveOperationException {
        return CoreFunction.of(
                new FuncType(List.of(NumType.I32), List.of(NumType.I32)),
                MethodHandles.lookup()
                        .findStatic(CoreEngineTest.class, name, MethodType.methodType(int.class, int.class)));
    }

    @SuppressWarnings("unused")
    private static int twice(int value) {
        return 2 * value;
    }

    @SuppressWarnings("unused")
    private static int fails(int value) {
        throw new ArrayIndexOutOfBoundsException("the host's own " + value);
    }

    @Test
    void importIsCalledPerInstance() throws Throwable {
        LinkedModule linked = ENGINE.compile(importing()).link();
        CoreInstance instance = linked.instantiate(Imports.of(host("twice")));
        assertEquals(42, (int) instance.function(1).handle().invokeExact(21));
    }

    @Test
    void whatTheHostThrowsIsNoTrap() throws Throwable {
        CoreInstance instance = ENGINE.compile(importing()).link().instantiate(Imports.of(host("fails")));
        var thrown = assertThrows(
                ArrayIndexOutOfBoundsException.class,
                () -> instance.function(1).handle().invokeWithArguments(3));
        assertEquals("the host's own 3", thrown.getMessage());
    }

    @Test
    void staticImportGetsItsContext() throws Throwable {
        MethodHandle target = MethodHandles.lookup()
                .findStatic(CoreEngineTest.class, "plus", MethodType.methodType(int.class, int.class, Object.class));
        LinkedModule linked = ENGINE.compile(importing()).link(new Linkage(), List.of(new ImportTarget.Static(target)));
        CoreInstance one = linked.instantiate(Imports.of(new ImportValue.Context(1)));
        CoreInstance two = linked.instantiate(Imports.of(new ImportValue.Context(2)));
        assertEquals(11, (int) one.function(1).handle().invokeExact(10));
        assertEquals(12, (int) two.function(1).handle().invokeExact(10));
    }

    @SuppressWarnings("unused")
    private static int plus(int value, Object context) {
        return value + (Integer) context;
    }

    @Test
    void staticHandleTakesTheInstanceLast() throws Throwable {
        LinkedModule linked = ENGINE.compile(WasmBytes.function("60 02 7f 7f 01 7f", "00", "20 00 20 01 6a 0b"))
                .link();
        CoreInstance instance = linked.instantiate(Imports.NONE);
        MethodHandle handle = linked.handle(0);
        assertEquals(5, (int) handle.invokeExact(2, 3, instance));
    }

    @Test
    void importOfAnotherTypeIsRefused() {
        CoreFunction other = CoreFunction.of(
                new FuncType(List.of(), List.of()), MethodHandles.empty(MethodType.methodType(void.class)));
        LinkedModule linked = ENGINE.compile(importing()).link();
        var refused = assertThrows(LinkException.class, () -> linked.instantiate(Imports.of(other)));
        assertTrue(refused.fact().startsWith("incompatible import type"), refused.fact());
    }

    private static Module tabled() {
        // table of 3: f0 (-> i32), f1 (i64 -> i32), null; f2 calls type 0 at its argument; f3 gives element 0
        return new WasmBytes()
                .section(1, "04 60 00 01 7f 60 01 7e 01 7f 60 01 7f 01 7f 60 00 01 70")
                .section(3, "04 00 01 02 03")
                .section(4, "01 70 00 03")
                .section(9, "01 00 41 00 0b 02 00 01")
                .section(10, "04 04 00 41 0b 0b 04 00 41 0c 0b 07 00 20 00 11 00 00 0b 06 00 41 00 25 00 0b")
                .decode();
    }

    @Test
    void indirectCallChecksBoundsNullAndType() throws Throwable {
        CoreInstance instance = ENGINE.compile(tabled()).link().instantiate(Imports.NONE);
        MethodHandle call = instance.function(2).handle();
        assertEquals(11, (int) call.invokeExact(0));
        assertEquals(
                TrapKind.TYPE_MISMATCH,
                assertThrows(Trap.class, () -> call.invokeWithArguments(1)).kind());
        assertEquals(
                TrapKind.UNINITIALIZED_ELEMENT,
                assertThrows(Trap.class, () -> call.invokeWithArguments(2)).kind());
        assertEquals(
                TrapKind.UNDEFINED_ELEMENT,
                assertThrows(Trap.class, () -> call.invokeWithArguments(-1)).kind());
    }

    @Test
    void functionThatLeavesATableIsThatOfTheInstance() throws Throwable {
        CoreInstance instance = ENGINE.compile(tabled()).link().instantiate(Imports.NONE);
        Object left = (Object) instance.function(3).handle().invokeExact();
        assertSame(instance.function(0), assertInstanceOf(CoreFunction.class, left));
    }

    private static Module counting() {
        // memory 1 2, global (mut i32) 5, data "abc" at 0; f0: i32.store8 at argument; f1: memory.grow 1; global += 1
        return new WasmBytes()
                .section(1, "02 60 01 7f 00 60 00 01 7f")
                .section(3, "02 00 01")
                .section(5, "01 01 01 02")
                .section(6, "01 7f 01 41 05 0b")
                .section(7, "01 01 6d 02 00")
                .section(10, "02 09 00 20 00 41 2a 3a 00 00 0b 10 00 41 01 40 00 1a 23 00 41 01 6a 24 00 23 00 0b")
                .section(11, "01 00 41 00 0b 03 61 62 63")
                .decode();
    }

    @Test
    void resetRestoresMemoryAndGlobals() throws Throwable {
        var engine = new CoreEngine(EngineOptions.DEFAULT.withResettable(true));
        CoreInstance instance = engine.compile(counting()).link().instantiate(Imports.NONE);
        CoreMemory memory = assertInstanceOf(CoreMemory.class, instance.export("m"));
        InstanceImage image = instance.image();
        byte[] before = memory.bytes().clone();
        for (int round = 0; round < 3; round++) {
            instance.function(0).handle().invokeExact(1);
            instance.function(0).handle().invokeExact(40_000);
            memory.write(8190, new byte[] {1, 2, 3, 4});
            assertEquals(6, (int) instance.function(1).handle().invokeExact());
            instance.function(0).handle().invokeExact(100_000);
            assertEquals(2, memory.pages());
            instance.reset(image);
            assertEquals(1, memory.pages());
            assertTrue(Arrays.equals(before, memory.bytes()));
        }
    }

    @Test
    void growthBeyondTheLimitFails() throws Throwable {
        CoreInstance instance = ENGINE.compile(counting())
                .link()
                .instantiate(Imports.NONE, new Interrupt(), new ResourceLimits(65536, 100));
        CoreMemory memory = assertInstanceOf(CoreMemory.class, instance.export("m"));
        assertEquals(-1, memory.grow(1));
        assertEquals(1, memory.pages());
    }

    @Test
    void endlessLoopIsStopped() throws Throwable {
        assertStopped(WasmBytes.function("60 01 7f 00", "00", "03 40 0c 00 0b 0b"));
    }

    @Test
    void endlessLoopAroundACallIsStopped() throws Throwable {
        // the function calls itself with 0, which returns at once: the JIT inlines that
        assertStopped(WasmBytes.function("60 01 7f 00", "00", "20 00 45 04 40 0f 0b 03 40 41 00 10 00 0c 00 0b 0b"));
    }

    private static void assertStopped(Module module) throws InterruptedException {
        var interrupt = new Interrupt();
        CoreInstance instance =
                ENGINE.compile(module).link().instantiate(Imports.NONE, interrupt, ResourceLimits.none());
        Thread stopper = Thread.ofVirtual().start(() -> {
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            interrupt.stop("deadline exceeded");
        });
        Trap trap = assertThrows(Trap.class, () -> instance.function(0).handle().invokeWithArguments(1));
        stopper.join();
        assertEquals(TrapKind.INTERRUPTED, trap.kind());
        assertEquals("deadline exceeded", trap.fact());
    }
}

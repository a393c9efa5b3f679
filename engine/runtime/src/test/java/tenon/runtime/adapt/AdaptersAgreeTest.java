package tenon.runtime.adapt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tenon.component.CanonicalOptions.StringEncoding;
import tenon.core.Trap;
import tenon.runtime.abi.DynamicShapes;
import tenon.runtime.abi.FlatValues;
import tenon.runtime.abi.Lower;
import tenon.runtime.abi.NeutralShapes;
import tenon.runtime.abi.Shape;
import tenon.runtime.canon.CoreCall;
import tenon.runtime.canon.LiftedFunction;
import tenon.runtime.canon.LoweredToGuest;
import tenon.runtime.canon.LoweredToHost;
import tenon.runtime.canon.Signature;
import tenon.runtime.value.Value;
import tenon.types.component.Flattening;
import tenon.types.component.FunctionType;
import tenon.types.component.PointerType;
import tenon.types.component.ResourceType;
import tenon.types.component.ValueType;
import tenon.types.core.NumType;

/** The generated form of each adapter does what the interpreted one does: values, memory, allocations and traps, from a seed. */
class AdaptersAgreeTest {
    private static final int CASES = Integer.getInteger("cases", 150);
    private static final int OUT = 60_000;
    private static final StringEncoding[] ENCODINGS = StringEncoding.values();

    /** Kinds of memories. */
    enum Memory {
        ARRAY(PointerType.I32, false),
        CHUNKS(PointerType.I32, true),
        WIDE_ARRAY(PointerType.I64, false),
        WIDE_CHUNKS(PointerType.I64, true);

        final PointerType pointer;
        final boolean chunked;

        Memory(PointerType pointer, boolean chunked) {
            this.pointer = pointer;
            this.chunked = chunked;
        }

        static Memory of(int number) {
            return values()[number % values().length];
        }

        Guest guest(int index, StringEncoding encoding, Object state) {
            return new Guest(index, encoding, pointer, chunked, state);
        }
    }

    /** What a host's function got, and gives back. */
    static final class Echo {
        @Nullable Object seen;

        Object call(Object value) {
            seen = value;
            return value;
        }
    }

    private static Shape.ResourceKind none(ResourceType type) {
        throw new AssertionError("no resources here");
    }

    private static FunctionType echo(ValueType type) {
        return new FunctionType(List.of(new FunctionType.Parameter("value", type)), Optional.of(type), false);
    }

    private static Signature dynamic(FunctionType type) {
        return Signature.of(type, each -> DynamicShapes.of(each, AdaptersAgreeTest::none));
    }

    private static Signature neutral(FunctionType type) {
        return Signature.of(type, each -> NeutralShapes.of(each, AdaptersAgreeTest::none));
    }

    private static MethodHandle target() throws ReflectiveOperationException {
        return MethodHandles.lookup()
                .findVirtual(Echo.class, "call", MethodType.methodType(Object.class, Object.class));
    }

    /** Natural parameters of a dynamic shape are Values or, for scalars, what the generated code asks for: so box them all. */
    private static Signature boxed(FunctionType type) {
        return dynamic(type);
    }

    /** Arguments in core values, lowered into the guest; an out-pointer behind them where the result needs one. */
    private static long[] arguments(Guest guest, Signature signature, Value value) {
        var flat = new FlatValues(signature.lowered(guest.cx.pointer()).params().size());
        Lower.values(
                guest.cx,
                Flattening.MAX_FLAT_PARAMS,
                new Object[] {value},
                signature.params(),
                signature.tuples(),
                flat);
        long[] bits = flat.bits();
        if (!signature.flatResult()) {
            bits[bits.length - 1] = OUT;
        }
        return bits;
    }

    private static String outcome(MethodHandle adapter, Object context, long[] arguments) {
        MethodHandle bound =
                MethodHandles.insertArguments(adapter, adapter.type().parameterCount() - 1, context);
        try {
            return "gives " + (long) CoreCall.ofBits(bound).invokeExact(arguments);
        } catch (Trap trap) {
            return "traps: " + trap.fact().replaceAll(" \\(CanonicalABI.*", "");
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void hostFunctionsWithValuesOfAnyType() throws ReflectiveOperationException {
        for (int seed = 0; seed < CASES; seed++) {
            var types = new RandomTypes(seed);
            FunctionType type = echo(types.type(3));
            Value value = types.value(type.params().getFirst().type());
            compareHost(seed, type, value, null);
        }
    }

    @Test
    void hostFunctionsWithHostileCoreValues() throws ReflectiveOperationException {
        for (int seed = 0; seed < CASES; seed++) {
            var types = new RandomTypes(seed);
            FunctionType type = echo(types.type(3));
            Value value = types.value(type.params().getFirst().type());
            compareHost(seed, type, value, new Random(seed));
        }
    }

    private static void compareHost(int seed, FunctionType type, Value value, @Nullable Random hostile)
            throws ReflectiveOperationException {
        Signature signature = boxed(type);
        StringEncoding encoding = ENCODINGS[seed % ENCODINGS.length];
        Memory memory = Memory.of(seed / ENCODINGS.length);
        PointerType pointer = memory.pointer;
        var one = new Echo();
        var two = new Echo();
        var interpreted = memory.guest(0, encoding, one);
        var generated = memory.guest(0, encoding, two);
        MethodHandle spread = target().asSpreader(Object[].class, 1)
                .asType(MethodType.methodType(Object.class, Object.class, Object[].class));
        long[] first = arguments(interpreted, signature, value);
        long[] second = arguments(generated, signature, value);
        if (hostile != null) {
            int at = hostile.nextInt(first.length);
            first[at] = hostile.nextBoolean() ? hostile.nextLong() : hostile.nextInt(100_000);
            if (isInt(signature, pointer, at)) {
                first[at] &= 0xffffffffL;
            }
            second[at] = first[at];
        }
        String expected = outcome(
                LoweredToHost.interpreted(signature, spread, pointer), new LoweredToHost(interpreted.cx, 0), first);
        String actual = outcome(
                HostAdapter.of(signature, generated.side, target()).orElseThrow(),
                new LoweredToHost(generated.cx, 0),
                second);
        String what = "seed " + seed + ", " + type + ", " + memory;
        assertEquals(expected, actual, what);
        assertEquals(one.seen, two.seen, what);
        assertEquals(interpreted.state(), generated.state(), what);
        if (hostile == null) {
            assertEquals(value, one.seen, what);
        }
    }

    private static boolean isInt(Signature signature, PointerType pointer, int at) {
        var type = signature.lowered(pointer).params().get(at);
        return type == NumType.I32 || type == NumType.F32;
    }

    @Test
    void callsBetweenComponents() {
        for (int seed = 0; seed < CASES; seed++) {
            var types = new RandomTypes(seed);
            FunctionType type = echo(types.type(3));
            Value value = types.value(type.params().getFirst().type());
            compareGuests(seed, type, value, null);
            compareGuests(seed, type, value, new Random(seed));
        }
    }

    private static void compareGuests(int seed, FunctionType type, Value value, @Nullable Random hostile) {
        Signature signature = neutral(type);
        StringEncoding from = ENCODINGS[seed % ENCODINGS.length];
        StringEncoding to = ENCODINGS[seed / ENCODINGS.length % ENCODINGS.length];
        Memory read = Memory.of(seed / 9);
        Memory written = Memory.of(seed / 36);
        var callers = new Guest[] {read.guest(0, from, ""), read.guest(0, from, "")};
        var callees = new Guest[] {written.guest(1, to, ""), written.guest(1, to, "")};
        long[] first = arguments(callers[0], dynamic(type), value);
        long[] second = arguments(callers[1], dynamic(type), value);
        if (hostile != null) {
            int at = hostile.nextInt(first.length);
            first[at] = isInt(signature, read.pointer, at) || hostile.nextBoolean()
                    ? hostile.nextInt(150_000)
                    : hostile.nextLong() >>> hostile.nextInt(Long.SIZE);
            second[at] = first[at];
        }
        MethodHandle core = Echoing.core(signature, written.pointer);
        String expected = outcome(
                LoweredToGuest.interpreted(signature, read.pointer, false),
                new LoweredToGuest(callers[0].cx, lifted(callees[0], signature, core)),
                first);
        String actual = outcome(
                FusedAdapter.of(signature, callers[1].side, callees[1].side, core, null, false)
                        .orElseThrow(),
                new LoweredToGuest(callers[1].cx, lifted(callees[1], signature, core)),
                second);
        String what = "seed " + seed + ", " + type + ", " + from + " " + read + " to " + to + " " + written;
        assertEquals(expected, actual, what);
        if (expected.startsWith("gives")) {
            assertEquals(callers[0].state(), callers[1].state(), what);
            assertEquals(callees[0].state(), callees[1].state(), what);
        }
    }

    private static LiftedFunction lifted(Guest callee, Signature signature, MethodHandle core) {
        return new LiftedFunction(
                callee.cx,
                new LiftedFunction.CoreFunction(core, new Echoing(callee.cx, signature)),
                null,
                LiftedFunction.Abi.PLAIN);
    }

    @Test
    void exportsCalledFromTheHost() throws Throwable {
        for (int seed = 0; seed < CASES; seed++) {
            var types = new RandomTypes(seed);
            FunctionType type = echo(types.type(3));
            Value value = types.value(type.params().getFirst().type());
            Signature signature = dynamic(type);
            StringEncoding encoding = ENCODINGS[seed % ENCODINGS.length];
            Memory memory = Memory.of(seed / ENCODINGS.length);
            var one = memory.guest(0, encoding, "");
            var two = memory.guest(0, encoding, "");
            MethodHandle core = Echoing.core(signature, memory.pointer);
            Object expected = lifted(one, signature, core).callFromHost(signature, new Object[] {value});
            Object actual = ExportAdapter.of(signature, two.side, core, null)
                    .orElseThrow()
                    .invoke(lifted(two, signature, core), value);
            String what = "seed " + seed + ", " + type + ", " + memory;
            assertEquals(value, expected, what);
            assertEquals(expected, actual, what);
            assertEquals(one.state(), two.state(), what);
        }
    }
}

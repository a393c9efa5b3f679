package tenon.runtime.adapt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tenon.component.CanonicalOptions.StringEncoding;
import tenon.core.Trap;
import tenon.runtime.abi.DynamicShapes;
import tenon.runtime.abi.NeutralShapes;
import tenon.runtime.abi.Shape;
import tenon.runtime.canon.CoreCall;
import tenon.runtime.canon.LiftedFunction;
import tenon.runtime.canon.LoweredToGuest;
import tenon.runtime.canon.LoweredToHost;
import tenon.runtime.canon.Signature;
import tenon.runtime.value.Value;
import tenon.types.component.FunctionType;
import tenon.types.component.ListType;
import tenon.types.component.PointerType;
import tenon.types.component.PrimitiveType;
import tenon.types.component.ResourceType;
import tenon.types.component.ValueType;

/** Addresses and lengths of 64 bits that no memory has, in both forms and whoever is called: each trap names its rule and section. */
class HostilePointersTest {
    private static final long MEMORY = 2 << 16;
    private static final long BEYOND_32_BITS = 1L << 32;
    private static final ValueType LIST_OF_STRINGS = new ListType(PrimitiveType.STRING);
    private static final ValueType LIST_OF_U64 = new ListType(PrimitiveType.U64);

    /** What the host's functions are called on. */
    static final class Host {
        @Nullable Object seen;

        void take(Object value) {
            seen = value;
        }

        Object give() {
            return new Value.Text("given");
        }
    }

    private static Shape.ResourceKind none(ResourceType type) {
        throw new AssertionError("no resources here");
    }

    private static Signature dynamic(FunctionType type) {
        return Signature.of(type, each -> DynamicShapes.of(each, HostilePointersTest::none));
    }

    private static Signature neutral(FunctionType type) {
        return Signature.of(type, each -> NeutralShapes.of(each, HostilePointersTest::none));
    }

    private static FunctionType taking(List<ValueType> types) {
        var params = new ArrayList<FunctionType.Parameter>();
        for (ValueType type : types) {
            params.add(new FunctionType.Parameter("p" + params.size(), type));
        }
        return new FunctionType(params, Optional.empty(), false);
    }

    private static long call(MethodHandle adapter, Object context, long... bits) throws Throwable {
        MethodHandle bound =
                MethodHandles.insertArguments(adapter, adapter.type().parameterCount() - 1, context);
        return (long) CoreCall.ofBits(bound).invokeExact(bits);
    }

    private static Guest guest(StringEncoding encoding) {
        return new Guest(0, encoding, PointerType.I64, new Host());
    }

    /** A 64-bit guest calls functions that take values: the host's, and those of guests with memories of both kinds. */
    private static void traps(String rule, StringEncoding encoding, FunctionType type, long... bits)
            throws ReflectiveOperationException {
        Signature signature = dynamic(type);
        MethodHandle take =
                MethodHandles.lookup().findVirtual(Host.class, "take", MethodType.methodType(void.class, Object.class));
        MethodHandle spread = take.asSpreader(Object[].class, 1)
                .asType(MethodType.methodType(Object.class, Object.class, Object[].class));
        Guest generated = guest(encoding);
        if (type.params().size() == 1) {
            traps(
                    rule,
                    HostAdapter.of(signature, generated.side, take).orElseThrow(),
                    new LoweredToHost(generated.cx, 0),
                    bits);
        }
        Guest interpreted = guest(encoding);
        traps(
                rule,
                LoweredToHost.interpreted(signature, spread, PointerType.I64),
                new LoweredToHost(interpreted.cx, 0),
                bits);
        for (PointerType pointer : PointerType.values()) {
            trapsBetweenGuests(rule, encoding, neutral(type), pointer, bits);
        }
    }

    private static void trapsBetweenGuests(
            String rule, StringEncoding encoding, Signature signature, PointerType pointer, long... bits) {
        MethodHandle core =
                MethodHandles.empty(CoreCall.java(signature.lifted(pointer)).appendParameterTypes(Object.class));
        var from = guest(encoding);
        var to = new Guest(1, StringEncoding.UTF8, pointer, "");
        var callee =
                new LiftedFunction(to.cx, new LiftedFunction.CoreFunction(core, ""), null, LiftedFunction.Abi.PLAIN);
        var context = new LoweredToGuest(from.cx, callee);
        traps(rule, LoweredToGuest.interpreted(signature, PointerType.I64, false), context, bits);
        traps(
                rule,
                FusedAdapter.of(signature, from.side, to.side, core, null, false)
                        .orElseThrow(),
                context,
                bits);
    }

    private static void traps(String rule, MethodHandle adapter, Object context, long... bits) {
        Trap trap = assertThrows(Trap.class, () -> call(adapter, context, bits));
        assertEquals(rule, trap.fact().replace("CanonicalABI.md, ", ""));
    }

    private static void stringTraps(String rule, StringEncoding encoding, long address, long length)
            throws ReflectiveOperationException {
        traps(rule + " (\"Loading\")", encoding, taking(List.of(PrimitiveType.STRING)), address, length);
    }

    private static void listTraps(String rule, ValueType type, long address, long length)
            throws ReflectiveOperationException {
        traps(rule + " (\"Loading\")", StringEncoding.UTF8, taking(List.of(type)), address, length);
    }

    @Test
    void stringsOutsideOfMemory() throws ReflectiveOperationException {
        String outside = "string pointer/length out of bounds of memory";
        for (StringEncoding encoding : StringEncoding.values()) {
            stringTraps(outside, encoding, BEYOND_32_BITS, 1);
            stringTraps(outside, encoding, BEYOND_32_BITS, 0);
            stringTraps(outside, encoding, MEMORY - 2, 4);
            stringTraps(outside, encoding, -2, 1);
            // their sum is a small number of 64 bits
            stringTraps(outside, encoding, -8, 16);
            stringTraps(outside, encoding, Long.MIN_VALUE, 2);
        }
    }

    @Test
    void stringsThatAreTooLong() throws ReflectiveOperationException {
        String tooLong = "string pointer/length out of bounds of memory: more than 2^28-1 bytes";
        stringTraps(tooLong, StringEncoding.UTF8, 0, 1 << 28);
        stringTraps(tooLong, StringEncoding.UTF8, 0, BEYOND_32_BITS);
        stringTraps(tooLong, StringEncoding.UTF8, 8, -8);
        stringTraps(tooLong, StringEncoding.UTF8, 0, Long.MIN_VALUE);
        // twice as much is 4 in 64 bits
        stringTraps(tooLong, StringEncoding.UTF16, 0, Long.MIN_VALUE | 2);
        stringTraps(tooLong, StringEncoding.LATIN1_UTF16, 0, Long.MIN_VALUE | 1L << 62);
        // the tag of 32-bit memories is none here
        stringTraps(tooLong, StringEncoding.LATIN1_UTF16, 0, 1L << 31 | 2);
    }

    @Test
    void stringsThatAreNotAligned() throws ReflectiveOperationException {
        stringTraps("string pointer not aligned to 2", StringEncoding.UTF16, 1, 0);
        stringTraps("string pointer not aligned to 2", StringEncoding.LATIN1_UTF16, BEYOND_32_BITS + 1, 2);
    }

    @Test
    void listsOutsideOfMemory() throws ReflectiveOperationException {
        String outside = "list content out-of-bounds";
        for (ValueType type : List.of(LIST_OF_U64, LIST_OF_STRINGS, new ListType(LIST_OF_U64))) {
            listTraps(outside, type, BEYOND_32_BITS, 0);
            listTraps(outside, type, BEYOND_32_BITS, 1);
            listTraps(outside, type, MEMORY - 8, 2);
            listTraps(outside, type, -8, 1);
            listTraps(outside, type, -16, 2);
        }
    }

    @Test
    void listsThatAreTooLong() throws ReflectiveOperationException {
        String tooLong = "list content out-of-bounds: more than 2^28-1 bytes";
        // times the size of an element that is nothing in 64 bits
        listTraps(tooLong, LIST_OF_U64, 0, 1L << 61);
        listTraps(tooLong, LIST_OF_STRINGS, 0, 1L << 60);
        listTraps(tooLong, new ListType(PrimitiveType.U8), 0, -1);
        listTraps(tooLong, LIST_OF_STRINGS, 0, 1 << 24);
    }

    @Test
    void listsThatAreNotAligned() throws ReflectiveOperationException {
        listTraps("unaligned pointer", LIST_OF_U64, 4, 1);
        // pointers have 8 bytes, and their alignment
        listTraps("unaligned pointer", LIST_OF_STRINGS, 4, 1);
        listTraps("unaligned pointer", LIST_OF_STRINGS, BEYOND_32_BITS + 4, 1);
    }

    @Test
    void parametersOutsideOfMemory() throws ReflectiveOperationException {
        FunctionType type = taking(Collections.nCopies(17, PrimitiveType.U64));
        Signature signature = neutral(type);
        for (long address : new long[] {BEYOND_32_BITS, -8, MEMORY, MEMORY - 8, Long.MIN_VALUE}) {
            for (PointerType pointer : PointerType.values()) {
                for (MethodHandle adapter : betweenGuests(signature, pointer)) {
                    Trap trap = assertThrows(Trap.class, () -> call(adapter, between(signature, pointer), address));
                    assertTrue(trap.fact().startsWith("pointer out of bounds of memory ("), trap.fact());
                }
            }
        }
        for (MethodHandle adapter : betweenGuests(signature, PointerType.I64)) {
            Trap trap = assertThrows(Trap.class, () -> call(adapter, between(signature, PointerType.I64), 4));
            assertTrue(trap.fact().startsWith("unaligned pointer ("), trap.fact());
        }
    }

    private static MethodHandle nothing(Signature signature, PointerType pointer) {
        return MethodHandles.empty(CoreCall.java(signature.lifted(pointer)).appendParameterTypes(Object.class));
    }

    private static List<MethodHandle> betweenGuests(Signature signature, PointerType pointer) {
        Side from = guest(StringEncoding.UTF8).side;
        Side to = new Guest(1, StringEncoding.UTF8, pointer, "").side;
        return List.of(
                LoweredToGuest.interpreted(signature, PointerType.I64, false),
                FusedAdapter.of(signature, from, to, nothing(signature, pointer), null, false)
                        .orElseThrow());
    }

    private static LoweredToGuest between(Signature signature, PointerType pointer) {
        var to = new Guest(1, StringEncoding.UTF8, pointer, "");
        return new LoweredToGuest(
                guest(StringEncoding.UTF8).cx,
                new LiftedFunction(
                        to.cx,
                        new LiftedFunction.CoreFunction(nothing(signature, pointer), ""),
                        null,
                        LiftedFunction.Abi.PLAIN));
    }

    private static void resultTraps(String rule, OptionalLong realloc, long target)
            throws ReflectiveOperationException {
        Signature signature = dynamic(new FunctionType(List.of(), Optional.of(PrimitiveType.STRING), false));
        MethodHandle give = MethodHandles.lookup().findVirtual(Host.class, "give", MethodType.methodType(Object.class));
        MethodHandle spread = give.asSpreader(Object[].class, 0)
                .asType(MethodType.methodType(Object.class, Object.class, Object[].class));
        Guest generated = guest(StringEncoding.UTF16);
        Guest interpreted = guest(StringEncoding.UTF16);
        generated.answer = realloc;
        interpreted.answer = realloc;
        traps(
                rule,
                HostAdapter.of(signature, generated.side, give).orElseThrow(),
                new LoweredToHost(generated.cx, 0),
                target);
        traps(
                rule,
                LoweredToHost.interpreted(signature, spread, PointerType.I64),
                new LoweredToHost(interpreted.cx, 0),
                target);
    }

    @Test
    void resultsOutsideOfMemory() throws ReflectiveOperationException {
        String section = " (\"Lifting and Lowering Values\")";
        for (long target : new long[] {BEYOND_32_BITS, -16, -8, MEMORY - 8, Long.MIN_VALUE}) {
            resultTraps("pointer out of bounds of memory" + section, OptionalLong.empty(), target);
        }
        resultTraps("unaligned pointer" + section, OptionalLong.empty(), 4);
    }

    @Test
    void roomThatNoMemoryHas() throws ReflectiveOperationException {
        for (long answer : new long[] {BEYOND_32_BITS, -2, -8, MEMORY - 8, Long.MIN_VALUE}) {
            resultTraps("realloc return: beyond end of memory (\"Storing\")", OptionalLong.of(answer), 8);
        }
        resultTraps("realloc return: result not aligned (\"Storing\")", OptionalLong.of(BEYOND_32_BITS + 1), 8);
    }

    @Test
    void roomThatNoMemoryHasBetweenGuests() {
        Signature signature = neutral(taking(List.of(LIST_OF_STRINGS)));
        for (long answer : new long[] {BEYOND_32_BITS, -8, MEMORY}) {
            var from = new Guest(0, StringEncoding.UTF8, PointerType.I32, "");
            var to = new Guest(1, StringEncoding.UTF8, PointerType.I64, "");
            to.answer = OptionalLong.of(answer);
            MethodHandle core = nothing(signature, PointerType.I64);
            var context = new LoweredToGuest(
                    from.cx,
                    new LiftedFunction(
                            to.cx, new LiftedFunction.CoreFunction(core, ""), null, LiftedFunction.Abi.PLAIN));
            String rule = "realloc return: beyond end of memory (\"Storing\")";
            traps(rule, LoweredToGuest.interpreted(signature, PointerType.I32, false), context, 8, 1);
            traps(
                    rule,
                    FusedAdapter.of(signature, from.side, to.side, core, null, false)
                            .orElseThrow(),
                    context,
                    8,
                    1);
            assertEquals(List.of("0 0 8 16", "0 0 8 16"), to.asked);
        }
    }
}

package tenon.runtime.adapt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tenon.component.CanonicalOptions.StringEncoding;
import tenon.core.Trap;
import tenon.runtime.abi.DynamicShapes;
import tenon.runtime.abi.Shape;
import tenon.runtime.canon.CoreCall;
import tenon.runtime.canon.LoweredToHost;
import tenon.runtime.canon.Signature;
import tenon.runtime.value.Value;
import tenon.types.component.FunctionType;
import tenon.types.component.ListType;
import tenon.types.component.PointerType;
import tenon.types.component.PrimitiveType;
import tenon.types.component.ResourceType;
import tenon.types.component.ValueType;

/** Lists that would need more of the host than a guest's own memory is worth. */
class HostileListsTest {
    private static final int MEMORY = 2 << 16;

    /** What the host's function is called on. */
    static final class Counter {
        int calls;

        void call(Object list) {
            assertTrue(list instanceof Value);
            calls++;
        }
    }

    private static Shape.ResourceKind none(ResourceType type) {
        throw new AssertionError("no resources here");
    }

    private static Signature taking(ValueType type) {
        return Signature.of(
                new FunctionType(List.of(new FunctionType.Parameter("list", type)), Optional.empty(), false),
                each -> DynamicShapes.of(each, HostileListsTest::none));
    }

    private static List<MethodHandle> adapters(Signature signature) throws ReflectiveOperationException {
        MethodHandle call = MethodHandles.lookup()
                .findVirtual(Counter.class, "call", MethodType.methodType(void.class, Object.class));
        MethodHandle spread = call.asSpreader(Object[].class, 1)
                .asType(MethodType.methodType(Object.class, Object.class, Object[].class));
        return List.of(
                HostAdapter.of(signature, Side.ofMemory(PointerType.I32, false), call)
                        .orElseThrow(),
                LoweredToHost.interpreted(signature, spread, PointerType.I32));
    }

    private static void call(MethodHandle adapter, Guest guest, int address, int length) {
        var context = new LoweredToHost(guest.cx, 0);
        MethodHandle bound =
                MethodHandles.insertArguments(adapter, adapter.type().parameterCount() - 1, context);
        try {
            assertEquals(0L, (long) CoreCall.ofBits(bound).invokeExact(new long[] {address, length}));
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /** A memory full of lists, each of which is a good part of that memory. */
    private static Guest full(Counter counter, int innerLength) {
        var guest = new Guest(0, StringEncoding.UTF8, PointerType.I32, counter);
        for (int at = 0; at < MEMORY; at += 8) {
            guest.memory.setInt(at, 0);
            guest.memory.setInt(at + 4, innerLength);
        }
        return guest;
    }

    @Test
    void listsThatAllLieAtOnePlaceAreNotCopiedWithoutEnd() throws ReflectiveOperationException {
        Signature signature = taking(new ListType(new ListType(PrimitiveType.U8)));
        for (MethodHandle adapter : adapters(signature)) {
            var counter = new Counter();
            Guest guest = full(counter, 1 << 16);
            Trap trap = assertThrows(Trap.class, () -> call(adapter, guest, 0, MEMORY / 8));
            assertTrue(trap.fact().contains("more than the 268435456 bytes that are allowed"), trap.fact());
            assertEquals(0, counter.calls);
        }
    }

    @Test
    void stringsThatAllLieAtOnePlaceAreNotCopiedWithoutEnd() throws ReflectiveOperationException {
        Signature signature = taking(new ListType(PrimitiveType.STRING));
        for (MethodHandle adapter : adapters(signature)) {
            Guest guest = full(new Counter(), 1 << 16);
            assertThrows(Trap.class, () -> call(adapter, guest, 0, MEMORY / 8));
        }
    }

    @Test
    void everyCallMayLiftAsMuchAgain() throws ReflectiveOperationException {
        Signature signature = taking(new ListType(new ListType(PrimitiveType.U8)));
        for (MethodHandle adapter : adapters(signature)) {
            var counter = new Counter();
            Guest guest = full(counter, 1 << 8);
            for (int i = 0; i < 10; i++) {
                call(adapter, guest, 0, MEMORY / 8 / 2);
            }
            assertEquals(10, counter.calls);
        }
    }
}

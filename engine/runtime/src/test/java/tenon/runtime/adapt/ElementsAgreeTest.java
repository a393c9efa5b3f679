package tenon.runtime.adapt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tenon.component.CanonicalOptions.StringEncoding;
import tenon.core.Trap;
import tenon.runtime.abi.DynamicShapes;
import tenon.runtime.abi.GuestBuffer;
import tenon.runtime.abi.Lift;
import tenon.runtime.abi.Lower;
import tenon.runtime.abi.NeutralShapes;
import tenon.runtime.abi.Shape;
import tenon.runtime.abi.StreamElement;
import tenon.runtime.adapt.AdaptersAgreeTest.Memory;
import tenon.runtime.value.Value;
import tenon.types.component.ResourceType;
import tenon.types.component.ValueType;

/** Elements of streams are moved by generated code as they are without it: values, memory, allocations and traps, from a seed. */
class ElementsAgreeTest {
    private static final int CASES = Integer.getInteger("cases", 150);
    private static final int COUNT = 5;
    private static final int IN = 30_000;
    private static final int OUT = 60_000;
    private static final StringEncoding[] ENCODINGS = StringEncoding.values();

    private static Shape.ResourceKind none(ResourceType type) {
        throw new AssertionError("no resources here");
    }

    /** A guest with elements in its memory. */
    private static Guest guest(Memory memory, StringEncoding encoding, Shape shape, List<Value> values) {
        Guest guest = memory.guest(0, encoding, "");
        for (int i = 0; i < values.size(); i++) {
            Lower.store(guest.cx, values.get(i), shape, IN + i * shape.size(memory.pointer));
        }
        return guest;
    }

    private static String moved(Guest from, Guest to, StreamElement element) {
        try {
            var source = new GuestBuffer(from.cx, Optional.of(element), IN, COUNT);
            var target = new GuestBuffer(to.cx, Optional.of(element), OUT, COUNT);
            target.take(source, 2);
            target.take(source, COUNT - 2);
            return "moved " + target.progress();
        } catch (Trap trap) {
            return "traps: " + trap.fact().replaceAll(" \\(CanonicalABI.*", "");
        }
    }

    @Test
    void fromGuestToGuest() {
        for (int seed = 0; seed < CASES; seed++) {
            var types = new RandomTypes(seed);
            ValueType type = types.type(3);
            List<Value> values = values(types, type);
            Shape dynamic = DynamicShapes.of(type, ElementsAgreeTest::none);
            Shape neutral = NeutralShapes.of(type, ElementsAgreeTest::none);
            StringEncoding from = ENCODINGS[seed % ENCODINGS.length];
            StringEncoding to = ENCODINGS[seed / ENCODINGS.length % ENCODINGS.length];
            Memory read = Memory.of(seed / 9);
            Memory written = Memory.of(seed / 36);
            for (boolean hostile : List.of(false, true)) {
                Guest source = guest(read, from, dynamic, values);
                if (hostile) {
                    source.memory.setInt(IN + seed % COUNT * neutral.size(read.pointer), 0xfff0_0000 + seed);
                }
                Guest interpreted = written.guest(1, to, "");
                Guest generated = written.guest(1, to, "");
                String what = "seed " + seed + ", " + type + ", " + read + " to " + written;
                String expected = moved(source, interpreted, new StreamElement(neutral, null));
                assertEquals(
                        expected, moved(source, generated, new StreamElement(neutral, new ElementAdapter())), what);
                if (expected.startsWith("moved")) {
                    assertEquals(interpreted.state(), generated.state(), what);
                }
            }
        }
    }

    private static List<Value> values(RandomTypes types, ValueType type) {
        var values = new ArrayList<Value>();
        for (int i = 0; i < COUNT; i++) {
            values.add(types.value(type));
        }
        return values;
    }

    @Test
    void betweenGuestAndHost() throws Throwable {
        var adapter = new ElementAdapter();
        for (int seed = 0; seed < CASES; seed++) {
            var types = new RandomTypes(seed);
            ValueType type = types.type(3);
            List<Value> values = values(types, type);
            Shape shape = DynamicShapes.of(type, ElementsAgreeTest::none);
            StringEncoding encoding = ENCODINGS[seed % ENCODINGS.length];
            Memory memory = Memory.of(seed / ENCODINGS.length);
            Guest interpreted = guest(memory, encoding, shape, values);
            String what = "seed " + seed + ", " + type;

            Guest generated = memory.guest(0, encoding, "");
            MethodHandle lower = adapter.lower(shape, generated.cx).orElseThrow();
            List<Object> given = new ArrayList<>(values);
            lower.invokeExact(generated.cx, given, 0, (long) IN, 3);
            lower.invokeExact(generated.cx, given, 3, (long) IN + 3 * shape.size(memory.pointer), COUNT - 3);
            assertEquals(interpreted.state(), generated.state(), what);

            List<Object> lifted = new ArrayList<>();
            MethodHandle lift = adapter.lift(shape, interpreted.cx).orElseThrow();
            lift.invokeExact(interpreted.cx, lifted, (long) IN, COUNT);
            assertEquals(values, lifted, what);
            assertEquals(Lift.load(interpreted.cx, IN, shape), lifted.getFirst(), what);
        }
    }
}

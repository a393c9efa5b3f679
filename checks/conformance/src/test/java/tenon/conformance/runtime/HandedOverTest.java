package tenon.conformance.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tenon.component.read.ComponentDecoder;
import tenon.runtime.Instance;
import tenon.runtime.LinkedComponent;
import tenon.runtime.Linker;
import tenon.runtime.Runtime;
import tenon.runtime.Store;
import tenon.runtime.value.StreamPipe;
import tenon.runtime.value.StreamReader;
import tenon.runtime.value.Tuple3;
import tenon.runtime.value.Value;
import tenon.text.Wat;

/** Streams whose ends are both the host's, since a guest has passed on what it got: the reader gets what its own type asks for. */
@Timeout(60)
class HandedOverTest {
    private static final String GUEST = """
            (component
              (core module $M (func (export "through") (param i32) (result i32) (local.get 0)))
              (core instance $m (instantiate $M))
              (type $S (stream (tuple string (list u8) (option u32))))
              (func (export "through") (param "in" $S) (result $S) (canon lift (core func $m "through"))))
            """;

    /** The guest's function in Java. */
    interface Typed {
        /** {@code through: func(in: stream<tuple<string, list<u8>, option<u32>>>) -> …}. */
        StreamReader<Tuple3<String, byte[], Optional<Integer>>> through(
                StreamReader<Tuple3<String, byte[], Optional<Integer>>> in);
    }

    private static final Value DYNAMIC = new Value.Tuple(List.of(
            new Value.Text("some"),
            new Value.Sequence(List.of(new Value.U8((byte) 1), new Value.U8((byte) 2))),
            new Value.Option(Optional.of(new Value.U32(7)))));
    private static final Tuple3<String, byte[], Optional<Integer>> TYPED =
            new Tuple3<>("some", new byte[] {1, 2}, Optional.of(7));

    private static LinkedComponent link() {
        return new Linker().link(Runtime.create(), ComponentDecoder.decode(Wat.parse("guest", GUEST)));
    }

    private static StreamReader<?> dynamic(Instance instance, StreamReader<?> in) {
        Value out = instance.func("through").call(List.of(new Value.Handle(in))).orElseThrow();
        return (StreamReader<?>) ((Value.Handle) out).resource();
    }

    private static StreamReader<?> typed(LinkedComponent linked, Instance instance, StreamReader<?> in)
            throws Throwable {
        Method through = Typed.class.getDeclaredMethods()[0];
        MethodHandle handle = linked.function(
                "",
                "through",
                List.of(through.getGenericParameterTypes()),
                through.getGenericReturnType(),
                MethodHandles.lookup());
        return (StreamReader<?>) handle.invoke(instance, in);
    }

    private static List<?> read(StreamReader<?> stream, StreamPipe<Object> pipe, Object element) {
        Thread.startVirtualThread(() -> {
            pipe.writer().write(List.of(element, element));
            pipe.writer().close();
        });
        return stream.read(2);
    }

    @Test
    void typedReaderGetsTypedElementsOfADynamicWriter() throws Throwable {
        LinkedComponent linked = link();
        try (Store store = Store.open()) {
            Instance instance = linked.instantiate(store);
            StreamPipe<Object> pipe = store.pipe();
            for (Object each : read(typed(linked, instance, dynamic(instance, pipe.reader())), pipe, DYNAMIC)) {
                var found = (Tuple3<?, ?, ?>) each;
                assertEquals(TYPED.f0(), found.f0());
                assertArrayEquals(TYPED.f1(), (byte[]) found.f1());
                assertEquals(TYPED.f2(), found.f2());
            }
        }
    }

    @Test
    void dynamicReaderGetsValuesOfATypedWriter() throws Throwable {
        LinkedComponent linked = link();
        try (Store store = Store.open()) {
            Instance instance = linked.instantiate(store);
            StreamPipe<Object> pipe = store.pipe();
            assertEquals(
                    List.of(DYNAMIC, DYNAMIC),
                    read(dynamic(instance, typed(linked, instance, pipe.reader())), pipe, TYPED));
        }
    }
}

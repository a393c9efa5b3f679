package tenon.conformance.values;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tenon.component.Component;
import tenon.conformance.values.RandomProgram.Way;
import tenon.runtime.HostInterface;
import tenon.runtime.Instance;
import tenon.runtime.LinkedComponent;
import tenon.runtime.Linker;
import tenon.runtime.Runtime;
import tenon.runtime.Store;
import tenon.runtime.value.FutureReader;
import tenon.runtime.value.StreamReader;
import tenon.runtime.value.Value;
import tenon.types.component.StreamType;
import tenon.types.component.ValueType;

/** A program, linked: described values go through it, and come out as they were or with a difference. Confined to one thread. */
final class RoundTrip implements AutoCloseable {
    /** Which forms values have: where the host calls, and where it is called. */
    record Forms(boolean typedCaller, boolean typedCallee) {}

    private final RandomProgram program;
    private final Class<?> typed;
    private final Forms forms;
    private final LinkedComponent linked;
    private final TypeText types;
    private @Nullable Handles handles;

    /** What the host offers when values are dynamic. */
    static final class DynamicHost {
        private final RoundTrip trip;

        DynamicHost(RoundTrip trip) {
            this.trip = trip;
        }

        /** {@code number-h: func(of: borrow<h>) -> u32}. */
        public int number(Thing of) {
            return of.number();
        }

        /** {@code echo}, of the program's type. */
        public Optional<Value> echo(List<Value> values) {
            var back = new ArrayList<Value>(values);
            if (trip.program.way() == Way.LEND) {
                back.set(0, new Value.U64(trip.sum(new DynamicForm(trip.handles()), values.getFirst())));
            }
            return Optional.of(new Value.Tuple(back));
        }
    }

    /**
     * A program on its way.
     *
     * @param typed the class of its {@link TypedSource}
     */
    RoundTrip(Runtime runtime, RandomProgram program, Component component, Class<?> typed, Forms forms) {
        this.program = program;
        this.typed = typed;
        this.forms = forms;
        this.types = TypeText.of(program.type());
        try {
            this.linked = link(runtime, component);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private LinkedComponent link(Runtime runtime, Component component) throws ReflectiveOperationException {
        MethodHandles.Lookup lookup = forms.typedCallee ? lookup() : MethodHandles.lookup();
        Class<?> owner = forms.typedCallee ? typed : DynamicHost.class;
        HostInterface.Builder host = HostInterface.of("", owner, lookup);
        if (program.resources().contains(RandomProgram.OF_HOST)) {
            host.resource("h", Thing.class)
                    .function("number-h", "number", MethodType.methodType(int.class, Thing.class));
        }
        if (program.inner().isEmpty() && program.way() != Way.PUMP) {
            if (forms.typedCallee) {
                host.function("echo", lookup.unreflect(method()));
            } else {
                host.dynamic(
                        "echo", lookup.findVirtual(owner, "echo", MethodType.methodType(Optional.class, List.class)));
            }
        }
        Object state = forms.typedCallee ? typedState() : new DynamicHost(this);
        return new Linker().define(host.build(), _ -> state).link(runtime, component);
    }

    private MethodHandles.Lookup lookup() throws ReflectiveOperationException {
        return (MethodHandles.Lookup) typed.getMethod("lookup").invoke(null);
    }

    private Method method() {
        return Arrays.stream(typed.getMethods())
                .filter(each -> each.getName().equals(program.function()))
                .findFirst()
                .orElseThrow();
    }

    private Object typedState() throws ReflectiveOperationException {
        ToLongFunction<Object> sum = value -> sum(new TypedForm(handles(), typed, types), value);
        return typed.getConstructors()[0].newInstance(sum);
    }

    private Handles handles() {
        assert handles != null;
        return handles;
    }

    private long sum(Form form, Object value) {
        return Parts.sum(program.type(), form.receive(program.type(), value), true);
    }

    /** The first thing that is not as it should be when these values go through one instance, one after the other. */
    Optional<String> difference(List<Value> described) {
        var kept = new ArrayList<Integer>();
        boolean whole = true;
        try {
            Handles known;
            try (Store store = Store.open()) {
                Instance instance = linked.instantiate(store);
                known = new Handles(store, instance, new Random(program.seed()));
                handles = known;
                Form form = forms.typedCaller ? new TypedForm(known, typed, types) : new DynamicForm(known);
                for (int i = 0; i < described.size(); i++) {
                    boolean cut = program.way() == Way.PUMP && isCut(i);
                    whole &= !cut;
                    Optional<String> difference = program.way() == Way.PUMP
                            ? pump(instance, form, described.get(i), cut, kept)
                            : echo(instance, form, described.get(i));
                    if (difference.isPresent()) {
                        return difference;
                    }
                    known.takeBack();
                    known.join();
                }
                for (var resource : program.resources()) {
                    Optional<String> miscounted = known.miscounted(resource, whole);
                    if (miscounted.isPresent()) {
                        return miscounted;
                    }
                }
            }
            return known.miscounted(kept);
        } catch (Throwable e) {
            return Optional.of(e + " at "
                    + Arrays.stream(e.getStackTrace()).limit(12).toList()
                    + (e.getCause() == null ? "" : ", of " + e.getCause()));
        }
    }

    /** Whether the host gives the end of a stream up before it has read all; what carries ends itself is read to its own end. */
    private boolean isCut(int index) {
        return new Random(program.seed() * 31L + index).nextInt(3) == 0
                && program.type().parts().stream().noneMatch(Parts::hasEnds);
    }

    private Object call(Instance instance, List<Object> arguments) throws Throwable {
        if (!forms.typedCaller) {
            return instance.func(program.function())
                    .call(arguments.stream().map(Value.class::cast).toList())
                    .orElseThrow();
        }
        Method method = method();
        MethodHandle handle = linked.function(
                "",
                program.function(),
                List.of(method.getGenericParameterTypes()),
                method.getGenericReturnType(),
                lookup());
        var all = new ArrayList<Object>();
        all.add(instance);
        all.addAll(arguments);
        return handle.invokeWithArguments(all);
    }

    private Optional<String> echo(Instance instance, Form form, Value described) throws Throwable {
        var arguments = new ArrayList<Object>();
        arguments.add(form.send(program.type(), described));
        for (int i = 0; i < RandomProgram.PADDING; i++) {
            arguments.add(forms.typedCaller ? (Object) padding(i) : new Value.U8(padding(i)));
        }
        Object back = call(instance, arguments);
        List<Object> parts = forms.typedCaller ? components(back) : List.copyOf(((Value.Tuple) back).elements());
        boolean zeros = program.way() == Way.LEND && program.inner().isPresent();
        for (int i = 0; i < RandomProgram.PADDING; i++) {
            Object found = parts.get(1 + i) instanceof Value.U8(var number) ? number : parts.get(1 + i);
            byte expected = zeros ? 0 : padding(i);
            if (!found.equals(expected)) {
                return Optional.of("parameter p" + i + " came back as " + found + ", not as " + expected);
            }
        }
        if (program.way() == Way.LEND) {
            Object found = parts.getFirst() instanceof Value.U64(var number) ? number : parts.getFirst();
            long expected = Parts.sum(program.type(), described, true) * 1_000_003
                    + Parts.sum(program.type(), described, false);
            return found.equals(expected)
                    ? Optional.empty()
                    : Optional.of("the guests met " + found + ", not " + expected);
        }
        return compare(described, form.receive(program.type(), parts.getFirst()));
    }

    private static byte padding(int index) {
        return (byte) (index * 37 + 7);
    }

    private static List<Object> components(Object record) throws ReflectiveOperationException {
        var components = new ArrayList<Object>();
        for (var each : record.getClass().getRecordComponents()) {
            components.add(each.getAccessor().invoke(record));
        }
        return components;
    }

    private static Optional<String> compare(Value expected, Value found) {
        return expected.equals(found) ? Optional.empty() : Optional.of("it came back as " + found);
    }

    private Optional<String> pump(Instance instance, Form form, Value described, boolean cut, List<Integer> kept)
            throws Throwable {
        Object back = call(instance, List.of(form.send(program.type(), described)));
        Object end = back instanceof Value.Handle(Object resource) ? resource : back;
        if (!cut) {
            return compare(described, form.receive(program.type(), back));
        }
        if (end instanceof FutureReader<?> future) {
            future.close();
            return Optional.empty();
        }
        List<Value> elements = ((Value.Sequence) described).elements();
        Optional<ValueType> element = ((StreamType) program.type()).element();
        int most = new Random(program.seed()).nextInt(elements.size() + 1);
        List<Value> found = handles().read((StreamReader<?>) end, most).stream()
                .map(one -> element.map(type -> form.receive(type, one)).orElse(RandomValues.NOTHING))
                .toList();
        int written = handles().settle();
        IntStream.range(written, elements.size())
                .forEach(i -> element.ifPresent(type -> Parts.resources(type, elements.get(i))
                        .forEach(part -> kept.add(((Value.U32) part.value()).value()))));
        return elements.size() >= found.size()
                        && elements.subList(0, found.size()).equals(found)
                ? Optional.empty()
                : Optional.of("it came back as " + found + " before it was given up");
    }

    @Override
    public void close() {
        linked.close();
    }
}

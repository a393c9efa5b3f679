package tenon.runtime.abi;

import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import tenon.types.component.ValueType;

/**
 * What streams and futures of one type carry, and how it is moved. Code is generated when two sides meet for the first time, since
 * nobody knows before who will read what another writes. Thread-safe.
 */
public final class StreamElement {
    /** Makes the code that moves elements; empty where it would be too big for the JIT, and what is interpreted is faster. */
    public interface Code {
        /**
         * From guest to guest: {@code (LiftLowerContext from, LiftLowerContext to, long source, long target, int count) → void}, for all
         * guests like two that are given.
         */
        Optional<MethodHandle> transfer(Shape element, LiftLowerContext from, LiftLowerContext to);

        /** To the host: {@code (LiftLowerContext from, List target, long source, int count) → void}, for all guests like one. */
        Optional<MethodHandle> lift(Shape element, LiftLowerContext from);

        /** From the host: {@code (LiftLowerContext to, List source, int first, long target, int count) → void}, for all guests like one. */
        Optional<MethodHandle> lower(Shape element, LiftLowerContext to);
    }

    /** Forms of the host for which code is kept; an embedder may ask for one function in ever new forms. */
    private static final int MOST_FORMS = 16;

    /** Code for one form of the host and one kind of guests; null if it is interpreted. */
    private record Made(Shape form, int kind, @Nullable MethodHandle way) {}

    private final Shape shape;
    private final @Nullable Code code;
    private final AtomicReferenceArray<@Nullable Optional<MethodHandle>> transfers =
            new AtomicReferenceArray<>(LiftLowerContext.KINDS * LiftLowerContext.KINDS);
    private volatile List<Made> lifts = List.of();
    private volatile List<Made> lowers = List.of();

    /**
     * Elements of one type.
     *
     * @param shape in its neutral form
     * @param code null if all is interpreted
     */
    public StreamElement(Shape shape, @Nullable Code code) {
        this.shape = shape;
        this.code = code;
    }

    /** In its neutral form. */
    Shape shape() {
        return shape;
    }

    /** The type of the elements. */
    public ValueType type() {
        return shape.type();
    }

    /** From the memory of one guest to that of another; the places are checked. */
    void transfer(LiftLowerContext from, LiftLowerContext to, long source, long target, int count) {
        MethodHandle way = transferring(from, to);
        if (way == null) {
            long read = shape.size(from.pointer());
            long written = shape.size(to.pointer());
            for (int i = 0; i < count; i++) {
                Lower.store(to, Lift.load(from, source + i * read, shape), shape, target + i * written);
            }
            return;
        }
        try {
            way.invokeExact(from, to, source, target, count);
        } catch (Throwable e) {
            throw unchecked(e);
        }
    }

    /** From a guest's memory to the end of a list, in another form; the place is checked. */
    void lift(LiftLowerContext from, Shape form, List<Object> target, long source, int count) {
        MethodHandle way = lifting(from, form);
        if (way == null) {
            long size = form.size(from.pointer());
            for (int i = 0; i < count; i++) {
                target.add(Lift.load(from, source + i * size, form));
            }
            return;
        }
        try {
            way.invokeExact(from, target, source, count);
        } catch (Throwable e) {
            throw unchecked(e);
        }
    }

    /** From a list, in another form, to a guest's memory; the place is checked. */
    void lower(LiftLowerContext to, Shape form, List<Object> source, int first, long target, int count) {
        MethodHandle way = lowering(to, form);
        if (way == null) {
            long size = form.size(to.pointer());
            for (int i = 0; i < count; i++) {
                Lower.store(to, source.get(first + i), form, target + i * size);
            }
            return;
        }
        try {
            way.invokeExact(to, source, first, target, count);
        } catch (Throwable e) {
            throw unchecked(e);
        }
    }

    private @Nullable MethodHandle transferring(LiftLowerContext from, LiftLowerContext to) {
        if (code == null) {
            return null;
        }
        int index = from.kind() * LiftLowerContext.KINDS + to.kind();
        Optional<MethodHandle> present = transfers.get(index);
        if (present == null) {
            // two threads may make the same
            present = code.transfer(shape, from, to);
            transfers.set(index, present);
        }
        return present.orElse(null);
    }

    private @Nullable MethodHandle lifting(LiftLowerContext from, Shape form) {
        int kind = from.kind();
        for (Made each : lifts) {
            if (each.form == form && each.kind == kind) {
                return each.way;
            }
        }
        if (code == null) {
            return null;
        }
        Made made = new Made(form, kind, code.lift(form, from).orElse(null));
        lifts = with(lifts, made);
        return made.way;
    }

    private @Nullable MethodHandle lowering(LiftLowerContext to, Shape form) {
        int kind = to.kind();
        for (Made each : lowers) {
            if (each.form == form && each.kind == kind) {
                return each.way;
            }
        }
        if (code == null) {
            return null;
        }
        Made made = new Made(form, kind, code.lower(form, to).orElse(null));
        lowers = with(lowers, made);
        return made.way;
    }

    /** The newest first; what two threads add at the same time may be made again. */
    private static List<Made> with(List<Made> known, Made made) {
        var all = new ArrayList<Made>();
        all.add(made);
        all.addAll(known.subList(0, Math.min(known.size(), MOST_FORMS - 1)));
        return List.copyOf(all);
    }

    private static RuntimeException unchecked(Throwable thrown) {
        return switch (thrown) {
            case RuntimeException e -> e;
            case Error e -> throw e;
            default -> throw new AssertionError("adapters throw no checked exceptions", thrown);
        };
    }
}

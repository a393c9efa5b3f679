package tenon.runtime.abi;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tenon.runtime.task.Buffer;
import tenon.runtime.task.ComponentInstance;
import tenon.runtime.value.Unit;
import tenon.types.component.PrimitiveType;

/** Where the host reads or writes elements of a stream or future: bytes in an array, or objects. Confined to its Store. */
abstract sealed class HostBuffer implements Buffer {
    private final int length;
    private int progress;

    private HostBuffer(int length) {
        this.length = length;
    }

    @Override
    public @Nullable ComponentInstance instance() {
        return null;
    }

    @Override
    public int remain() {
        return length - progress;
    }

    @Override
    public int progress() {
        return progress;
    }

    @Override
    public boolean isZeroLength() {
        return length == 0;
    }

    @Override
    public void take(Buffer source, int count) {
        switch (source) {
            case GuestBuffer guest -> {
                lift(guest, count);
                guest.advance(count);
            }
            case HostBuffer host -> {
                for (int i = 0; i < count; i++) {
                    put(progress + i, move(host.get(host.progress + i), host));
                }
                host.progress += count;
            }
            default -> throw new AssertionError("a buffer is a guest's or the host's");
        }
        progress += count;
    }

    private Object move(Object value, HostBuffer source) {
        Shape given = source.element();
        Shape taken = element();
        return given == null || taken == null ? value : new HostMove(source.cx(), cx()).move(value, given, taken);
    }

    /** What its elements are; null if the stream has none. */
    abstract @Nullable Shape element();

    /** Where the handles of its elements are. */
    abstract LiftLowerContext cx();

    /** Has a guest's buffer take elements of this one. */
    final void lower(GuestBuffer target, int count) {
        lower(target, progress, count);
        progress += count;
    }

    abstract void lift(GuestBuffer source, int count);

    abstract void lower(GuestBuffer target, int from, int count);

    abstract Object get(int index);

    abstract void put(int index, Object element);

    /** Bytes of a stream of {@code u8} or {@code s8}. */
    static final class Bytes extends HostBuffer {
        private static final Shape ELEMENT =
                new Shape.Scalar(Shape.Measure.of(PrimitiveType.U8), PrimitiveType.U8, Shape.Wrapper.NONE);

        private final LiftLowerContext cx;
        private final byte[] array;
        private final int offset;

        Bytes(LiftLowerContext cx, byte[] array, int offset, int length) {
            super(length);
            this.cx = cx;
            this.array = array;
            this.offset = offset;
        }

        @Override
        Shape element() {
            return ELEMENT;
        }

        @Override
        LiftLowerContext cx() {
            return cx;
        }

        @Override
        void lift(GuestBuffer source, int count) {
            source.cx().memory().read(source.address(), array, offset + progress(), count);
        }

        @Override
        void lower(GuestBuffer target, int from, int count) {
            target.cx().memory().write(target.address(), array, offset + from, count);
        }

        @Override
        Object get(int index) {
            return array[offset + index];
        }

        @Override
        void put(int index, Object element) {
            array[offset + index] = (Byte) element;
        }
    }

    /** Objects; those of a stream without elements count only. */
    static final class Objects extends HostBuffer {
        private final LiftLowerContext cx;
        private final @Nullable Shape element;
        private final List<Object> elements;

        /** A buffer to be read from. */
        Objects(LiftLowerContext cx, @Nullable Shape element, List<?> elements) {
            super(elements.size());
            this.cx = cx;
            this.element = element;
            this.elements = new ArrayList<>(elements);
        }

        /** A buffer to be written to. */
        Objects(LiftLowerContext cx, @Nullable Shape element, int length) {
            super(length);
            this.cx = cx;
            this.element = element;
            this.elements = new ArrayList<>();
        }

        List<Object> elements() {
            return elements;
        }

        @Override
        @Nullable Shape element() {
            return element;
        }

        @Override
        LiftLowerContext cx() {
            return cx;
        }

        @Override
        void lift(GuestBuffer source, int count) {
            if (element == null) {
                elements.addAll(Collections.nCopies(count, Unit.UNIT));
            } else {
                source.lift(element, elements, count);
            }
        }

        @Override
        void lower(GuestBuffer target, int from, int count) {
            if (element != null) {
                target.lower(element, elements, from, count);
            }
        }

        @Override
        Object get(int index) {
            return elements.get(index);
        }

        @Override
        void put(int index, Object given) {
            elements.add(given);
        }
    }
}

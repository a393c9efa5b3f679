package tenon.runtime.abi;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import tenon.runtime.task.Shared;
import tenon.runtime.value.StreamReader;
import tenon.types.component.PrimitiveType;
import tenon.types.component.ValueType;

/** The host's readable end of a guest's stream; as thread-safe as {@link StreamReader} says. */
final class HostReader implements StreamReader<Object>, PassedOn {
    private final LiftLowerContext cx;
    private final HostEnd end;
    private final Optional<Shape> element;

    HostReader(LiftLowerContext cx, Shared shared, Optional<Shape> element) {
        this.cx = cx;
        this.end = new HostEnd(cx.instance().loop(), shared, true);
        this.element = element;
    }

    /** Fails unless the elements are bytes. */
    static void requireBytes(Optional<ValueType> element) {
        if (!element.equals(Optional.of(PrimitiveType.U8)) && !element.equals(Optional.of(PrimitiveType.S8))) {
            throw new IllegalStateException(
                    "the stream carries " + element.map(ValueType::toString).orElse("nothing") + ", expected bytes");
        }
    }

    @Override
    public List<Object> read(int most) {
        if (most <= 0) {
            return List.of();
        }
        var buffer = new HostBuffer.Objects(cx, element.orElse(null), most);
        end.copy(buffer);
        return buffer.elements();
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, into.length);
        requireBytes(end.shared().element());
        if (length == 0) {
            return 0;
        }
        var buffer = new HostBuffer.Bytes(cx, into, offset, length);
        boolean there = true;
        while (there && buffer.progress() == 0) {
            there = end.copy(buffer);
        }
        return buffer.progress() == 0 ? -1 : buffer.progress();
    }

    @Override
    public Shared pass(LiftLowerContext cx, Shape.AsyncValue shape) {
        return end.pass();
    }

    @Override
    public void close() {
        end.close();
    }
}

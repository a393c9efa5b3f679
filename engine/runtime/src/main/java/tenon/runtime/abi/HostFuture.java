package tenon.runtime.abi;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tenon.runtime.task.Shared;
import tenon.runtime.value.FutureReader;

/** The host's readable end of a guest's future; as thread-safe as {@link FutureReader} says. */
final class HostFuture implements FutureReader<Object>, PassedOn {
    private final LiftLowerContext cx;
    private final HostEnd end;
    private final Optional<Shape> element;
    private volatile @Nullable Object value;

    HostFuture(LiftLowerContext cx, Shared shared, Optional<Shape> element) {
        this.cx = cx;
        this.end = new HostEnd(cx.instance().loop(), shared, true);
        this.element = element;
    }

    @Override
    public Object get() {
        Object known = value;
        if (known == null) {
            var buffer = new HostBuffer.Objects(cx, element.orElse(null), 1);
            end.copy(buffer);
            known = buffer.elements().getFirst();
            value = known;
        }
        return known;
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

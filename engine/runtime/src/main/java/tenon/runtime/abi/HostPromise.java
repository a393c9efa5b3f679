package tenon.runtime.abi;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import tenon.runtime.task.CopyResult;
import tenon.runtime.task.EventLoop;
import tenon.runtime.task.HostWork;
import tenon.runtime.task.Shared;
import tenon.runtime.task.SharedFuture;
import tenon.runtime.value.FutureReader;
import tenon.runtime.value.Unit;

/** A future that the host has made: what it carries is known when a guest takes it. */
public final class HostPromise implements FutureReader<Object>, PassedOn {
    private final EventLoop loop;
    private final CompletionStage<?> stage;

    /** A future in a store that carries what {@code stage} is completed with; if that fails, so does the wait of the guests. */
    public HostPromise(EventLoop loop, CompletionStage<?> stage) {
        this.loop = loop;
        this.stage = stage;
    }

    @Override
    public Object get() {
        return stage.toCompletableFuture().join();
    }

    @Override
    public Shared pass(LiftLowerContext cx, Shape.AsyncValue shape) {
        var shared = new SharedFuture(shape.element().map(Shape::type));
        var writer = new Writer(shared);
        shared.writer(writer);
        HostWork.Operation operation = loop.host().operation(() -> {});
        stage.whenComplete((value, failure) -> operation.end(() -> writer.write(cx, shape, value, failure)));
        return shared;
    }

    @Override
    public void close() {}

    /** Writes what has come, and forgets about it. */
    private record Writer(Shared shared) implements Shared.End {
        void write(LiftLowerContext cx, Shape.AsyncValue shape, @Nullable Object value, @Nullable Throwable failure) {
            if (failure != null) {
                throw new IllegalStateException("what a guest's future was to carry has failed", failure);
            }
            Shape element = shape.element().orElse(null);
            List<Object> given = element == null || value == null ? List.of(Unit.UNIT) : List.of(value);
            shared.now().write(new HostBuffer.Objects(cx, element, given), this);
        }

        @Override
        public void copied() {}

        @Override
        public void done(CopyResult result) {}

        @Override
        public void otherDropped() {}

        @Override
        public void forwarded(Shared now) {
            throw new AssertionError("what is written to stays where it is");
        }
    }
}

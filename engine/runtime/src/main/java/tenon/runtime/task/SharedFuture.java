package tenon.runtime.task;

import java.util.Optional;
import tenon.types.component.ValueType;

/** The state of a future: CanonicalABI.md, "Future State". Confined to its Store. */
public final class SharedFuture extends Shared {
    /** A future that nobody reads or writes yet. */
    public SharedFuture(Optional<ValueType> element) {
        super(element);
    }

    @Override
    public void read(Buffer target, End end) {
        transfer(target, end, true);
    }

    @Override
    public void write(Buffer source, End end) {
        transfer(source, end, false);
    }

    private void transfer(Buffer buffer, End end, boolean reads) {
        Buffer pending = pendingBuffer();
        if (dropped()) {
            end.done(CopyResult.DROPPED);
        } else if (pending == null) {
            setPending(buffer, end);
        } else {
            copy(pending, buffer, reads);
            resetAndNotifyPending(CopyResult.COMPLETED);
            end.done(CopyResult.COMPLETED);
        }
    }
}

package tenon.runtime.task;

import java.util.Optional;
import tenon.types.component.ValueType;

/** The state of a stream: CanonicalABI.md, "Stream State". Confined to its Store. */
public final class SharedStream extends Shared {
    /** A stream that nobody reads or writes yet. */
    public SharedStream(Optional<ValueType> element) {
        super(element);
    }

    @Override
    public void read(Buffer target, End end) {
        Buffer pending = pendingBuffer();
        End waiting = pendingEnd();
        if (dropped()) {
            end.done(CopyResult.DROPPED);
        } else if (pending == null || waiting == null) {
            setPending(target, end);
        } else if (pending.remain() > 0) {
            if (target.remain() > 0) {
                copy(pending, target, true);
                waiting.copied();
            }
            end.done(CopyResult.COMPLETED);
        } else {
            resetAndNotifyPending(CopyResult.COMPLETED);
            setPending(target, end);
        }
    }

    @Override
    public void write(Buffer source, End end) {
        Buffer pending = pendingBuffer();
        End waiting = pendingEnd();
        if (dropped()) {
            end.done(CopyResult.DROPPED);
        } else if (pending == null || waiting == null) {
            setPending(source, end);
        } else if (pending.remain() > 0) {
            if (source.remain() > 0) {
                copy(pending, source, false);
                waiting.copied();
            }
            end.done(CopyResult.COMPLETED);
        } else if (source.isZeroLength() && pending.isZeroLength()) {
            end.done(CopyResult.COMPLETED);
        } else {
            resetAndNotifyPending(CopyResult.COMPLETED);
            setPending(source, end);
        }
    }
}

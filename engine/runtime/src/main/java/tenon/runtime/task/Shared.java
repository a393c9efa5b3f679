package tenon.runtime.task;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tenon.runtime.table.Rule;
import tenon.types.component.PrimitiveType;
import tenon.types.component.ValueType;

/**
 * What the two ends of a stream or future have in common: CanonicalABI.md, "Stream State" and "Future State". At most one of the ends
 * waits with a buffer; the other, when it comes, copies. Confined to its Store.
 */
public abstract sealed class Shared permits SharedStream, SharedFuture {
    /** An end, as the other end sees it. */
    public interface End {
        /** Elements were copied to or from its buffer, which may take part in more until the end is told. */
        void copied();

        /** Its copy has ended. */
        void done(CopyResult result);

        /** The other end is gone while no copy of this one was under way. */
        void otherDropped();

        /** What it is an end of has become {@code shared} by forwarding. */
        void forwarded(Shared shared);
    }

    private final Optional<ValueType> element;
    private boolean dropped;
    private @Nullable Shared forwardedTo;
    private @Nullable End reader;
    private @Nullable End writer;
    private @Nullable Buffer pendingBuffer;
    private @Nullable End pendingEnd;

    Shared(Optional<ValueType> element) {
        this.element = element;
    }

    /** The type of the elements, if they have one. */
    public Optional<ValueType> element() {
        return element;
    }

    /** What this has become by forwarding. */
    public Shared now() {
        Shared shared = this;
        while (shared.forwardedTo != null) {
            shared = shared.forwardedTo;
        }
        return shared;
    }

    /** Whether one of the ends is gone. */
    public boolean dropped() {
        return dropped;
    }

    /** Says who reads; null while the readable end passes from one component to another. */
    public void reader(@Nullable End end) {
        reader = end;
    }

    /** Says who writes. */
    public void writer(End end) {
        writer = end;
    }

    @Nullable Buffer pendingBuffer() {
        return pendingBuffer;
    }

    @Nullable End pendingEnd() {
        return pendingEnd;
    }

    void setPending(Buffer buffer, End end) {
        pendingBuffer = buffer;
        pendingEnd = end;
    }

    /** The end that waited takes its buffer back. */
    public void reclaim(End end) {
        if (pendingEnd == end) {
            pendingBuffer = null;
            pendingEnd = null;
        }
    }

    void resetAndNotifyPending(CopyResult result) {
        End end = pendingEnd;
        assert end != null;
        pendingBuffer = null;
        pendingEnd = null;
        end.done(result);
    }

    /** Ends the copy that waits. */
    public void cancel() {
        resetAndNotifyPending(CopyResult.CANCELLED);
    }

    /** One end is gone; the other is told. */
    public void drop(boolean readable) {
        if (dropped) {
            return;
        }
        dropped = true;
        End other = readable ? writer : reader;
        if (pendingBuffer != null) {
            resetAndNotifyPending(CopyResult.DROPPED);
        } else if (other != null) {
            other.otherDropped();
        }
    }

    /** Reads into a buffer, now or when the writer comes. */
    public abstract void read(Buffer target, End end);

    /** Writes from a buffer, now or when the reader comes. */
    public abstract void write(Buffer source, End end);

    /** Copies between the buffer that waits and another. */
    void copy(Buffer pending, Buffer other, boolean otherReads) {
        ComponentInstance instance = pending.instance();
        Rule.trapIf(
                instance != null && instance == other.instance() && !isNoneOrNumber(),
                "cannot read from and write to intra-component future/stream with non-numeric payload",
                "Stream State");
        int count = Math.min(pending.remain(), other.remain());
        if (otherReads) {
            other.take(pending, count);
        } else {
            pending.take(other, count);
        }
    }

    private boolean isNoneOrNumber() {
        return element.isEmpty()
                || (element.get() instanceof PrimitiveType primitive
                        && switch (primitive) {
                            case S8, U8, S16, U16, S32, U32, S64, U64, F32, F64 -> true;
                            case BOOL, CHAR, STRING, ERROR_CONTEXT -> false;
                        });
    }

    /**
     * Makes one out of two: {@code stream.forward} and {@code future.forward}. What is written to {@code source} is read from {@code
     * target} from now on; the readable end of the one and the writable end of the other are given up.
     */
    public static void forward(Shared source, Shared target) {
        if (source == target) {
            source.dropped = true;
        } else if (source.dropped) {
            target.drop(false);
        } else if (target.dropped) {
            source.drop(true);
        } else {
            source.join(target);
        }
    }

    private void join(Shared target) {
        Buffer buffer = target.pendingBuffer;
        End end = target.pendingEnd;
        target.pendingBuffer = null;
        target.pendingEnd = null;
        target.forwardedTo = this;
        reader = target.reader;
        if (reader != null) {
            // else what has been forwarded stayed for as long as the end, and a guest forwards without end
            reader.forwarded(this);
        }
        if (buffer != null && end != null) {
            read(buffer, end);
        }
    }
}

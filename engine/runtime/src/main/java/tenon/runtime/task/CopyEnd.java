package tenon.runtime.task;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tenon.runtime.table.Rule;
import tenon.runtime.table.Table;
import tenon.types.component.ValueType;

/**
 * A guest's end of a stream or future: CanonicalABI.md, {@code CopyEnd}. Confined to its Store.
 */
public final class CopyEnd extends Waitable implements Shared.End {
    private static final String SECTION = "Stream State";

    /** The four kinds of ends. */
    public enum Kind {
        READABLE_STREAM("stream", true, EventCode.STREAM_READ),
        WRITABLE_STREAM("stream", false, EventCode.STREAM_WRITE),
        READABLE_FUTURE("future", true, EventCode.FUTURE_READ),
        WRITABLE_FUTURE("future", false, EventCode.FUTURE_WRITE);

        private final String noun;
        private final boolean readable;
        private final EventCode code;

        Kind(String noun, boolean readable, EventCode code) {
            this.noun = noun;
            this.readable = readable;
            this.code = code;
        }

        /** Whether it is a readable end. */
        public boolean readable() {
            return readable;
        }

        private String word() {
            return (readable ? "readable" : "writable") + " end of a " + noun;
        }
    }

    private enum State {
        IDLE,
        COPYING,
        CANCELLING_COPY,
        DONE
    }

    private final Kind kind;
    private Shared shared;
    private State state = State.IDLE;
    private @Nullable Buffer buffer;
    private CopyResult result = CopyResult.COMPLETED;

    /** An end; what it belongs to knows of it from now on. */
    public CopyEnd(Kind kind, Shared shared) {
        this.kind = kind;
        this.shared = shared;
        if (kind.readable) {
            shared.reader(this);
        } else {
            shared.writer(this);
        }
        if (shared.dropped()) {
            otherDropped();
        }
    }

    /** The end at an index of {@code table}; traps if there is none, or it is of another kind or type. */
    public static CopyEnd get(Table table, int index, Kind kind, Optional<ValueType> element) {
        Object entry = table.get(index);
        if (entry instanceof CopyEnd end
                && end.kind == kind
                && end.shared().element().equals(element)) {
            return end;
        }
        throw Rule.trap(
                "handle index " + index + " used with the wrong type, expected a " + kind.word()
                        + element.map(type -> " of `" + type + "`").orElse(""),
                SECTION);
    }

    /** What it is an end of. */
    public Shared shared() {
        return shared.now();
    }

    private boolean copying() {
        return state == State.COPYING || state == State.CANCELLING_COPY;
    }

    private String action() {
        return kind.readable ? "read from " : "write to ";
    }

    /** Traps unless a copy may begin. */
    public void trapUnlessIdle(boolean async) {
        Rule.trapIf(copying(), "cannot have concurrent operations active on a future/stream", SECTION);
        if (state == State.DONE) {
            throw Rule.trap("cannot " + action() + kind.noun + doneSince(), SECTION);
        }
        Rule.trapIf(
                inWaitableSet() && !async,
                "cannot synchronously " + action() + kind.noun + " while it is in a waitable set",
                SECTION);
    }

    private String doneSince() {
        return switch (kind) {
            case READABLE_STREAM -> " after being notified that the writable end dropped";
            case WRITABLE_STREAM -> " after being notified that the readable end dropped";
            case READABLE_FUTURE -> " after previous read succeeded";
            case WRITABLE_FUTURE -> " after previous write succeeded or readable end dropped";
        };
    }

    /** Begins a copy. */
    public void copy(Buffer given) {
        state = State.COPYING;
        buffer = given;
        if (kind.readable) {
            shared().read(given, this);
        } else {
            shared().write(given, this);
        }
    }

    /** Traps unless there is a copy that can be cancelled. */
    public void trapUnlessCancellable(boolean async) {
        Rule.trapIf(
                state != State.COPYING || hasSyncWaiter(),
                "cannot cancel a " + (kind.readable ? "read" : "write") + " of a " + kind.noun
                        + " that is not under way",
                SECTION);
        Rule.trapIf(
                inWaitableSet() && !async,
                "cannot synchronously cancel a copy of a " + kind.noun + " while it is in a waitable set",
                SECTION);
    }

    /**
     * Cancels the copy. Difference from the specification's text, where what was copied in part is {@code COMPLETED} even so: its
     * tests expect {@code CANCELLED}, with the progress made.
     */
    public void cancel() {
        state = State.CANCELLING_COPY;
        if (!hasPendingEvent()) {
            shared().cancel();
        } else if (result == CopyResult.COMPLETED && buffer != null && buffer.remain() > 0) {
            result = CopyResult.CANCELLED;
        }
    }

    @Override
    public void copied() {
        result = CopyResult.COMPLETED;
        setPendingEvent();
    }

    @Override
    public void done(CopyResult how) {
        result = how;
        setPendingEvent();
    }

    @Override
    public void otherDropped() {
        if (state == State.IDLE) {
            result = CopyResult.DROPPED;
            setPendingEvent();
        }
    }

    @Override
    public void forwarded(Shared now) {
        shared = now;
    }

    @Override
    Event event() {
        Shared now = shared();
        now.reclaim(this);
        Buffer used = buffer;
        buffer = null;
        boolean future = now instanceof SharedFuture;
        CopyResult told = !future && now.dropped() ? CopyResult.DROPPED : result;
        boolean over = told == CopyResult.DROPPED || (future && told == CopyResult.COMPLETED);
        state = over ? State.DONE : State.IDLE;
        int progress = future || used == null ? 0 : used.progress();
        return new Event(kind.code, index(), told.ordinal() | progress << 4);
    }

    /** Takes the readable end that a component passes on out of its table: {@code lift_async_value}. */
    public static Shared lift(Table table, int index, boolean stream, Optional<ValueType> element) {
        CopyEnd end = get(table, index, stream ? Kind.READABLE_STREAM : Kind.READABLE_FUTURE, element);
        end.trapUnlessMovable("lift");
        return end.leave(table, index);
    }

    private void trapUnlessMovable(String action) {
        String verb = "cannot " + action + " ";
        Rule.trapIf(copying(), verb + "busy " + kind.noun, SECTION);
        Rule.trapIf(state == State.DONE, verb + kind.noun + doneSince(), SECTION);
        Rule.trapIf(inWaitableSet(), verb + kind.noun + " while it's in a waitable set", SECTION);
    }

    private Shared leave(Table table, int index) {
        table.remove(index);
        clearPendingEvent();
        Shared now = shared();
        if (kind.readable) {
            now.reader(null);
        }
        return now;
    }

    /** Has what is written to one stream or future be read from another: {@code stream.forward}, {@code future.forward}. */
    public static void forward(Table table, boolean stream, Optional<ValueType> element, int source, int target) {
        CopyEnd reader = get(table, source, stream ? Kind.READABLE_STREAM : Kind.READABLE_FUTURE, element);
        reader.trapUnlessMovable("forward");
        Shared from = reader.leave(table, source);
        CopyEnd writer = get(table, target, stream ? Kind.WRITABLE_STREAM : Kind.WRITABLE_FUTURE, element);
        writer.trapUnlessMovable("forward");
        Shared.forward(from, writer.leave(table, target));
    }

    /** The handle is gone: takes it out of its table, and tells the other end. */
    public void drop(Table table) {
        Rule.trapIf(copying(), "cannot remove busy " + kind.noun, SECTION);
        Rule.trapIf(
                kind == Kind.WRITABLE_FUTURE && state != State.DONE,
                "cannot drop future write end without first writing a value",
                SECTION);
        table.remove(index());
        clearPendingEvent();
        dropped();
        shared().drop(kind.readable);
    }
}

package tenon.host.http;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.eclipse.jetty.http.Trailers;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.thread.Invocable;
import org.jspecify.annotations.Nullable;
import tenon.wasi.http.BodySource;
import tenon.wasi.http.ErrorCode;
import tenon.wasi.http.Field;
import tenon.wasi.io.Readiness;

/**
 * The body of a message that comes in, read chunk by chunk when the guest asks: what it does not read stays on the wire.
 *
 * <p>Confined to the Store, but for the library's call that more has come.
 */
final class ContentBody implements BodySource {
    private final Content.Source content;
    private final Readiness readiness;
    private final long mostBytes;
    private final ErrorCode tooBig;
    private final Function<Throwable, ErrorCode> errors;
    private final Runnable onEnd;
    private final AtomicBoolean demanded = new AtomicBoolean();
    private Content.@Nullable Chunk chunk;
    private @Nullable Read last;
    private List<Field> trailers = List.of();
    private long taken;

    /**
     * A body.
     *
     * @param mostBytes more than that fail with {@code tooBig}
     * @param errors what a failure of the library means
     * @param onEnd run once, on the Store's thread, when nothing more will be read
     */
    ContentBody(
            Content.Source content,
            Readiness readiness,
            long mostBytes,
            ErrorCode tooBig,
            Function<Throwable, ErrorCode> errors,
            Runnable onEnd) {
        this.content = content;
        this.readiness = readiness;
        this.mostBytes = mostBytes;
        this.tooBig = tooBig;
        this.errors = errors;
        this.onEnd = onEnd;
    }

    /** Whether nothing more will be taken from the library. */
    boolean ended() {
        return last != null;
    }

    @Override
    public Read read(int most) {
        if (!fetch()) {
            return last == null ? NOTHING : last;
        }
        Content.Chunk present = Objects.requireNonNull(chunk);
        byte[] bytes = new byte[Math.min(most, present.remaining())];
        present.getByteBuffer().get(bytes);
        taken += bytes.length;
        if (!present.hasRemaining()) {
            release(present);
        }
        if (taken > mostBytes) {
            end(new Read.Failed(tooBig.asIoError()));
            return Objects.requireNonNull(last);
        }
        return new Read.Bytes(bytes);
    }

    @Override
    public boolean ready() {
        if (fetch() || last != null) {
            return true;
        }
        if (demanded.compareAndSet(false, true)) {
            content.demand(Invocable.from(Invocable.InvocationType.NON_BLOCKING, () -> {
                demanded.set(false);
                readiness.signal();
            }));
        }
        return false;
    }

    /** Whether there is a chunk with bytes; takes the next one from the library if there is none. */
    private boolean fetch() {
        // while a demand is pending the library is reading by itself
        while (chunk == null && last == null && !demanded.get()) {
            Content.Chunk next = content.read();
            if (next == null) {
                return false;
            }
            accept(next);
        }
        return chunk != null;
    }

    private void accept(Content.Chunk next) {
        if (Content.Chunk.isFailure(next)) {
            end(new Read.Failed(
                    errors.apply(Optional.ofNullable(next.getFailure()).orElseThrow())
                            .asIoError()));
        } else if (next instanceof Trailers section) {
            trailers = FieldSections.visible(section.getTrailers());
            end(END);
        } else if (next.hasRemaining()) {
            chunk = next;
        } else {
            release(next);
        }
    }

    private void release(Content.Chunk done) {
        chunk = null;
        boolean isLast = done.isLast();
        done.release();
        if (isLast) {
            end(END);
        }
    }

    private void end(Read how) {
        Content.Chunk left = chunk;
        if (left != null) {
            chunk = null;
            left.release();
        }
        last = how;
        onEnd.run();
    }

    @Override
    public List<Field> trailers() {
        return trailers;
    }

    @Override
    public void close() {
        if (last == null) {
            end(END);
        }
    }
}

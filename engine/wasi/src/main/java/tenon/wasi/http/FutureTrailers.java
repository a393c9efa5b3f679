package tenon.wasi.http;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tenon.runtime.value.Result;
import tenon.runtime.value.Unit;
import tenon.wasi.io.ByteSource;
import tenon.wasi.io.Children;
import tenon.wasi.io.IoError;
import tenon.wasi.io.Pollable;
import tenon.wasi.io.Readiness;

/**
 * {@code wasi:http/types.future-trailers}. Confined to the Store.
 *
 * <p>What the guest has not read of the body is read here and forgotten, so that the trailers behind it arrive.
 */
public final class FutureTrailers implements AutoCloseable {
    private static final int PIECE = 64 * 1024;

    /** So many are thrown away at a time on the way to the trailers. */
    private static final int MOST_PIECES = 64;

    private final Readiness readiness;
    private final BodySource source;
    private final Children children;
    private @Nullable Result<Unit, ErrorCode> outcome;
    private boolean taken;

    FutureTrailers(Readiness readiness, BodySource source) {
        this.readiness = readiness;
        this.children = new Children("future-trailers", readiness);
        this.source = source;
    }

    /** {@code subscribe}. */
    public Pollable subscribe() {
        return Pollable.of(readiness, this::ready, children);
    }

    /** {@code get}: none until the body has ended; the trailers once; an error after that. */
    public Optional<Result<Result<Optional<Fields>, ErrorCode>, Unit>> get() {
        if (taken) {
            return Optional.of(Result.err());
        }
        if (!ready() || outcome == null) {
            return Optional.empty();
        }
        taken = true;
        return Optional.of(Result.ok(
                switch (outcome) {
                    case Result.Err<Unit, ErrorCode>(ErrorCode code) -> Result.err(code);
                    case Result.Ok<Unit, ErrorCode> _ -> Result.ok(trailers());
                }));
    }

    private Optional<Fields> trailers() {
        var entries = source.trailers();
        return entries.isEmpty() ? Optional.empty() : Optional.of(Fields.immutable(entries, children));
    }

    private boolean ready() {
        for (int i = 0; outcome == null && i < MOST_PIECES; i++) {
            if (!source.ready()) {
                return false;
            }
            switch (source.read(PIECE)) {
                case ByteSource.Read.Bytes _ -> {}
                case ByteSource.Read.End() -> outcome = Result.ok();
                case ByteSource.Read.Failed(IoError error) -> outcome = Result.err(ErrorCodes.of(error));
            }
        }
        if (outcome == null) {
            // a body need not end: whoever waits looks again, but first whether it was stopped
            readiness.signal();
        }
        return outcome != null;
    }

    /** The destructor. */
    @Override
    public void close() {
        children.requireNone("dropped");
        source.close();
    }
}

package tenon.wasi.clocks;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandles;
import tenon.runtime.HostInterface;
import tenon.wasi.io.Poll;
import tenon.wasi.io.Pollable;
import tenon.wasi.io.Readiness;

/**
 * {@code wasi:clocks/monotonic-clock@0.2}. Instants are nanoseconds since the host process began. Confined to the Store.
 */
public final class MonotonicClock {
    /** The interface, for a Linker. */
    public static final HostInterface INTERFACE = HostInterface.of(
                    "wasi:clocks/monotonic-clock@0.2.12", MonotonicClock.class, MethodHandles.lookup())
            .resourceOf("pollable", Poll.INTERFACE)
            .function("now", "now", methodType(long.class))
            .function("resolution", "resolution", methodType(long.class))
            .function("subscribe-instant", "subscribeInstant", methodType(Pollable.class, long.class))
            .function("subscribe-duration", "subscribeDuration", methodType(Pollable.class, long.class))
            .build();

    private final Readiness readiness;

    /** The clock; its pollables wait at {@code readiness}. */
    public MonotonicClock(Readiness readiness) {
        this.readiness = readiness;
    }

    /** {@code now}. */
    public long now() {
        return Readiness.now();
    }

    /** {@code resolution}: one nanosecond is the unit; the clock may tick more coarsely. */
    public long resolution() {
        return 1;
    }

    /** {@code subscribe-instant}; an instant beyond 292 years never comes. */
    public Pollable subscribeInstant(long when) {
        return Pollable.at(readiness, when < 0 ? Readiness.NEVER : when);
    }

    /** {@code subscribe-duration}; a duration beyond 292 years never ends. */
    public Pollable subscribeDuration(long duration) {
        long now = Readiness.now();
        boolean never = duration < 0 || duration > Readiness.NEVER - now;
        return Pollable.at(readiness, never ? Readiness.NEVER : now + duration);
    }
}

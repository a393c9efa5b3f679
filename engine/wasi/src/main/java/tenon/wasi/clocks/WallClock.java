package tenon.wasi.clocks;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandles;
import java.time.Instant;
import java.time.InstantSource;
import tenon.runtime.HostInterface;

/** {@code wasi:clocks/wall-clock@0.2}. Immutable. */
public final class WallClock {
    /** The interface, for a Linker. */
    public static final HostInterface INTERFACE = HostInterface.of(
                    "wasi:clocks/wall-clock@0.2.12", WallClock.class, MethodHandles.lookup())
            .function("now", "now", methodType(Datetime.class))
            .function("resolution", "resolution", methodType(Datetime.class))
            .build();

    private final InstantSource source;

    /** The clock that {@code source} reads. */
    public WallClock(InstantSource source) {
        this.source = source;
    }

    /** {@code now}. */
    public Datetime now() {
        return Datetime.of(source.instant());
    }

    /** {@code resolution}: a microsecond, which is what the JDK's clock gives on the systems we run on. */
    public Datetime resolution() {
        return new Datetime(0, 1_000);
    }

    /**
     * {@code datetime}: seconds and nanoseconds since 1970-01-01T00:00:00Z. Immutable.
     *
     * @param seconds unsigned
     * @param nanoseconds 0 to 999,999,999
     */
    public record Datetime(long seconds, int nanoseconds) {
        /** An instant; one before 1970 becomes 1970, since the type has no word for it. */
        public static Datetime of(Instant instant) {
            return instant.getEpochSecond() < 0
                    ? new Datetime(0, 0)
                    : new Datetime(instant.getEpochSecond(), instant.getNano());
        }
    }
}

package tenon.wasi.filesystem;

import tenon.wasi.clocks.WallClock.Datetime;

/** {@code wasi:filesystem/types.new-timestamp}. Immutable. */
public sealed interface NewTimestamp {
    /** {@code no-change}. */
    record NoChange() implements NewTimestamp {}

    /** {@code now}. */
    record Now() implements NewTimestamp {}

    /** {@code timestamp}. */
    record Timestamp(Datetime to) implements NewTimestamp {}
}

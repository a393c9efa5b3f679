package tenon.wasi.filesystem;

import java.nio.file.attribute.FileTime;
import java.util.Optional;
import tenon.wasi.clocks.WallClock.Datetime;

/**
 * {@code wasi:filesystem/types.descriptor-stat}. Immutable.
 *
 * @param size in bytes
 */
public record DescriptorStat(
        DescriptorType type,
        long linkCount,
        long size,
        Optional<Datetime> dataAccessTimestamp,
        Optional<Datetime> dataModificationTimestamp,
        Optional<Datetime> statusChangeTimestamp) {

    static Optional<Datetime> timestamp(FileTime time) {
        return Optional.of(Datetime.of(time.toInstant()));
    }
}

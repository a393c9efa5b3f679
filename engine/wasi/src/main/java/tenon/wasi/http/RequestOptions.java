package tenon.wasi.http;

import java.util.Optional;
import tenon.runtime.value.Result;
import tenon.runtime.value.Unit;

/** {@code wasi:http/types.request-options}: timeouts in nanoseconds. Confined to the Store. */
public final class RequestOptions {
    private Optional<Long> connect = Optional.empty();
    private Optional<Long> firstByte = Optional.empty();
    private Optional<Long> betweenBytes = Optional.empty();

    /** {@code [constructor]request-options}: none set. */
    public RequestOptions() {}

    /** {@code connect-timeout}. */
    public Optional<Long> connectTimeout() {
        return connect;
    }

    /** {@code set-connect-timeout}. */
    public Result<Unit, Unit> setConnectTimeout(Optional<Long> duration) {
        connect = duration;
        return Result.ok();
    }

    /** {@code first-byte-timeout}. */
    public Optional<Long> firstByteTimeout() {
        return firstByte;
    }

    /** {@code set-first-byte-timeout}. */
    public Result<Unit, Unit> setFirstByteTimeout(Optional<Long> duration) {
        firstByte = duration;
        return Result.ok();
    }

    /** {@code between-bytes-timeout}. */
    public Optional<Long> betweenBytesTimeout() {
        return betweenBytes;
    }

    /** {@code set-between-bytes-timeout}. */
    public Result<Unit, Unit> setBetweenBytesTimeout(Optional<Long> duration) {
        betweenBytes = duration;
        return Result.ok();
    }

    RequestHead.Timeouts timeouts() {
        return new RequestHead.Timeouts(connect, firstByte, betweenBytes);
    }
}

package tenon.wasi.io;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandles;
import tenon.runtime.HostInterface;
import tenon.runtime.value.Result;
import tenon.runtime.value.Unit;

/** {@code wasi:io/streams@0.2}: the functions of the two stream resources. Immutable. */
public final class Streams {
    /** The interface, for a Linker. */
    public static final HostInterface INTERFACE = describe();

    /** The functions; what they do is the streams' own. */
    public Streams() {}

    private static HostInterface describe() {
        var in = InputStream.class;
        var out = OutputStream.class;
        var result = Result.class;
        return HostInterface.of("wasi:io/streams@0.2.12", Streams.class, MethodHandles.lookup())
                .resourceOf("error", IoError.INTERFACE)
                .resourceOf("pollable", Poll.INTERFACE)
                .resource("input-stream", in)
                .resource("output-stream", out)
                .function("[method]input-stream.read", "read", methodType(result, in, long.class))
                .function("[method]input-stream.blocking-read", "blockingRead", methodType(result, in, long.class))
                .function("[method]input-stream.skip", "skip", methodType(result, in, long.class))
                .function("[method]input-stream.blocking-skip", "blockingSkip", methodType(result, in, long.class))
                .function("[method]input-stream.subscribe", "subscribe", methodType(Pollable.class, in))
                .function("[method]output-stream.check-write", "checkWrite", methodType(result, out))
                .function("[method]output-stream.write", "write", methodType(result, out, byte[].class))
                .function(
                        "[method]output-stream.blocking-write-and-flush",
                        "blockingWriteAndFlush",
                        methodType(result, out, byte[].class))
                .function("[method]output-stream.flush", "flush", methodType(result, out))
                .function("[method]output-stream.blocking-flush", "blockingFlush", methodType(result, out))
                .function("[method]output-stream.subscribe", "subscribe", methodType(Pollable.class, out))
                .function("[method]output-stream.write-zeroes", "writeZeroes", methodType(result, out, long.class))
                .function(
                        "[method]output-stream.blocking-write-zeroes-and-flush",
                        "blockingWriteZeroesAndFlush",
                        methodType(result, out, long.class))
                .function("[method]output-stream.splice", "splice", methodType(result, out, in, long.class))
                .function(
                        "[method]output-stream.blocking-splice",
                        "blockingSplice",
                        methodType(result, out, in, long.class))
                .build();
    }

    Result<byte[], StreamError> read(InputStream stream, long length) {
        return stream.read(length);
    }

    Result<byte[], StreamError> blockingRead(InputStream stream, long length) {
        return stream.blockingRead(length);
    }

    Result<Long, StreamError> skip(InputStream stream, long length) {
        return stream.skip(length);
    }

    Result<Long, StreamError> blockingSkip(InputStream stream, long length) {
        return stream.blockingSkip(length);
    }

    Pollable subscribe(InputStream stream) {
        return stream.subscribe();
    }

    Result<Long, StreamError> checkWrite(OutputStream stream) {
        return stream.checkWrite();
    }

    Result<Unit, StreamError> write(OutputStream stream, byte[] contents) {
        return stream.write(contents);
    }

    Result<Unit, StreamError> blockingWriteAndFlush(OutputStream stream, byte[] contents) {
        return stream.blockingWriteAndFlush(contents);
    }

    Result<Unit, StreamError> flush(OutputStream stream) {
        return stream.flush();
    }

    Result<Unit, StreamError> blockingFlush(OutputStream stream) {
        return stream.blockingFlush();
    }

    Pollable subscribe(OutputStream stream) {
        return stream.subscribe();
    }

    Result<Unit, StreamError> writeZeroes(OutputStream stream, long length) {
        return stream.writeZeroes(length);
    }

    Result<Unit, StreamError> blockingWriteZeroesAndFlush(OutputStream stream, long length) {
        return stream.blockingWriteZeroesAndFlush(length);
    }

    Result<Long, StreamError> splice(OutputStream stream, InputStream source, long length) {
        return stream.splice(source, length);
    }

    Result<Long, StreamError> blockingSplice(OutputStream stream, InputStream source, long length) {
        return stream.blockingSplice(source, length);
    }
}

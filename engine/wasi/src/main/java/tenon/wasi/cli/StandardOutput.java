package tenon.wasi.cli;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandles;
import tenon.runtime.HostInterface;
import tenon.wasi.io.ByteSink;
import tenon.wasi.io.OutputStream;
import tenon.wasi.io.Readiness;
import tenon.wasi.io.Streams;

/** {@code wasi:cli/stdout@0.2} or {@code wasi:cli/stderr@0.2}: the same behind two names. Confined to the Store. */
public final class StandardOutput {
    /** {@code wasi:cli/stdout}, for a Linker. */
    public static final HostInterface STDOUT = describe("stdout");

    /** {@code wasi:cli/stderr}, for a Linker. */
    public static final HostInterface STDERR = describe("stderr");

    private final Readiness readiness;
    private final ByteSink sink;

    /** Every stream that a guest gets writes to {@code sink}; closing one flushes, but does not close it. */
    public StandardOutput(Readiness readiness, ByteSink sink) {
        this.readiness = readiness;
        this.sink = sink;
    }

    /** {@code get-stdout}, {@code get-stderr}. */
    public OutputStream open() {
        return new OutputStream(readiness, new Shared(sink));
    }

    private static HostInterface describe(String name) {
        return HostInterface.of("wasi:cli/" + name + "@0.2.12", StandardOutput.class, MethodHandles.lookup())
                .resourceOf("output-stream", Streams.INTERFACE)
                .function("get-" + name, "open", methodType(OutputStream.class))
                .build();
    }

    private record Shared(ByteSink sink) implements ByteSink {
        @Override
        public Capacity capacity() {
            return sink.capacity();
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            sink.write(bytes, offset, length);
        }

        @Override
        public void flush() {
            sink.flush();
        }

        @Override
        public void close() {
            sink.flush();
        }
    }
}

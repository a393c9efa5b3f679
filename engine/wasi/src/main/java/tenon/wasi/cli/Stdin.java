package tenon.wasi.cli;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandles;
import tenon.runtime.HostInterface;
import tenon.wasi.io.ByteSource;
import tenon.wasi.io.InputStream;
import tenon.wasi.io.Readiness;
import tenon.wasi.io.Streams;

/** {@code wasi:cli/stdin@0.2}. Confined to the Store. */
public final class Stdin {
    /** The interface, for a Linker. */
    public static final HostInterface INTERFACE = HostInterface.of(
                    "wasi:cli/stdin@0.2.12", Stdin.class, MethodHandles.lookup())
            .resourceOf("input-stream", Streams.INTERFACE)
            .function("get-stdin", "getStdin", methodType(InputStream.class))
            .build();

    private final Readiness readiness;
    private final ByteSource source;

    /** Every stream that a guest gets reads from {@code source}; closing one does not close it. */
    public Stdin(Readiness readiness, ByteSource source) {
        this.readiness = readiness;
        this.source = source;
    }

    /** {@code get-stdin}. */
    public InputStream getStdin() {
        return new InputStream(readiness, new Shared(source));
    }

    private record Shared(ByteSource source) implements ByteSource {
        @Override
        public Read read(int most) {
            return source.read(most);
        }

        @Override
        public boolean ready() {
            return source.ready();
        }

        @Override
        public void close() {}
    }
}

package tenon.conformance.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tenon.component.Component;
import tenon.component.read.ComponentDecoder;
import tenon.runtime.HostInterface;
import tenon.runtime.Linker;
import tenon.runtime.Runtime;
import tenon.runtime.Store;
import tenon.runtime.value.FutureReader;
import tenon.runtime.value.Result;
import tenon.runtime.value.StreamPipe;
import tenon.runtime.value.StreamReader;
import tenon.runtime.value.Unit;
import tenon.runtime.value.Value;
import tenon.testing.SharedFolder;
import tenon.wasi.Wasi;
import tenon.wasi.WasiConfig;

/** A command that a compiler has made of async Rust runs on the typed ends of streams and futures that the host has. */
@Timeout(60)
class AsyncCommandTest {
    private static final String INPUT = "hello\n";

    /** {@code wasi:cli/types@0.3.0}, {@code error-code}. */
    public enum ErrorCode {
        IO,
        ILLEGAL_BYTE_SEQUENCE,
        PIPE
    }

    /** What {@code read-via-stream} gives. */
    public record Input(StreamReader<Byte> data, FutureReader<Result<Unit, ErrorCode>> end) {}

    /** The functions of {@code wasi:cli} and {@code wasi:clocks} that the command imports. */
    public static final class Host {
        private final Store store;
        private final ByteArrayOutputStream output;

        Host(Store store, ByteArrayOutputStream output) {
            this.store = store;
            this.output = output;
        }

        /** {@code get-arguments: func() -> list<string>}. */
        public List<String> getArguments() {
            return List.of("command", "a", "b");
        }

        /** {@code read-via-stream: func() -> tuple<stream<u8>, future<result<_, error-code>>>}. */
        public Input readViaStream() {
            StreamPipe<Byte> pipe = store.pipe();
            var end = new CompletableFuture<Result<Unit, ErrorCode>>();
            Thread.startVirtualThread(() -> {
                byte[] bytes = INPUT.getBytes(StandardCharsets.UTF_8);
                pipe.writer().write(bytes, 0, bytes.length);
                end.complete(Result.ok(Unit.UNIT));
                pipe.writer().close();
            });
            return new Input(pipe.reader(), store.future(end));
        }

        /** {@code write-via-stream: func(data: stream<u8>) -> future<result<_, error-code>>}. */
        public FutureReader<Result<Unit, ErrorCode>> writeViaStream(StreamReader<Byte> data) {
            var end = new CompletableFuture<Result<Unit, ErrorCode>>();
            Thread.startVirtualThread(() -> {
                var buffer = new byte[16];
                for (int count = data.read(buffer, 0, buffer.length);
                        count >= 0;
                        count = data.read(buffer, 0, buffer.length)) {
                    output.write(buffer, 0, count);
                }
                data.close();
                end.complete(Result.ok(Unit.UNIT));
            });
            return store.future(end);
        }

        /** {@code now: func() -> mark}. */
        public long now() {
            return System.nanoTime();
        }

        /** {@code wait-for: async func(how-long: duration)}, in nanoseconds. */
        public CompletableFuture<Void> waitFor(long nanos) {
            return CompletableFuture.runAsync(() -> {}, CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS));
        }
    }

    private static HostInterface.Builder host(String name) {
        return HostInterface.of(name, Host.class, MethodHandles.lookup());
    }

    private static final List<HostInterface> INTERFACES = List.of(
            host("wasi:cli/environment@0.3.0")
                    .function("get-arguments", "getArguments", MethodType.methodType(List.class))
                    .build(),
            host("wasi:cli/stdin@0.3.0")
                    .function("read-via-stream", "readViaStream", MethodType.methodType(Input.class))
                    .build(),
            host("wasi:cli/stdout@0.3.0")
                    .function(
                            "write-via-stream",
                            "writeViaStream",
                            MethodType.methodType(FutureReader.class, StreamReader.class))
                    .build(),
            host("wasi:clocks/monotonic-clock@0.3.0")
                    .function("now", "now", MethodType.methodType(long.class))
                    .function("wait-for", "waitFor", MethodType.methodType(CompletableFuture.class, long.class))
                    .build());

    @Test
    void asyncRustCopiesItsInputAndWaitsForTwoTimersAtOnce() throws IOException {
        Optional<Path> path = SharedFolder.find("components/rust/rust-p3-cli.wasm");
        assumeTrue(path.isPresent(), SharedFolder.absent("components/rust/rust-p3-cli.wasm"));
        Component component = ComponentDecoder.decode(Files.readAllBytes(path.orElseThrow()));
        var output = new ByteArrayOutputStream();
        var linker = new Linker();
        Wasi.define(linker, WasiConfig.NOTHING);
        INTERFACES.forEach(each -> linker.define(each, store -> new Host(store, output)));
        try (var linked = linker.link(Runtime.create(), component);
                Store store = Store.open()) {
            Value result = linked.instantiate(store)
                    .func("wasi:cli/run@0.3.0", "run")
                    .call(List.of())
                    .orElseThrow();
            assertEquals(new Value.Ok(Optional.empty()), result);
        }
        assertEquals(
                "HELLO\n[stdin 6 bytes, end Ok(()), 2 args]\n[two timers together: true]\n",
                output.toString(StandardCharsets.UTF_8));
    }
}

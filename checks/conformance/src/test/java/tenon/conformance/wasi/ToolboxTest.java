package tenon.conformance.wasi;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tenon.component.read.ComponentDecoder;
import tenon.runtime.HostInterface;
import tenon.runtime.LinkedComponent;
import tenon.runtime.Linker;
import tenon.runtime.Runtime;
import tenon.runtime.Store;
import tenon.runtime.value.Result;
import tenon.types.LinkException;
import tenon.wasi.Wasi;
import tenon.wasi.WasiConfig;

/** An embedder that offers a function of its own, `logger`, by a typed Java method, and calls what the component exports. */
@Tag("suite")
class ToolboxTest {
    private static final String CALCULATOR = "cyber:core/calculator@0.1.0";
    private static final String IMAGE = "cyber:core/image@0.1.0";
    private static final String RUST = "components/rust/rust-toolbox.wasm";
    private static final String BARE = "components/rust/rust-bare-toolbox.wasm";
    private static final String ZIG = "components/zig/zig-data-processor.wasm";

    /** What the embedder offers: {@code logger: func(msg: string)}. */
    static final class Log {
        private final List<String> lines = new ArrayList<>();

        void logger(String message) {
            lines.add(message);
        }
    }

    /** {@code calculator.error}. */
    sealed interface Error {
        record EmptyInput() implements Error {}

        record BadNumber(String text) implements Error {}

        record Overflow() implements Error {}
    }

    /** {@code image.image-metadata}. */
    record ImageMetadata(int width, int height, String format) {}

    private final Log log = new Log();

    private LinkedComponent link(String file) throws IOException {
        Path path = Guests.file(file);
        var linker = new Linker();
        Wasi.define(linker, WasiConfig.NOTHING);
        var offered = HostInterface.of("", Log.class, MethodHandles.lookup())
                .function("logger", "logger", MethodType.methodType(void.class, String.class))
                .build();
        linker.define(offered, _ -> log);
        return linker.link(Runtime.create(), ComponentDecoder.decode(Files.readAllBytes(path)));
    }

    /** What the component exports, as Java sees it: bindings will be made from its WIT. */
    interface Toolbox {
        byte[] process(byte[] payload);

        int add(int a, int b);

        Result<String, Error> processData(String input);

        Optional<ImageMetadata> inspect(byte[] data);

        Result<byte[], String> transform(byte[] data, float scale);
    }

    private static MethodHandle function(LinkedComponent linked, String owner, String name, String javaName) {
        Method method = Arrays.stream(Toolbox.class.getDeclaredMethods())
                .filter(each -> each.getName().equals(javaName))
                .findFirst()
                .orElseThrow();
        return linked.function(
                owner,
                name,
                List.of(method.getGenericParameterTypes()),
                method.getGenericReturnType(),
                MethodHandles.lookup());
    }

    @ParameterizedTest
    @ValueSource(strings = {RUST, BARE, ZIG})
    void processInvertsAndLogs(String file) throws Throwable {
        LinkedComponent linked = link(file);
        MethodHandle process = function(linked, "", "process", "process");
        byte[] payload = new byte[100_000];
        payload[1] = 0x0f;
        try (Store store = Store.open()) {
            var instance = linked.instantiate(store);
            for (int times = 0; times < 3; times++) {
                byte[] result = (byte[]) process.invoke(instance, payload);
                assertEquals(payload.length, result.length);
                assertEquals((byte) 0xff, result[0]);
                assertEquals((byte) 0xf0, result[1]);
            }
        }
        assertEquals(3, log.lines.size());
        assertTrue(log.lines.getFirst().endsWith("rocessing payload..."), log.lines.getFirst());
    }

    @ParameterizedTest
    @ValueSource(strings = {RUST, BARE})
    void calculatorAnswersInTypedResults(String file) throws Throwable {
        LinkedComponent linked = link(file);
        MethodHandle add = function(linked, CALCULATOR, "add", "add");
        MethodHandle processData = function(linked, CALCULATOR, "process-data", "processData");
        try (Store store = Store.open()) {
            var instance = linked.instantiate(store);
            assertEquals(Integer.MIN_VALUE, (int) add.invoke(instance, Integer.MAX_VALUE, 1));
            assertEquals(Result.ok("12"), (Result<?, ?>) processData.invoke(instance, "3, 4, 5"));
            assertEquals(Result.err(new Error.EmptyInput()), (Result<?, ?>) processData.invoke(instance, " "));
            assertEquals(Result.err(new Error.BadNumber("x")), (Result<?, ?>) processData.invoke(instance, "1, x"));
            assertEquals(Result.err(new Error.Overflow()), (Result<?, ?>)
                    processData.invoke(instance, Long.MAX_VALUE + ",1"));
        }
        assertEquals("process-data: 7 characters", log.lines.getFirst());
    }

    @ParameterizedTest
    @ValueSource(strings = {RUST, BARE})
    void imagesAreInspectedAndScaled(String file) throws Throwable {
        LinkedComponent linked = link(file);
        MethodHandle inspect = function(linked, IMAGE, "inspect", "inspect");
        MethodHandle transform = function(linked, IMAGE, "transform", "transform");
        byte[] image = "P5\n2 2\n255\nabcd".getBytes(US_ASCII);
        try (Store store = Store.open()) {
            var instance = linked.instantiate(store);
            assertEquals(Optional.of(new ImageMetadata(2, 2, "pgm")), (Optional<?>) inspect.invoke(instance, image));
            assertEquals(Optional.empty(), (Optional<?>) inspect.invoke(instance, new byte[] {1}));
            var doubled = (Result<?, ?>) transform.invoke(instance, image, 2f);
            assertArrayEquals(
                    "P5\n4 4\n255\naabbaabbccddccdd".getBytes(US_ASCII), (byte[]) ((Result.Ok<?, ?>) doubled).value());
            assertEquals(Result.err("bad scale NaN"), (Result<?, ?>) transform.invoke(instance, image, Float.NaN));
        }
        assertEquals(List.of("scaled 2x2 to 4x4"), log.lines);
    }

    @ParameterizedTest
    @ValueSource(strings = {RUST, ZIG})
    void withoutALoggerTheComponentIsNotLinked(String file) throws IOException {
        Path path = Guests.file(file);
        var missing = assertThrows(LinkException.class, () -> Guests.link(path, WasiConfig.NOTHING));
        assertTrue(missing.getMessage().contains("`logger`"), missing.getMessage());
    }
}

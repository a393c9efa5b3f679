package tenon.conformance.wasi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tenon.core.Trap;
import tenon.core.TrapKind;
import tenon.runtime.Store;
import tenon.runtime.wave.Wave;
import tenon.runtime.wave.WaveCall;
import tenon.types.LinkException;
import tenon.wasi.WasiConfig;
import tenon.wasi.sockets.NetworkGrants;

/** Commands of several toolchains, as the README beside them says, and the programs that check themselves. */
@Tag("suite")
class CommandComponentsTest {
    private static final String RUST = "components/rust/rust-cli-hello.wasm";
    private static final String PROGRAMS = "wasi-programs/wasi-p2-programs/";

    private static WasiConfig arguments(String... words) {
        return WasiConfig.NOTHING.withArgs(List.of(words));
    }

    private static Guests.Outcome program(String name, WasiConfig config) throws IOException {
        return Guests.run(file(name), config, "hello world");
    }

    private static Path file(String name) {
        return Guests.file(PROGRAMS + name + ".wasm");
    }

    @Test
    void rustReadsItsGrantsAndNothingElse(@TempDir Path folder) throws IOException {
        Path file = Guests.file(RUST);
        Files.writeString(folder.resolve("f.txt"), "abc");
        var config = arguments(
                        "x", "env", "stdin", "read", "/data/f.txt", "ls", "/data", "clock", "random", "sleep", "stderr")
                .withEnv("K", "V")
                .withDir(folder, "/data");
        var run = Guests.run(file, config, "a\nb\n");
        assertEquals(
                List.of(
                        "hello from rust, 10 argument(s)",
                        "env K=V",
                        "stdin 4 bytes, 2 lines",
                        "read /data/f.txt: 3 bytes, sum 294",
                        "ls f.txt",
                        "clock after-2020=true monotonic-ok=true",
                        "random hash-map sum=328350",
                        "sleep at-least-50ms=true"),
                run.out().lines().toList());
        assertEquals("this line goes to stderr\n", run.err());
        assertEquals(0, run.code());
        var outside = Guests.run(file, arguments("x", "read", "/etc/passwd").withDir(folder, "/data"), "");
        assertTrue(outside.out().contains("read /etc/passwd: NotFound"), outside.out());
    }

    @Test
    void rustWritesAndEndsWithItsCode(@TempDir Path folder) throws IOException {
        var config = arguments("x", "write", "/data/new", "text", "exit", "7").withDir(folder, "/data");
        var run = Guests.run(Guests.file(RUST), config, "");
        assertEquals(1, run.code(), "the adapter from preview 1 knows no other code");
        assertEquals("text\n", Files.readString(folder.resolve("new")));
        var readOnly = arguments("x", "write", "/data/other", "text").withReadOnlyDir(folder, "/data");
        assertThrows(Trap.class, () -> Guests.run(Guests.file(RUST), readOnly, ""), "the guest's expect fails");
        assertFalse(Files.exists(folder.resolve("other")));
    }

    @Test
    void goAndCppAndJavaRun() throws IOException {
        var go = Guests.run(Guests.file("components/go/go-cli-hello.wasm"), arguments("x", "y"), "");
        assertTrue(
                go.out().contains("hello from go, 1 argument(s)")
                        && go.out().contains("goroutines [0 1 4 9 16 25 36 49]"),
                go.out());
        var cpp = Guests.run(Guests.file("components/cpp/cpp-cli-hello.wasm"), arguments("x"), "b a b c");
        assertTrue(cpp.out().contains("a=1\nb=2\nc=1"), cpp.out());
        var java = Guests.run(Guests.file("components/java/java-cli-hello.wasm"), arguments("X", "x", "y"), "");
        assertTrue(java.out().contains("hello from java, 2 argument(s)"), java.out());
    }

    @Test
    void programsFindWhatTheyExpect(@TempDir Path folder) throws IOException {
        var environment = arguments("conf_p2_args_env.wasm", "one", "", "two words", "\uD83E\uDD80")
                .withEnv("A", "1")
                .withEnv("EMPTY", "");
        assertEquals("ok\n", program("conf_p2_args_env", environment).out());
        assertEquals(
                "ok\n",
                program("conf_p2_fs_basic", arguments("x").withDir(folder, "/")).out());
        assertEquals(
                "ok 129024\n", program("conf_p2_memory_grow", arguments("x")).out());
        assertEquals("ok\n", program("conf_p2_wall_random", arguments("x")).out());
        assertEquals(
                "abchello world[11]\n",
                program("conf_p2_streams", arguments("x")).out().replace("\0", ""));
        assertEquals(1, program("conf_p2_run_error", arguments("x")).code());
        assertEquals("ok\n", program("conf_p2_no_network", arguments("x")).out());
        var network = arguments("x").withNetwork(NetworkGrants.of(List.of("127.0.0.1"), List.of("127.0.0.1:0")));
        assertEquals("ok\n", program("conf_p2_tcp_loopback", network).out());
    }

    @Test
    void aLibraryThatImportsWasiAnswers() throws IOException {
        var linked = Guests.link(Guests.file("components/rust/rust-finance.wasm"), WasiConfig.NOTHING);
        try (Store store = Store.open()) {
            var call = WaveCall.parse("process({id: \"1\", amount: 20000, currency: \"EUR\"})", "a test");
            var export = linked.exports().stream()
                    .filter(each -> each.name().equals("process"))
                    .findFirst()
                    .orElseThrow();
            var result = linked.instantiate(store)
                    .func(export.interfaceName(), "process")
                    .call(call.arguments(export.type()));
            assertEquals("rejected(\"Limit exceeded\")", Wave.print(result.orElseThrow()));
        }
    }

    @Test
    void aComponentOfAnotherVersionIsRefusedInFewLines() {
        Path p3 = Guests.file("components/rust/rust-p3-cli.wasm");
        var refused = assertThrows(LinkException.class, () -> Guests.link(p3, WasiConfig.NOTHING));
        String[] lines = refused.getMessage().lines().toArray(String[]::new);
        assertEquals(2, lines.length, refused.getMessage());
        assertEquals("one thing is amiss with the component's imports:", lines[0]);
        assertTrue(lines[1].endsWith(": imported in version 0.3.0, offered in 0.2.12"), lines[1]);
    }

    @Test
    void programsThatBreakARuleTrap() {
        Path poll = file("conf_p2_poll");
        var empty = assertThrows(Trap.class, () -> Guests.run(poll, arguments("x"), "hello world"));
        assertEquals(TrapKind.HOST, empty.kind());
        Path stack = file("conf_p2_deep_stack");
        var deep = assertThrows(Trap.class, () -> Guests.run(stack, arguments("x"), "hello world"));
        assertEquals(TrapKind.MEMORY_OUT_OF_BOUNDS, deep.kind());
    }
}

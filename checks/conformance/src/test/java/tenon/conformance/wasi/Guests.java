package tenon.conformance.wasi;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tenon.component.read.ComponentDecoder;
import tenon.runtime.LinkedComponent;
import tenon.runtime.Linker;
import tenon.runtime.Runtime;
import tenon.runtime.Store;
import tenon.runtime.value.Value;
import tenon.testing.SharedFolder;
import tenon.wasi.Wasi;
import tenon.wasi.WasiConfig;
import tenon.wasi.cli.Exit;

/** Runs components that stand below {@code ../shared}. */
final class Guests {
    private static final Runtime RUNTIME = Runtime.create();
    private static final String RUN = "wasi:cli/run@0.2.12";

    private Guests() {}

    /** What a command wrote, and how it ended. */
    record Outcome(int code, String out, String err) {}

    /** A file below {@code shared}; the test is skipped without it. */
    static Path file(String path) {
        Optional<Path> found = SharedFolder.find(path);
        assumeTrue(found.isPresent(), SharedFolder.absent(path));
        return found.orElseThrow();
    }

    static LinkedComponent link(Path file, WasiConfig config) throws IOException {
        var linker = new Linker();
        Wasi.define(linker, config);
        return linker.link(RUNTIME, ComponentDecoder.decode(Files.readAllBytes(file)));
    }

    /** Runs a command; a trap comes out as it is. */
    static Outcome run(Path file, WasiConfig config, String stdin) throws IOException {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var linked = link(
                file,
                config.withStdin(new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8)))
                        .withStdout(out)
                        .withStderr(err));
        int code;
        try (Store store = Store.open()) {
            var result = linked.instantiate(store).func(RUN, "run").call(List.of());
            code = result.orElseThrow() instanceof Value.Ok ? 0 : 1;
        } catch (Exit.Exited exited) {
            code = exited.code();
        }
        return new Outcome(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}

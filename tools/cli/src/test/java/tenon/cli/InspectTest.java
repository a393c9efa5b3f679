package tenon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectTest {
    /** A component that imports the function {@code logger} without parameters, and contains an empty core module. */
    private static final byte[] COMPONENT = {
        0, 'a', 's', 'm', 0x0d, 0, 1, 0, 7, 5, 1, 0x40, 0, 1, 0, 10, 11, 1, 0, 6, 'l', 'o', 'g', 'g', 'e', 'r', 1, 0, 1,
        8, 0, 'a', 's', 'm', 1, 0, 0, 0
    };

    private static final byte[] CORE_MODULE = {0, 'a', 's', 'm', 1, 0, 0, 0};

    @Test
    void componentIsShownWithWhatItReaches(@TempDir Path folder) throws IOException {
        Terminal terminal = inspect(folder, COMPONENT);
        assertEquals(0, terminal.code(), terminal.err());
        assertTrue(terminal.out().startsWith("some.wasm: component, 38 bytes\n"), terminal.out());
        assertTrue(terminal.out().contains("\nimport logger: func();\n"), terminal.out());
        assertTrue(
                terminal.out().contains("\ncannot read or write files: imports no wasi:filesystem\n"), terminal.out());
        assertTrue(terminal.out().contains("\nwhat `logger` reaches is for its host to say\n"), terminal.out());
        assertTrue(terminal.out().endsWith("\ncore module 0: 8 bytes, 0 functions\n"), terminal.out());
    }

    @Test
    void jsonNamesImportsAndDeeds(@TempDir Path folder) throws IOException {
        Terminal terminal = inspect(folder, COMPONENT, "--json");
        assertEquals(0, terminal.code(), terminal.err());
        assertTrue(terminal.out().contains("\"kind\": \"component\""), terminal.out());
        assertTrue(terminal.out().contains("\"name\": \"logger\""), terminal.out());
        assertTrue(terminal.out().contains("\"type\": \"func()\""), terminal.out());
    }

    @Test
    void coreModuleIsShown(@TempDir Path folder) throws IOException {
        assertEquals(
                "some.wasm: core module, 8 bytes, 0 functions\n\n",
                inspect(folder, CORE_MODULE).out());
    }

    @Test
    void whatIsNeitherIsAnErrorWithItsPlace(@TempDir Path folder) throws IOException {
        Terminal terminal = inspect(folder, new byte[] {0, 'a', 's', 'm', 0x0d, 0, 1, 0, 99});
        assertEquals(2, terminal.code());
        assertTrue(terminal.err().contains("at byte 0x9"), terminal.err());
    }

    private static Terminal inspect(Path folder, byte[] bytes, String... options) throws IOException {
        Path file = folder.resolve("some.wasm");
        Files.write(file, bytes);
        var arguments = new ArrayList<String>(List.of("inspect", file.toString()));
        arguments.addAll(List.of(options));
        return Terminal.run(arguments.toArray(String[]::new));
    }
}

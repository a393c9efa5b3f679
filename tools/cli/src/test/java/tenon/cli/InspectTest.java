package tenon.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
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
        assertTrue(
                terminal.out().endsWith("\ncomponent: 38 bytes\n└─ core module 0: 8 bytes, 0 functions\n"),
                terminal.out());
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

    /** A component that gives what it imports to one inside, which gives another what it exports. */
    private static final String COMPOSED = """
            (component
              (import "wasi:cli/exit@0.2.0" (instance $exit))
              (component $teller
                (import "log" (instance))
                (core module $code (@custom "producers" "\\01\\08language\\01\\04Rust\\041.90") (func))
                (core instance (instantiate $code))
                (export "bank" (instance 0)))
              (component $shim (import "in" (instance $in)) (export "out" (instance $in)))
              (component $auth
                (import "bank" (instance $bank))
                (core module $check)
                (core instance (instantiate $check))
                (export "checked" (instance $bank)))
              (instance $a (instantiate $teller (with "log" (instance $exit))))
              (instance $s (instantiate $shim (with "in" (instance $a "bank"))))
              (instance $b (instantiate $auth (with "bank" (instance $s "out"))))
              (export "my:bank/checked" (instance $b "checked")))
            """;

    @Test
    void treeShowsWhatIsInWhat(@TempDir Path folder) throws IOException {
        String out = inspect(folder, COMPOSED.getBytes(UTF_8)).out();
        assertTrue(out.contains("""
                ├─ component 0 `teller`: 151 bytes
                │  └─ core module 0 `code`: 71 bytes, 1 function
                │        made by Rust 1.90
                """), out);
    }

    @Test
    void mermaidDrawsWhoGivesWhatToWhom(@TempDir Path folder) throws IOException {
        Terminal terminal = inspect(folder, COMPOSED.getBytes(UTF_8), "--mermaid");
        assertEquals(0, terminal.code(), terminal.err());
        assertTrue(
                terminal.out().startsWith("flowchart LR\n  b0([\"<b>wasi:cli@0.2.0</b><br/>exit\"])\n"),
                terminal.out());
        assertTrue(
                terminal.out().contains("  b1[\"<b>a</b><br/>component 0, 151 bytes<br/>71 bytes code\"]\n"),
                terminal.out());
        assertTrue(terminal.out().contains("b2[\"<b>b</b>"), terminal.out());
        assertTrue(terminal.out().endsWith("  b0 --> b1\n  b1 -->|\"bank\"| b2\n  b2 --> b3\n"), terminal.out());
    }

    @Test
    void svgHasABoxForEachInstance(@TempDir Path folder) throws IOException {
        Terminal terminal = inspect(folder, COMPOSED.getBytes(UTF_8), "--svg");
        assertEquals(0, terminal.code(), terminal.err());
        assertTrue(terminal.out().startsWith("<svg xmlns=\"http://www.w3.org/2000/svg\""), terminal.out());
        assertTrue(terminal.out().endsWith("</svg>\n"), terminal.out());
        assertEquals(3, terminal.out().split("marker-end", -1).length - 1);
        // those of the four boxes, and that of the picture
        assertEquals(5, terminal.out().split("font-weight=\"600\"", -1).length - 1);
    }

    /** Constants are known before anything runs, but for those whose export says no more than their type. */
    @Test
    void constantsAreShown(@TempDir Path folder) throws IOException {
        byte[] text = VALUES.getBytes(UTF_8);
        String out = inspect(folder, text).out();
        assertTrue(out.contains("\nimport port: value u16;\n"), out);
        assertTrue(out.contains("\nexport url: value string = \"a.example\";\n"), out);
        assertTrue(out.contains("\nexport hidden: value u8;\n"), out);
        assertTrue(out.contains("\nexport same-port: value u16;\n"), out);
        String json = inspect(folder, text, "--json").out();
        assertTrue(json.contains("\"value\": \"\\\"a.example\\\"\""), json);
    }

    private static final String VALUES = """
            (component
              (import "port" (value $port u16))
              (value $url string "a.example")
              (value $hidden u8 1)
              (export "url" (value $url))
              (export "hidden" (value $hidden) (value u8))
              (export "same-port" (value $port)))
            """;

    @Test
    void valuesAreGivenAndPrintedInWave(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("values.wat");
        Files.write(file, tenon.text.Wat.parse("values.wat", VALUES));
        String name = file.toString();
        Terminal given = Terminal.run("run", "-f", "cm-values", "--value", "port=8080", "--invoke", "same-port", name);
        assertEquals("8080\n", given.out(), given.err());
        Terminal wrong = Terminal.run("run", "-f", "cm-values", "--value", "port=\"a\"", "--invoke", "url", name);
        assertEquals(2, wrong.code());
        assertTrue(wrong.err().contains("--value port"), wrong.err());
        Terminal unknown = Terminal.run("run", "-f", "cm-values", "--value", "prt=1", "--invoke", "url", name);
        assertTrue(unknown.err().contains("the component imports no value `prt`"), unknown.err());
        Terminal missing = Terminal.run("run", "-f", "cm-values", "--invoke", "url", name);
        assertTrue(missing.err().contains("`port`: nothing gives this value"), missing.err());
    }

    @Test
    void formsExcludeEachOther(@TempDir Path folder) throws IOException {
        Terminal terminal = inspect(folder, COMPONENT, "--json", "--svg");
        assertEquals(2, terminal.code());
        assertTrue(terminal.err().contains("exclude each other"), terminal.err());
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

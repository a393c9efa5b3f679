package tenon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** 2 for wrong use and for input that cannot be read or is not what it must be; 1 where the guest or the work failed. */
class ExitCodesTest {
    private static final String HELLO = "../../examples/hello/hello.wasm";

    private static Terminal run(String... arguments) {
        return Terminal.run(arguments);
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "serve", "inspect", "validate", "parse", "print"})
    void aFileThatIsMissingIsNamed(String command) {
        Terminal run = run(command, "nowhere.wasm");
        assertEquals(Tenon.USAGE, run.code());
        assertTrue(run.err().contains("file `nowhere.wasm` does not exist"), run.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "serve", "inspect", "compile", "print"})
    void aFileThatIsNoWebAssemblyIsRefused(String command, @TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("a.wasm"), "no such thing");
        Terminal run = run(command, file.toString());
        assertEquals(Tenon.USAGE, run.code());
        assertTrue(run.err().startsWith("error: "), run.err());
        assertTrue(command.equals("print") || run.err().contains("file `" + file + "` is no WebAssembly"), run.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "serve", "inspect", "parse", "validate"})
    void anOptionThatIsNoneComesBeforeAFileThatIsMissing(String command) {
        Terminal run = run(command, "--bogus");
        assertEquals(Tenon.USAGE, run.code());
        assertTrue(run.err().startsWith("error: option `--bogus` does not exist"), run.err());
        Terminal missing = run(command);
        assertEquals(Tenon.USAGE, missing.code());
        assertTrue(missing.err().startsWith("error: `FILE` is missing"), missing.err());
    }

    @Test
    void namesInAMessageSteerNoTerminal(@TempDir Path folder) throws IOException {
        Path module = folder.resolve("m.wasm");
        Path text = Files.writeString(
                folder.resolve("m.wat"),
                "(module (import \"e\\1b[31m\\0aerror: all is well\" \"f\\1b[2J\\0d\" (func)))");
        assertEquals(
                Tenon.DONE,
                run("parse", text.toString(), "-o", module.toString()).code());
        Terminal run = run(
                "component",
                "new",
                module.toString(),
                "-o",
                folder.resolve("c.wasm").toString());
        assertEquals(Tenon.USAGE, run.code());
        assertTrue(run.err().contains("[31m"), run.err());
        assertFalse(run.err().contains("\u001b"), run.err());
        assertFalse(run.err().contains("\nerror: all"), run.err());
    }

    @Test
    void theValueOfAnOptionMayLookLikeOne() {
        Terminal run = run("run", "--env", "--bogus");
        assertTrue(run.err().startsWith("error: `FILE` is missing"), run.err());
    }

    @Test
    void wrongUseIsToldInOneForm() {
        assertMistake("option `--deny` has no value, expected `--deny IMPORT`", "run", "--deny");
        assertMistake("option `--dny` does not exist, did you mean `--deny`?", "run", "--dny", "x", HELLO);
        assertMistake("option `--addr` is given twice", "serve", "--addr", "a", "--addr", "b", HELLO);
        assertMistake("argument `y` is one too many", "serve", HELLO, "y");
        assertMistake("command `rum` does not exist, did you mean `tenon run`?", "rum");
        assertMistake("command `component nw` does not exist, did you mean `tenon component new`?", "component", "nw");
        assertMistake(
                "command `semver-chek` does not exist, did you mean `tenon component semver-check`?", "semver-chek");
        assertMistake("`--plug FILE` and `FILE` are missing", "plug");
        assertMistake(
                "`--random-seed abc` is no whole number, expected `--random-seed NUMBER`",
                "run",
                "--random-seed=abc",
                HELLO);
        assertMistake("option `--fmt` takes no value, found `x`", "wit", "--fmt=x", "a");
        assertMistake("`foo` is no ACTION, expected one of `list`, `info`, `prune`, `clean`, `path`", "cache", "foo");
    }

    private static void assertMistake(String fact, String... arguments) {
        Terminal run = run(arguments);
        assertEquals("error: " + fact, run.err().lines().findFirst().orElse(""));
        assertEquals(Tenon.USAGE, run.code());
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "serve", "inspect", "print", "strip", "wit"})
    void errorsAtAByteNameTheFile(String command, @TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("a.wasm"), new byte[] {0, 'a', 's', 'm', 0x0d, 0, 1, 0, -1});
        Terminal run = run(command, file.toString());
        assertTrue(run.err().startsWith("error: file `" + file + "` is broken: "), run.err());
        assertTrue(run.err().contains("at byte 0x9"), run.err());
    }

    @Test
    void whatTheGuestDoesWrongIsItsFailure() {
        Terminal run = run("run", HELLO);
        assertEquals(Tenon.USAGE, run.code(), "a service is no command");
        assertTrue(run.err().contains("`wasi:cli/run@0.2`"), run.err());
    }

    @Test
    void aFolderThatIsMissingIsNamed(@TempDir Path folder) throws IOException {
        Path text = Files.writeString(folder.resolve("a.wat"), "(module)");
        Path output = folder.resolve("none/a.wasm");
        Terminal run = run("parse", "-o", output.toString(), text.toString());
        assertEquals(Tenon.USAGE, run.code());
        assertEquals(
                "error: `-o " + output + "`: there is no folder `" + output.getParent() + "`\n",
                run.err().replace(System.lineSeparator(), "\n"));
        assertFalse(Files.exists(output));
    }

    @Test
    void aFolderInTheResultsPlaceIsRefused(@TempDir Path folder) throws IOException {
        Path text = Files.writeString(folder.resolve("a.wat"), "(module)");
        Terminal run = run("parse", "-o", folder.toString(), text.toString());
        assertEquals(Tenon.USAGE, run.code());
        assertEquals(
                "error: `-o " + folder + "` is a folder, expected a file",
                run.err().strip());
        Terminal unbundle = run("component", "unbundle", "--module-dir", text.toString(), HELLO);
        assertEquals(Tenon.USAGE, unbundle.code());
        assertTrue(unbundle.err().contains("is a file, expected a folder"), unbundle.err());
    }

    @Test
    void aBinaryAndATextInEachOthersPlaceAreTold(@TempDir Path folder) throws IOException {
        Path text = Files.writeString(folder.resolve("a.wat"), "(component)");
        assertTrue(run("parse", HELLO).err().contains("is a binary, expected text; `tenon print` shows it"));
        assertTrue(run("run", text.toString()).err().contains("is text, expected a component as a binary"));
        Path slip = Files.writeString(folder.resolve("slip.wat"), "(module");
        Terminal run = run("validate", slip.toString());
        assertTrue(run.err().startsWith("error: " + slip + ":1:8: "), run.err());
    }

    @Test
    void aRuleForNoImportIsAMistake() {
        for (String option : List.of("--deny", "--mock")) {
            Terminal run = run("run", option, "", HELLO);
            assertEquals(Tenon.USAGE, run.code());
            assertTrue(run.err().startsWith("error: `" + option + " ` names no import"), run.err());
        }
    }

    @Test
    void aWorldThatIsNotThereIsToldWithThoseThatAre(@TempDir Path folder) throws IOException {
        Path wit = Files.writeString(folder.resolve("a.wit"), "package a:b; world one {} world two {}");
        Terminal none = run("component", "embed", "--dummy", wit.toString());
        assertEquals(
                "error: the package has 2 worlds, expected `--world` to name one of `one`, `two`",
                none.err().strip());
        Terminal typo = run("component", "embed", "--dummy", "-w", "on", wit.toString());
        assertEquals(
                "error: world `on` does not exist, expected one of `one`, `two`",
                typo.err().strip());
        assertEquals(Tenon.USAGE, typo.code());
    }

    @Test
    void anAddressThatIsTakenIsNamed() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + taken.getLocalPort();
            Terminal run = run("serve", "--addr", address, HELLO);
            assertEquals(Tenon.FAILED, run.code());
            assertEquals(
                    "error: address `" + address + "` cannot be listened on: Address already in use\n",
                    run.err().replace(System.lineSeparator(), "\n"));
        }
    }

    @Test
    void aFunctionIsFoundWithoutItsInterfacesVersion() {
        String component = "../../examples/bank/processor.wasm";
        for (String name :
                List.of("process", "cyber:finance/processor#process", "cyber:finance/processor@0.1.0#process")) {
            Terminal run = run("run", "--invoke", name + "({id: \"1\", amount: 20000, currency: \"EUR\"})", component);
            assertEquals("", run.err());
            assertEquals(Tenon.DONE, run.code());
        }
        assertEquals(
                Tenon.USAGE,
                run("run", "--invoke", "cyber:finance/other#process()", component)
                        .code());
    }

    @Test
    void socketsAreGrantedInWords() {
        var wrong = new ArrayList<Terminal>();
        for (String address : List.of("a//b", "10.0.0.0/33", "127.0.0.1:0", "nowhere.invalid:80")) {
            wrong.add(run("run", "--allow-net", address, HELLO));
        }
        wrong.add(run("run", "--allow-listen", "127.0.0.1:x", HELLO));
        for (Terminal run : wrong) {
            assertEquals(Tenon.USAGE, run.code());
            assertTrue(run.err().startsWith("error: `--allow-"), run.err());
        }
        Terminal help = run("run", "--help");
        for (String option : List.of("--allow-net", "--allow-listen", "--inherit-network")) {
            assertTrue(help.out().contains(option), help.out());
            assertTrue(run("completion", "bash").out().contains(option), option);
        }
    }
}

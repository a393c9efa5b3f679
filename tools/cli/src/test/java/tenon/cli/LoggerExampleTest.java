package tenon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code examples/logger}, as its README says. */
class LoggerExampleTest {
    private static final String LOGGER = "../../examples/logger/logger.wasm";
    private static final String TRANSACTIONS = "../../examples/logger/transactions.wasm";

    private static final String PLAIN = """
            transaction 1: 100 approved
            transaction 2: 20000 rejected
            transaction 3: much not an amount
            """;

    private static final String JOINED = """
            [1] stdout: transaction 1: 100 approved
            [2] stdout: transaction 2: 20000 rejected
            [3] stdout: transaction 3: much not an amount
            """;

    private static String run(String... arguments) {
        Terminal run = Terminal.run(arguments);
        assertEquals("", run.err());
        assertEquals(0, run.code());
        return run.out();
    }

    @Test
    void byItselfItWritesToTheHost() {
        assertEquals(PLAIN, run("run", TRANSACTIONS, "100", "20000", "much"));
    }

    @Test
    void aLoggerThatIsJoinedToItIsItsStandardOutput() {
        assertEquals(JOINED, run("run", "--plug", LOGGER, TRANSACTIONS, "100", "20000", "much"));
    }

    @Test
    void composedWithTheLoggerItIsOneComponent(@TempDir Path folder) {
        String audited = folder.resolve("audited.wasm").toString();
        run(
                "compose",
                "../../examples/logger/audited.wac",
                "-d",
                "demo:logger=" + LOGGER,
                "-d",
                "demo:transactions=" + TRANSACTIONS,
                "-o",
                audited);
        assertEquals(JOINED, run("run", audited, "100", "20000", "much"));
    }

    @Test
    void pluggedOnceItIsOneComponent(@TempDir Path folder) {
        String audited = folder.resolve("audited.wasm").toString();
        run("plug", "--plug", LOGGER, TRANSACTIONS, "-o", audited);
        assertEquals(JOINED, run("run", audited, "100", "20000", "much"));
    }

    @Test
    void aLoggerByPolicyGetsItsLines() {
        assertEquals("""
                [1] stdout info: transaction 1: 100 approved
                [2] stdout info: transaction 2: 20000 rejected
                [3] stdout info: transaction 3: much not an amount
                """, run("run", "--redirect", "stdout=" + LOGGER, TRANSACTIONS, "100", "20000", "much"));
    }

    @Test
    void whatIsNoLoggerIsSaid() {
        Terminal run = Terminal.run("run", "--redirect", "stdout=" + TRANSACTIONS, TRANSACTIONS);
        assertTrue(run.err().contains("does not export `wasi:logging/logging"), run.err());
        assertEquals(2, run.code());
    }

    @Test
    void aDeniedImportIsRefusedOrTraps() {
        Terminal refused = Terminal.run("run", "--deny", "wasi:cli/environment", TRANSACTIONS, "100");
        assertTrue(
                refused.err()
                        .contains("`wasi:cli/environment@0.2.12`: denied by the policy for `wasi:cli/environment`"),
                refused.err());
        assertEquals("", refused.out());
        Terminal trapped = Terminal.run("run", "--deny", "wasi:cli/environment=call", TRANSACTIONS, "100");
        assertTrue(
                trapped.err().contains("`wasi:cli/environment@0.2.12#get-arguments` is denied by the policy"),
                trapped.err());
        assertEquals("", run("run", "--mock", "wasi:cli/environment", TRANSACTIONS, "100"));
    }

    @Test
    void aRuleThatNamesNothingIsRefused() {
        assertUsage(
                "`--deny`: `wasi:sokets` names nothing that is imported or offered, did you mean `wasi:sockets`?",
                "--deny",
                "wasi:sokets=call");
        assertUsage("`--mock`: `demo:nothing` names nothing that is imported or offered", "--mock", "demo:nothing");
        assertUsage("did you mean `stdout`?", "--redirect", "stdot=" + LOGGER);
        // what is offered can be denied, whether it is imported or not
        assertEquals(PLAIN, run("run", "--deny", "wasi:sockets", TRANSACTIONS, "100", "20000", "much"));
    }

    private static void assertUsage(String expected, String... options) {
        List<String> arguments = new ArrayList<>(List.of("run"));
        arguments.addAll(List.of(options));
        arguments.add(TRANSACTIONS);
        Terminal run = Terminal.run(arguments.toArray(String[]::new));
        assertTrue(run.err().contains(expected), run.err());
        assertEquals(2, run.code());
    }
}

package tenon.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class TenonTest {

    @Test
    void helpListsTheCommands() {
        Terminal run = Terminal.run("--help");
        assertEquals(Tenon.DONE, run.code());
        assertTrue(run.out().startsWith("Usage: tenon"), run.out());
        assertTrue(run.out().contains("completion"), run.out());
        assertEquals("", run.err());
    }

    @Test
    void versionNamesOursAndTheJvms() {
        Terminal run = Terminal.run("--version");
        assertEquals(Tenon.DONE, run.code());
        assertTrue(run.out().matches("tenon \\d+\\.\\d+\\.\\d+\\S* \\(java 2\\d.*\\)\\R"), run.out());
    }

    @Test
    void unknownOptionEndsWithTheCodeOfUsage() {
        Terminal run = Terminal.run("--colour");
        assertEquals(Tenon.USAGE, run.code());
        assertTrue(run.err().startsWith("error: option `--colour` does not exist"), run.err());
        assertTrue(run.err().contains("tenon --help"), run.err());
        assertEquals("", run.out());
    }

    @Test
    void unknownCommandNamesTheNearest() {
        Terminal run = Terminal.run("completoin");
        assertEquals(Tenon.USAGE, run.code());
        assertTrue(run.err().startsWith("error: command `completoin` does not exist"), run.err());
        assertTrue(run.err().contains("tenon completion"), run.err());
    }

    @Test
    void unknownCommandIsAMistakeEvenWhenAskedForHelp() {
        Terminal run = Terminal.run("nonsense", "--help");
        assertEquals(Tenon.USAGE, run.code());
        assertTrue(run.err().startsWith("error: command `nonsense` does not exist"), run.err());
        assertEquals("", run.out());
    }

    @Test
    void helpOfEachCommandReadsWell() {
        for (String name : List.of(
                "serve",
                "up",
                "run",
                "inspect",
                "parse",
                "print",
                "validate",
                "wit",
                "compose",
                "plug",
                "wac",
                "component",
                "strip",
                "wast",
                "compile",
                "cache",
                "completion")) {
            var warnings = new ByteArrayOutputStream();
            PrintStream before = System.err;
            System.setErr(new PrintStream(warnings, true, UTF_8));
            Terminal run;
            try {
                run = Terminal.run(name, "--help");
            } finally {
                System.setErr(before);
            }
            assertEquals(Tenon.DONE, run.code());
            assertTrue(run.out().startsWith("Usage: tenon " + name), run.out());
            // the parser's library complains on the process's own stream, for example of a lone percent sign
            assertEquals("", warnings.toString(UTF_8));
        }
    }

    @Test
    void noCommandIsAMistake() {
        Terminal run = Terminal.run();
        assertEquals(Tenon.USAGE, run.code());
        assertTrue(run.err().startsWith("error: no command is given"), run.err());
    }

    @Test
    void stackTraceIsPrintedOnlyWhenAskedFor() {
        assertFalse(Terminal.run("completion", "ksh").err().contains("\tat "));
        assertTrue(Terminal.run("completion", "ksh", "--verbose").err().contains("\tat "));
    }

    @Test
    void coloursAreUsedOnlyWhereTheyAreAllowed() {
        assertFalse(Terminal.run(false, "--colour").err().contains("\u001b["));
        assertTrue(Terminal.run(true, "--colour").err().startsWith("\u001b[1;31merror:\u001b[0m"));
    }
}

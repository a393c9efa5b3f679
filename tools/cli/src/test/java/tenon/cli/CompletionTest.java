package tenon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CompletionTest {

    @Test
    void bashScriptCompletesTheCommand() {
        Terminal run = Terminal.run("completion", "bash");
        assertEquals(Tenon.DONE, run.code());
        assertTrue(run.out().contains("complete -F _complete_tenon"), run.out());
        assertTrue(run.out().contains("completion"), run.out());
    }

    @Test
    void fishScriptCompletesCommandsAndOptions() {
        Terminal run = Terminal.run("completion", "fish");
        assertEquals(Tenon.DONE, run.code());
        assertTrue(
                run.out().contains("complete -c tenon -n '__fish_use_subcommand' -f -a completion -d 'Print a"),
                run.out());
        assertTrue(run.out().contains(" -l verbose -d "), run.out());
        assertTrue(
                run.out()
                        .contains("-n '__fish_seen_subcommand_from component; and __fish_seen_subcommand_from unbundle'"
                                + " -l module-dir -r"),
                run.out());
    }

    @Test
    void unknownShellIsRefused() {
        Terminal run = Terminal.run("completion", "ksh");
        assertEquals(Tenon.USAGE, run.code());
        assertTrue(run.err().contains("ksh"), run.err());
    }
}

package tenon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tenon.testing.SharedFolder;

/**
 * The programs of WASI 0.2 that check themselves, by {@code tenon run} with the outcomes of their table. A trap ends with 1, whatever number
 * the table has for it: the guest failed.
 */
@Tag("suite")
class ProgramsTest {
    private static final String PROGRAMS = "wasi-programs/wasi-p2-programs";

    @Test
    void programsEndAsTheirTableSays(@TempDir Path folder) throws IOException {
        Optional<Path> programs = SharedFolder.find(PROGRAMS);
        assumeTrue(programs.isPresent(), SharedFolder.absent(PROGRAMS));
        List<String> rows = Files.readAllLines(programs.orElseThrow().resolve("expected.tsv"));
        assertEquals(11, rows.size());
        for (String row : rows.subList(1, rows.size())) {
            String[] cells = row.split("\t", -1);
            var words = new ArrayList<String>(List.of("run"));
            words.addAll(options(cells[1], Files.createDirectory(folder.resolve(cells[0]))));
            words.add(programs.orElseThrow().resolve(cells[0] + ".wasm").toString());
            if (cells[0].endsWith("args_env")) {
                words.addAll(List.of("one", "", "two words", "\uD83E\uDD80"));
            }
            Terminal run = Terminal.fed("hello world", words.toArray(String[]::new));
            boolean trap = !cells[4].isEmpty();
            assertEquals(trap ? Tenon.FAILED : Integer.parseInt(cells[2]), run.code(), row + run.err());
            assertEquals(cells[3], run.out().replace("\0", "").replace("\n", "|"), row);
            assertTrue(!trap || run.err().startsWith("error: "), row + run.err());
        }
    }

    /** The table's flags in our words. */
    private static List<String> options(String flags, Path empty) {
        if (flags.equals("-Sinherit-network")) {
            return List.of("--inherit-network");
        }
        return flags.isEmpty()
                ? List.of()
                : List.of(flags.replace("EMPTY::", empty + "::").split(" "));
    }
}

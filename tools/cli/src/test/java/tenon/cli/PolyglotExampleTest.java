package tenon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code examples/polyglot}, as its README says: Rust calls Python, which calls JavaScript. */
@Tag("suite")
class PolyglotExampleTest {
    private static final Path FOLDER = ServerProcess.ROOT.resolve("examples/polyglot");

    @BeforeAll
    static void guestsAreBuilt() {
        for (String each : new String[] {"target/orders.wasm", "target/prices.wasm"}) {
            assumeTrue(
                    Files.exists(FOLDER.resolve(each)),
                    () -> each
                            + " is not built, which examples/polyglot/build.sh does: it is too big for a repository");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2 tea, 1 cake | tea 5.00, cake 4.20: 9.20",
                "3 café ☕ | café ☕ 9.30: 9.30",
                "1 stone | nobody sells stone",
                "101 tea | no more than 100 of a kind",
                "'' | nothing was ordered"
            })
    void threeLanguagesMakeABill(String wanted, String bill) {
        Terminal run = Terminal.run(
                "run",
                "--plug",
                FOLDER.resolve("target/orders.wasm").toString(),
                "--plug",
                FOLDER.resolve("target/prices.wasm").toString(),
                "--invoke",
                "checkout(\"" + wanted + "\")",
                FOLDER.resolve("checkout.wasm").toString());
        assertEquals("", run.err());
        assertEquals("\"" + bill + "\"\n", run.out());
    }
}

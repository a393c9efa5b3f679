package tenon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong before anything is served; what is served the tests of the examples show. */
class UpTest {
    @TempDir
    Path folder;

    private Terminal up(String manifest, String... arguments) throws IOException {
        Files.writeString(folder.resolve("spin.toml"), manifest);
        String[] all = new String[arguments.length + 2];
        all[0] = "up";
        all[1] = folder.toString();
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return Terminal.run(all);
    }

    @Test
    void aReferenceToARegistryIsRefusedByName() {
        Terminal run = Terminal.run("up", "-f", "ghcr.io/a/b:v1");
        assertEquals(Tenon.USAGE, run.code());
        assertEquals(
                "error: there is no file `ghcr.io/a/b:v1`, and applications from a registry are not supported yet",
                run.err().lines().findFirst().orElseThrow());
    }

    @Test
    void aComponentIsNoManifest() {
        Terminal run = Terminal.run("up", "../../examples/hello/hello.wasm");
        assertEquals(Tenon.USAGE, run.code());
        assertTrue(run.err().contains("is no manifest; `tenon serve`"), run.err());
    }

    @Test
    void aFolderWithoutAManifestIsAMistake() {
        Terminal run = Terminal.run("up", folder.toString());
        assertEquals(Tenon.USAGE, run.code());
        assertTrue(run.err().startsWith("error: there is no `spin.toml` in the folder"), run.err());
    }

    @Test
    void everythingThatIsNotSupportedIsToldWithItsPlace() throws IOException {
        Terminal run = up("""
                spin_manifest_version = 2
                [application]
                name = "test"
                [application.trigger.redis]
                address = "redis://localhost:6379"
                [[trigger.redis]]
                channel = "c"
                component = "one"
                [component.one]
                source = "one.wasm"
                sqlite_databases = ["default"]
                """);
        assertEquals(Tenon.USAGE, run.code());
        assertTrue(
                run.err().contains("error: triggers of the type `redis` are not supported yet, expected `http`"),
                run.err());
        assertTrue(run.err().contains("error: `sqlite_databases` are not supported yet"), run.err());
        assertTrue(run.err().contains("spin.toml:6:"), run.err());
        assertTrue(run.err().contains("spin.toml:11:"), run.err());
        assertEquals("", run.out());
    }

    @Test
    void aVariableIsGivenAsNameAndValue() throws IOException {
        String manifest = """
                spin_manifest_version = 2
                [application]
                name = "test"
                [[trigger.http]]
                route = "/"
                static_response = { body = "x" }
                """;
        for (String wrong : new String[] {"--variable", "--env"}) {
            Terminal run = up(manifest, wrong, "novalue");
            assertTrue(run.code() != Tenon.DONE, run.err());
            assertTrue(run.err().contains("`NAME=VALUE`"), run.err());
        }
    }

    @Test
    void twoManifestsAreAMistake() throws IOException {
        Terminal run = up("", "-f", "other.toml");
        assertEquals(Tenon.USAGE, run.code());
        assertTrue(run.err().startsWith("error: two manifests are named"), run.err());
    }
}

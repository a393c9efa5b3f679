package tenon.host.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application whose maker put links where its state goes. */
class StateFolderTest {
    @TempDir
    Path folder;

    private Path application;
    private Path victim;

    @BeforeEach
    void prepare() throws IOException {
        application = Files.createDirectory(folder.resolve("application"));
        victim = Files.createDirectory(folder.resolve("victim"));
        Files.writeString(victim.resolve("profile"), "own");
    }

    private StateFolder state() throws IOException {
        return StateFolder.of(application.resolve(".spin"), application);
    }

    @Test
    void aFolderThatIsALinkIsRefused() throws IOException {
        Files.createSymbolicLink(application.resolve(".spin"), victim);
        var error = assertThrows(IOException.class, this::state);
        assertTrue(error.getMessage().contains("is a link"), error.getMessage());
    }

    @Test
    void aFolderBelowALinkIsRefused() throws IOException {
        Files.createSymbolicLink(application.resolve("down"), victim);
        assertThrows(IOException.class, () -> StateFolder.of(application.resolve("down/state"), application));
    }

    @Test
    void aFolderElsewhereIsTheOwnersChoice() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), victim);
        assertEquals(link, StateFolder.of(link, application).path());
    }

    @Test
    void logsAndStoresThatAreLinksAreRefused() throws IOException {
        Path spin = Files.createDirectory(application.resolve(".spin"));
        Files.createSymbolicLink(spin.resolve("logs"), victim);
        Files.createSymbolicLink(spin.resolve("sqlite_key_value.db"), victim.resolve("nothing"));
        assertThrows(IOException.class, () -> state().folder("logs"));
        assertThrows(IOException.class, () -> state().file("sqlite_key_value.db"));
    }

    @Test
    void aGuestDoesNotPrintThroughALink() throws IOException {
        Path logs = Files.createDirectories(application.resolve(".spin/logs"));
        Files.createSymbolicLink(logs.resolve("one_stdout.txt"), victim.resolve("profile"));
        assertThrows(IOException.class, () -> GuestLog.open(logs, "one_stdout", new ByteArrayOutputStream()));
        assertEquals("own", Files.readString(victim.resolve("profile")));
    }

    @Test
    void aLogThatCannotBeTurnedIsTurnedLater() throws IOException {
        Path logs = application.resolve("logs");
        Path inTheWay = Files.createDirectories(logs.resolve("one.txt.old/full"));
        try (var log = GuestLog.open(logs, "one", new ByteArrayOutputStream(), 4)) {
            log.write(new byte[] {'a', 'b', 'c'});
            assertThrows(IOException.class, () -> log.write(new byte[] {'d', 'e'}));
            Files.delete(inTheWay);
            Files.delete(inTheWay.getParent());
            log.write(new byte[] {'f', 'g'});
        }
        assertEquals("fg", Files.readString(logs.resolve("one.txt")));
        assertEquals("abc", Files.readString(logs.resolve("one.txt.old")));
        assertFalse(Files.exists(logs.resolve("one.txt.old.old")));
    }
}

package tenon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tenon up examples/store}, as its README says, and as it goes when the process is killed. */
@Tag("suite")
class StoreExampleTest {
    private static final String TEXT = "text/plain";
    private static final int ROUNDS = 4;
    private static final int CLIENTS = 16;

    @TempDir
    Path folder;

    private ServerProcess start(String... more) throws IOException {
        String[] arguments = {
            "up",
            "-f",
            ServerProcess.ROOT.resolve("examples/store/spin.toml").toString(),
            "--listen",
            "127.0.0.1:0",
            "--state-dir",
            folder.resolve("state").toString()
        };
        String[] all = java.util.Arrays.copyOf(arguments, arguments.length + more.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        return ServerProcess.start(folder, all);
    }

    @Test
    void keepsValuesAndHasAVariable() throws Exception {
        try (var server = start()) {
            assertEquals("404 ", server.get("/thing"));
            assertEquals("201 Created", server.send("PUT", "/thing", TEXT, "of little value"));
            assertEquals("200 of little value", server.get("/thing"));
            assertEquals("405 ", server.send("POST", "/thing", TEXT, "x"));
            assertEquals("200 hello from the store", server.get("/var"));
            assertTrue(server.endsInOrder(), "the process ends");
            assertEquals("", server.errors());
        }
        assertTrue(Files.exists(folder.resolve("state/sqlite_key_value.db")));
        assertTrue(Files.exists(folder.resolve("state/logs/store_stdout.txt")));
        try (var server = start("--variable", "greeting=servus")) {
            assertEquals("200 of little value", server.get("/thing"));
            assertEquals("200 servus from the store", server.get("/var"));
        }
    }

    @Test
    void whatItHasAcknowledgedSurvivesBeingKilled() throws Exception {
        Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        var random = new Random(1);
        for (int round = 0; round < ROUNDS; round++) {
            write(round, 100 + random.nextInt(400), acknowledged);
        }
        assertTrue(acknowledged.size() > 100 * ROUNDS, () -> acknowledged.size() + " keys were acknowledged");
        try (var server = start()) {
            for (String key : acknowledged) {
                assertEquals("200 value of " + key, server.get("/" + key));
            }
        }
    }

    /** Clients write keys of their own until the process is killed, when so many were acknowledged. */
    private void write(int round, int enough, Set<String> acknowledged) throws Exception {
        var count = new AtomicInteger();
        try (var server = start();
                var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int client = 0; client < CLIENTS; client++) {
                String own = "round" + round + "-client" + client + "-";
                clients.submit(() -> {
                    for (int i = 0; ; i++) {
                        String key = own + i;
                        String answer;
                        try {
                            answer = server.send("PUT", "/" + key, TEXT, "value of " + key);
                        } catch (IOException _) {
                            return null; // it was killed
                        }
                        assertEquals("201 Created", answer);
                        acknowledged.add(key);
                        count.incrementAndGet();
                    }
                });
            }
            long patience = System.nanoTime() + 60_000_000_000L;
            while (count.get() < enough && System.nanoTime() < patience) {
                Thread.sleep(1);
            }
            server.kill();
        }
        assertTrue(count.get() >= enough, () -> "only " + count.get() + " keys were acknowledged in time");
    }
}

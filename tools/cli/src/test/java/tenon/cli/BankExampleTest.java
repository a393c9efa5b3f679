package tenon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tenon up examples/bank}, as its README says. */
@Tag("suite")
class BankExampleTest {
    private static final String JSON = "application/json";

    @TempDir
    Path folder;

    @Test
    void theTellerAsksTheProcessor() throws Exception {
        String bank = ServerProcess.ROOT.resolve("examples/bank").toString();
        try (var server = ServerProcess.start(
                folder,
                "up",
                bank,
                "--listen",
                "127.0.0.1:0",
                "--state-dir",
                folder.resolve("state").toString())) {
            assertEquals("Available Routes:", server.nextLine());
            assertEquals("  teller: " + server.uri() + " (wildcard)", server.nextLine());
            assertEquals("    POST /pay, GET /books", server.nextLine());
            String tooMuch = "{\"id\": \"1\", \"amount\": 20000, \"currency\": \"EUR\"}";
            assertEquals("200 {\"outcomes\":[\"rejected: Limit exceeded\"]}", server.post("/pay", JSON, tooMuch));
            assertEquals(
                    "200 {\"outcomes\":[\"rejected: Limit exceeded\",\"approved\"]}",
                    server.post(
                            "/pay", JSON, "[" + tooMuch + ", {\"id\": \"2\", \"amount\": 1, \"currency\": \"EUR\"}]"));
            // a guest that counts the books it has open begins anew with each request, in both components
            for (int i = 0; i < 3; i++) {
                String books = server.get("/books");
                assertTrue(books.startsWith("200 {\"all\":7,"), books);
                assertTrue(books.contains("\"open-after\":1,\"open-before\":2"), books);
            }
            assertTrue(server.endsInOrder(), "the process ends");
            assertEquals("", server.errors());
        }
    }
}

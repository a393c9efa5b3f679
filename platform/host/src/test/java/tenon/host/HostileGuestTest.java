package tenon.host;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tenon.component.Component;
import tenon.core.MemoryBudget;
import tenon.runtime.Runtime;
import tenon.runtime.StoreLimits;
import tenon.wasi.WasiConfig;

/** Guests that take what they can get: each meets its limit, and the others are served. */
@Timeout(120)
class HostileGuestTest {
    private static final ServeOptions FREE_PORT = ServeOptions.DEFAULT
            .withAddress(new InetSocketAddress("127.0.0.1", 0))
            .withDrainTime(Duration.ofSeconds(2));
    private static final Duration SHORT = Duration.ofMillis(700);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private MemoryBudget budget = MemoryBudget.ofHeap();
    private @Nullable HttpService service;

    @AfterEach
    void stop() throws IOException {
        client.close();
        if (service != null) {
            service.close();
        }
    }

    private URI start(ServeOptions options, Component guest) throws IOException {
        return start(options, guest, StoreLimits.DEFAULT);
    }

    private URI start(ServeOptions options, Component guest, StoreLimits limits) throws IOException {
        var runtime = Runtime.create().withMemoryBudget(budget);
        var started = HttpService.start(options, ComponentHandler.of(runtime, guest, WasiConfig.NOTHING, limits));
        service = started;
        return started.uri();
    }

    private CompletableFuture<HttpResponse<String>> ask(URI uri) {
        return client.sendAsync(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    private int status(URI uri) {
        return ask(uri).join().statusCode();
    }

    /** How often each status came. */
    private TreeMap<Integer, Integer> statuses(URI uri, int requests) {
        var all = new ArrayList<CompletableFuture<HttpResponse<String>>>();
        for (int i = 0; i < requests; i++) {
            all.add(ask(uri));
        }
        var counts = new TreeMap<Integer, Integer>();
        all.forEach(each -> counts.merge(each.join().statusCode(), 1, Integer::sum));
        return counts;
    }

    private static final String HUNGRY = """
              ;; g: grows by a megabyte and sleeps; traps if it is refused; e: grows until it is refused, and answers
              (func $handle (param $request i32) (param $out i32)
                (local $what i32)
                (local.set $what (call $what (local.get $request)))
                (if (i32.eq (local.get $what) (i32.const 0x67)) (then
                  (if (i32.eq (memory.grow (i32.const 16)) (i32.const -1)) (then unreachable))
                  (memory.fill (i32.const 131072) (i32.const 7) (i32.const 1048576))
                  (call $sleep (i64.const 50))))
                (if (i32.eq (local.get $what) (i32.const 0x65)) (then
                  (block $full (loop $more
                    (br_if $full (i32.eq (memory.grow (i32.const 16)) (i32.const -1)))
                    (br $more)))))
                (call $answer (local.get $out) (i32.const 200)))
            """;

    @Test
    void theMemoryOfAllGuestsIsBoundedAndThoseBeyondWait() throws Exception {
        budget = MemoryBudget.of(64 << 20);
        URI uri = start(FREE_PORT.withQueue(1000, Duration.ofSeconds(60)), Guest.of(HUNGRY));
        // what a life needs is known from the one before
        assertEquals(200, status(uri.resolve("/g")));
        assertEquals(new TreeMap<>(Map.of(200, 400)), statuses(uri.resolve("/g"), 400));
        assertTrue(budget.used() <= budget.most(), budget::toString);
        Objects.requireNonNull(service).close();
        assertEquals(0, budget.used());
    }

    @Test
    void whoWaitsTooLongForMemoryGets503() throws Exception {
        budget = MemoryBudget.of(8 << 20);
        URI uri = start(FREE_PORT.withQueue(1000, Duration.ofMillis(20)), Guest.of(HUNGRY));
        var counts = statuses(uri.resolve("/g"), 100);
        assertTrue(counts.getOrDefault(200, 0) > 0 && counts.getOrDefault(503, 0) > 0, counts::toString);
        assertEquals(100, counts.get(200) + counts.get(503), counts::toString);
        var refused = ask(uri.resolve("/g")).join();
        assertTrue(refused.statusCode() == 200
                || refused.headers().firstValue("retry-after").isPresent());
    }

    @Test
    void growthWithoutEndIsRefusedAndTheOthersAreServed() throws Exception {
        budget = MemoryBudget.of(64 << 20);
        URI uri = start(FREE_PORT.withQueue(1000, Duration.ofSeconds(60)), Guest.of(HUNGRY));
        for (int i = 0; i < 3; i++) {
            assertEquals(200, status(uri.resolve("/e")));
            assertEquals(200, status(uri.resolve("/n")));
        }
        assertEquals(new TreeMap<>(Map.of(200, 50)), statuses(uri.resolve("/e"), 50));
    }

    @Test
    void loopsAreEndedByTheTimeLimitAndLeaveTheOthersRoom() throws Exception {
        URI uri = start(FREE_PORT.withRequestTime(Duration.ofSeconds(3)), Guest.of("""
              (func $handle (param $request i32) (param $out i32)
                (if (i32.eq (call $what (local.get $request)) (i32.const 0x6c)) (then (loop $ever (br $ever))))
                (call $answer (local.get $out) (i32.const 200)))
            """));
        assertEquals(200, status(uri));
        var loops = new ArrayList<CompletableFuture<HttpResponse<String>>>();
        for (int i = 0; i < 2 * java.lang.Runtime.getRuntime().availableProcessors(); i++) {
            loops.add(ask(uri.resolve("/l")));
        }
        int answered = 0;
        while (loops.stream().noneMatch(CompletableFuture::isDone)) {
            assertEquals(200, status(uri.resolve("/n")));
            answered++;
        }
        assertTrue(answered > 5, "only " + answered + " requests were answered beside loops");
        loops.forEach(loop -> assertEquals(504, loop.join().statusCode()));
        assertEquals(200, status(uri));
    }

    /** Where a guest can be besides its function: each of these never ends. */
    private static List<Component> endless() {
        String handle = """
                  (func $handle (param $request i32) (param $out i32)
                    (drop (call $what (local.get $request)))
                    (call $answer (local.get $out) (i32.const 200)))
                """;
        return List.of(
                Guest.of(handle + "(func $begin (loop $ever (br $ever))) (start $begin)"),
                Guest.withRealloc(handle + """
                    (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
                      (loop $ever (br $ever)) (i32.const 0))
                    """));
    }

    @Test
    void theTimeLimitHoldsWhereverAGuestIs() throws Exception {
        for (Component guest : endless()) {
            URI uri = start(FREE_PORT.withRequestTime(SHORT), guest);
            assertEquals(new TreeMap<>(Map.of(504, 6)), statuses(uri, 6));
            Objects.requireNonNull(service).close();
        }
    }

    private static final String GREEDY = """
              (func $many-fields (loop $more
                (call $append (call $fields) (i32.const 1024) (i32.const 1) (i32.const 2048) (i32.const 4096) (i32.const 0))
                (br $more)))
              (func $big-fields (local $f i32) (local.set $f (call $fields)) (loop $more
                (call $append (local.get $f) (i32.const 1024) (i32.const 1) (i32.const 2048) (i32.const 4096) (i32.const 0))
                (br $more)))
              (func $many-bodies (loop $more
                (call $body (call $response (call $fields)) (i32.const 0))
                (call $write-body (i32.load (i32.const 4)) (i32.const 16))
                (call $check-write (i32.load (i32.const 20)) (i32.const 32))
                (call $write (i32.load (i32.const 20)) (i32.const 2048) (i32.const 30000) (i32.const 0))
                (br $more)))
              (func $many-pollables (loop $more (drop (call $after (i64.const 1))) (br $more)))
              (func $handle (param $request i32) (param $out i32)
                (local $what i32)
                (local.set $what (call $what (local.get $request)))
                (memory.fill (i32.const 1024) (i32.const 0x61) (i32.const 65536))
                (if (i32.eq (local.get $what) (i32.const 0x66)) (then (call $many-fields)))
                (if (i32.eq (local.get $what) (i32.const 0x67)) (then (call $big-fields)))
                (if (i32.eq (local.get $what) (i32.const 0x62)) (then (call $many-bodies)))
                (if (i32.eq (local.get $what) (i32.const 0x70)) (then (call $many-pollables)))
                (call $answer (local.get $out) (i32.const 200)))
            """;

    @Test
    void whatTheHostKeepsForAGuestIsBounded() throws Exception {
        budget = MemoryBudget.of(1 << 30);
        URI uri = start(FREE_PORT, Guest.of(GREEDY), StoreLimits.DEFAULT.withHandles(10_000));
        for (String greed : List.of("/f", "/g", "/b", "/p")) {
            assertEquals(new TreeMap<>(Map.of(500, 20)), statuses(uri.resolve(greed), 20), greed);
            assertEquals(200, status(uri.resolve("/n")), greed);
        }
        Objects.requireNonNull(service).close();
        assertEquals(0, budget.used());
    }

    /** Each string stands at 1024 and every 64 bytes from there, behind its length. */
    private static String strings(List<String> strings) {
        var data = new StringBuilder();
        for (int i = 0; i < strings.size(); i++) {
            byte[] bytes = strings.get(i).getBytes(ISO_8859_1);
            data.append("(data (i32.const ").append(1024 + 64 * i).append(") \"");
            data.append(String.format("\\%02x\\00\\00\\00", bytes.length));
            for (byte each : bytes) {
                data.append(String.format("\\%02x", each));
            }
            data.append("\")\n");
        }
        return data.toString();
    }

    @Test
    void noGuestPutsLinesOfItsOwnIntoAMessage() throws Exception {
        var evil = List.of(
                "a\r\nb: c",
                "a\nb",
                "a\rb",
                "a\0b",
                "/ HTTP/1.1\r\nHost: b\r\n\r\nGET /",
                "\r\n",
                "a b\r\n\r\nGET / HTTP/1.1",
                "a\u007f\n");
        // counts what is taken of each as a name, a value, a method, a path, an authority, a scheme
        URI uri = start(FREE_PORT, Guest.of(strings(evil) + """
              (func $handle (param $request i32) (param $out i32)
                (local $i i32) (local $at i32) (local $length i32) (local $f i32) (local $r i32) (local $taken i32)
                (local.set $f (call $fields))
                (local.set $r (call $request (call $fields)))
                (i32.store8 (i32.const 512) (i32.const 0x61))
                (loop $next
                  (local.set $at (i32.add (i32.const 1028) (i32.mul (local.get $i) (i32.const 64))))
                  (local.set $length (i32.load (i32.sub (local.get $at) (i32.const 4))))
                  (call $append (local.get $f) (local.get $at) (local.get $length) (i32.const 512) (i32.const 1) (i32.const 0))
                  (local.set $taken (i32.add (local.get $taken) (i32.eqz (i32.load8_u (i32.const 0)))))
                  (call $append (local.get $f) (i32.const 512) (i32.const 1) (local.get $at) (local.get $length) (i32.const 0))
                  (local.set $taken (i32.add (local.get $taken) (i32.eqz (i32.load8_u (i32.const 0)))))
                  (local.set $taken (i32.add (local.get $taken) (i32.eqz
                    (call $set-method (local.get $r) (i32.const 9) (local.get $at) (local.get $length)))))
                  (local.set $taken (i32.add (local.get $taken) (i32.eqz
                    (call $set-path (local.get $r) (i32.const 1) (local.get $at) (local.get $length)))))
                  (local.set $taken (i32.add (local.get $taken) (i32.eqz
                    (call $set-authority (local.get $r) (i32.const 1) (local.get $at) (local.get $length)))))
                  (local.set $taken (i32.add (local.get $taken) (i32.eqz
                    (call $set-scheme (local.get $r) (i32.const 1) (i32.const 2) (local.get $at) (local.get $length)))))
                  (local.set $i (i32.add (local.get $i) (i32.const 1)))
                  (br_if $next (i32.lt_u (local.get $i) (i32.const COUNT))))
                (call $answer (local.get $out) (i32.add (i32.const 200) (local.get $taken))))
            """.replace("COUNT", String.valueOf(evil.size()))));
        assertEquals(200, status(uri), "200 and one for each that was taken");
    }
}

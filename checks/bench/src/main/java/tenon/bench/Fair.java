package tenon.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import tenon.text.Wat;

/** Whom guests hold up that take what they can get: requests beside loops, and a thousand at once in a small heap. */
final class Fair {
    private static final int SECONDS = 15;
    private static final int CLIENTS = 4;
    private static final int CROWD = 1_000;
    private static final int CORE_MODULE = 1;

    /** Answers with an empty 200, or loops if the path begins with {@code /l}. */
    private static final String GUEST = """
            (module
              (import "wasi:http/types@0.2.12" "[constructor]fields" (func $fields (result i32)))
              (import "wasi:http/types@0.2.12" "[method]incoming-request.path-with-query" (func $path (param i32 i32)))
              (import "wasi:http/types@0.2.12" "[constructor]outgoing-response" (func $response (param i32) (result i32)))
              (import "wasi:http/types@0.2.12" "[static]response-outparam.set"
                (func $set (param i32 i32 i32 i32 i64 i32 i32 i32 i32)))
              (memory (export "memory") 17)
              (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (i32.const 1024))
              (func (export "wasi:http/incoming-handler@0.2.12#handle") (param $request i32) (param $out i32)
                (call $path (local.get $request) (i32.const 64))
                (if (i32.eq (i32.load8_u (i32.const 1025)) (i32.const 0x6c)) (then (loop $ever (br $ever))))
                (call $set (local.get $out) (i32.const 0) (call $response (call $fields))
                  (i32.const 0) (i64.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0))))
            """;

    private Fair() {}

    /** The hello component with the core module above in the place of its own. */
    private static byte[] guest() throws IOException {
        byte[] hello = Files.readAllBytes(Path.of("examples/hello/hello.wasm"));
        byte[] module = Wat.parse("fair", GUEST);
        var made = new ByteArrayOutputStream();
        made.write(hello, 0, 8);
        boolean replaced = false;
        int at = 8;
        while (at < hello.length) {
            int id = hello[at];
            int length = 0;
            int content = at + 1;
            int shift = 0;
            do {
                length |= (hello[content] & 0x7f) << shift;
                shift += 7;
            } while (hello[content++] < 0);
            if (id == CORE_MODULE && !replaced) {
                replaced = true;
                made.write(CORE_MODULE);
                for (int rest = module.length; ; rest >>>= 7) {
                    made.write(rest < 0x80 ? rest : rest & 0x7f | 0x80);
                    if (rest < 0x80) {
                        break;
                    }
                }
                made.writeBytes(module);
            } else {
                made.write(hello, at, content + length - at);
            }
            at = content + length;
        }
        return made.toByteArray();
    }

    private static HttpRequest to(Server server, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .version(HttpClient.Version.HTTP_1_1)
                .timeout(Duration.ofMinutes(2))
                .build();
    }

    /** How long normal requests take, alone and beside twice as many loops as there are processors. */
    static void latencies(PrintStream out) throws IOException, InterruptedException {
        Path file = Files.createTempFile("fair", ".wasm");
        try (var client = HttpClient.newHttpClient()) {
            Files.write(file, guest());
            var command = List.of("./tenon", "serve", file.toString(), "--timeout", "10m", "--addr");
            try (Server server = Server.start(
                    port -> java.util.stream.Stream.concat(
                                    command.stream(), java.util.stream.Stream.of("127.0.0.1:" + port))
                            .toList(),
                    "/")) {
                out.printf(
                        "%-16s%12s%10s%10s%10s%10s%n", "fair", "requests", "50 % ms", "90 % ms", "99 % ms", "most ms");
                measure(client, server, SECONDS);
                long alone = print(out, "alone", measure(client, server, SECONDS));
                int loops = 2 * Runtime.getRuntime().availableProcessors();
                for (int i = 0; i < loops; i++) {
                    client.sendAsync(to(server, "/l"), HttpResponse.BodyHandlers.discarding());
                }
                Thread.sleep(1000);
                long beside = print(out, "beside " + loops + " loops", measure(client, server, 2 * SECONDS));
                out.printf("ratio fair %.3f alone%n", (double) beside / alone);
                client.shutdownNow();
            }
        } finally {
            Files.delete(file);
        }
    }

    /** Nanoseconds of each request of some clients that ask one after the other, sorted. */
    private static long[] measure(HttpClient client, Server server, int seconds) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        var times = new ArrayList<Long>();
        var clients = new ArrayList<Thread>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(Thread.ofPlatform().start(() -> {
                try {
                    while (System.nanoTime() < end) {
                        long begun = System.nanoTime();
                        var answer = client.send(to(server, "/"), HttpResponse.BodyHandlers.discarding());
                        long time = System.nanoTime() - begun;
                        if (answer.statusCode() != 200) {
                            throw new IllegalStateException("status " + answer.statusCode());
                        }
                        synchronized (times) {
                            times.add(time);
                        }
                        // not as fast as can be: what is asked is how long one waits
                        Thread.sleep(2);
                    }
                } catch (IOException | InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }));
        }
        for (Thread each : clients) {
            each.join();
        }
        return times.stream().mapToLong(Long::longValue).sorted().toArray();
    }

    private static long print(PrintStream out, String name, long[] times) {
        long[] at = Arrays.stream(new int[] {50, 90, 99})
                .mapToLong(percent -> times[(int) ((long) times.length * percent / 100)])
                .toArray();
        out.printf(
                "%-16s%12d%10.2f%10.2f%10.2f%10.2f%n",
                name, times.length, at[0] / 1e6, at[1] / 1e6, at[2] / 1e6, times[times.length - 1] / 1e6);
        return at[2];
    }

    /** A thousand requests in flight, three times, served by guests that wait in between: how often each status came. */
    static void crowd(PrintStream out) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient();
                Server server = Server.start(
                        port -> List.of("./tenon", "serve", "examples/hello/hello.wasm", "--addr", "127.0.0.1:" + port),
                        "/")) {
            out.printf("%-16s%10s%10s  %s%n", "crowd", "seconds", "RSS MiB", "status: requests");
            for (int round = 0; round < 3; round++) {
                long begun = System.nanoTime();
                var all = new ArrayList<CompletableFuture<HttpResponse<Void>>>();
                for (int i = 0; i < CROWD; i++) {
                    all.add(client.sendAsync(to(server, "/slow"), HttpResponse.BodyHandlers.discarding()));
                }
                var counts = new TreeMap<Integer, Integer>();
                all.forEach(each -> counts.merge(each.join().statusCode(), 1, Integer::sum));
                out.printf(
                        "%-16d%10.1f%10d  %s%n",
                        CROWD, (System.nanoTime() - begun) / 1e9, server.residentKib() / 1024, counts);
            }
        }
    }
}

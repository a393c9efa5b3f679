package tenon.wasi;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import tenon.wasi.filesystem.Preopens;
import tenon.wasi.http.HttpBackend;
import tenon.wasi.http.HttpLimits;
import tenon.wasi.io.ByteSink;
import tenon.wasi.io.ByteSource;
import tenon.wasi.io.JavaSink;
import tenon.wasi.io.JavaSource;
import tenon.wasi.io.MemorySource;
import tenon.wasi.io.Readiness;
import tenon.wasi.sockets.NetworkPolicy;

/**
 * What guests get. Immutable; nothing is granted that is not named here.
 *
 * @param variables environment variables
 * @param arguments the first is the program's name
 * @param directories of the host
 * @param stdin makes the standard input of a Store
 * @param stdout makes the standard output of a Store
 * @param stderr makes the standard error of a Store
 * @param terminals which of the three are terminals
 * @param http where outgoing requests go
 * @param wallClock the time
 * @param limits what the host keeps and does for them at most
 * @param network what they may do with sockets
 * @param randomSeed makes all that is random come out the same in each Store; empty for bytes that nobody can guess
 */
public record WasiConfig(
        Map<String, String> variables,
        List<String> arguments,
        List<Preopens.Grant> directories,
        Function<Readiness, ByteSource> stdin,
        Function<Readiness, ByteSink> stdout,
        Function<Readiness, ByteSink> stderr,
        Terminals terminals,
        HttpBackend http,
        InstantSource wallClock,
        HttpLimits limits,
        NetworkPolicy network,
        OptionalLong randomSeed) {

    /** No variables, arguments, directories, input, requests, or sockets; output goes nowhere; the clock is the system's. */
    public static final WasiConfig NOTHING = new WasiConfig(
            Map.of(),
            List.of(),
            List.of(),
            _ -> new MemorySource(new byte[0]),
            _ -> new JavaSink(java.io.OutputStream.nullOutputStream()),
            _ -> new JavaSink(java.io.OutputStream.nullOutputStream()),
            new Terminals(false, false, false),
            HttpBackend.DENIED,
            InstantSource.system(),
            HttpLimits.DEFAULT,
            NetworkPolicy.NOTHING,
            OptionalLong.empty());

    public WasiConfig {
        variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
        arguments = List.copyOf(arguments);
        directories = List.copyOf(directories);
    }

    /** Which of the standard streams are terminals. */
    public record Terminals(boolean stdin, boolean stdout, boolean stderr) {}

    /** The same with one variable more. */
    public WasiConfig withEnv(String name, String value) {
        var more = new LinkedHashMap<>(variables);
        more.put(name, value);
        return with(draft -> draft.variables = more);
    }

    /** The same with other arguments; the first is the program's name. */
    public WasiConfig withArgs(List<String> to) {
        return with(draft -> draft.arguments = to);
    }

    /** The same with one directory more, which the guest may change. */
    public WasiConfig withDir(Path host, String guest) {
        return withDirectory(new Preopens.Grant(host, guest, false));
    }

    /** The same with one directory more, which the guest may only read. */
    public WasiConfig withReadOnlyDir(Path host, String guest) {
        return withDirectory(new Preopens.Grant(host, guest, true));
    }

    private WasiConfig withDirectory(Preopens.Grant grant) {
        var more = new ArrayList<>(directories);
        more.add(grant);
        return with(draft -> draft.directories = more);
    }

    /** The same with another standard input, which stays the caller's to close. */
    public WasiConfig withStdin(java.io.InputStream stream) {
        return withStdin(readiness -> new JavaSource(stream, readiness));
    }

    /** The same with another standard input. */
    public WasiConfig withStdin(Function<Readiness, ByteSource> to) {
        return with(draft -> draft.stdin = to);
    }

    /** The same with another standard output, which stays the caller's to close. */
    public WasiConfig withStdout(java.io.OutputStream stream) {
        return with(draft -> draft.stdout = _ -> new JavaSink(stream));
    }

    /** The same with another standard error, which stays the caller's to close. */
    public WasiConfig withStderr(java.io.OutputStream stream) {
        return with(draft -> draft.stderr = _ -> new JavaSink(stream));
    }

    /** The same with the standard output and the standard error of another. */
    public WasiConfig withOutputOf(WasiConfig other) {
        return with(draft -> {
            draft.stdout = other.stdout;
            draft.stderr = other.stderr;
        });
    }

    /** The same, telling the guest which standard streams are terminals. */
    public WasiConfig withTerminals(Terminals to) {
        return with(draft -> draft.terminals = to);
    }

    /** The same with another way out for HTTP requests. */
    public WasiConfig withHttp(HttpBackend to) {
        return with(draft -> draft.http = to);
    }

    /** The same with another wall clock. */
    public WasiConfig withWallClock(InstantSource to) {
        return with(draft -> draft.wallClock = to);
    }

    /** The same with other limits. */
    public WasiConfig withLimits(HttpLimits to) {
        return with(draft -> draft.limits = to);
    }

    /** The same with sockets for what {@code to} allows. */
    public WasiConfig withNetwork(NetworkPolicy to) {
        return with(draft -> draft.network = to);
    }

    /** The same with all that is random made of a seed: for tests, and for runs that are to come out the same. */
    public WasiConfig withRandomSeed(long seed) {
        return with(draft -> draft.randomSeed = OptionalLong.of(seed));
    }

    private WasiConfig with(Consumer<Draft> change) {
        var draft = new Draft(this);
        change.accept(draft);
        return draft.config();
    }

    /** A copy while one thing in it is changed. */
    private static final class Draft {
        private Map<String, String> variables;
        private List<String> arguments;
        private List<Preopens.Grant> directories;
        private Function<Readiness, ByteSource> stdin;
        private Function<Readiness, ByteSink> stdout;
        private Function<Readiness, ByteSink> stderr;
        private Terminals terminals;
        private HttpBackend http;
        private InstantSource wallClock;
        private HttpLimits limits;
        private NetworkPolicy network;
        private OptionalLong randomSeed;

        Draft(WasiConfig of) {
            variables = of.variables;
            arguments = of.arguments;
            directories = of.directories;
            stdin = of.stdin;
            stdout = of.stdout;
            stderr = of.stderr;
            terminals = of.terminals;
            http = of.http;
            wallClock = of.wallClock;
            limits = of.limits;
            network = of.network;
            randomSeed = of.randomSeed;
        }

        WasiConfig config() {
            return new WasiConfig(
                    variables,
                    arguments,
                    directories,
                    stdin,
                    stdout,
                    stderr,
                    terminals,
                    http,
                    wallClock,
                    limits,
                    network,
                    randomSeed);
        }
    }
}

package tenon.wasi;

import java.util.SplittableRandom;
import tenon.runtime.Linker;
import tenon.runtime.Store;
import tenon.wasi.cli.Environment;
import tenon.wasi.cli.Exit;
import tenon.wasi.cli.StandardOutput;
import tenon.wasi.cli.Stdin;
import tenon.wasi.cli.Terminal;
import tenon.wasi.clocks.MonotonicClock;
import tenon.wasi.clocks.WallClock;
import tenon.wasi.filesystem.FilesystemTypes;
import tenon.wasi.filesystem.Opened;
import tenon.wasi.filesystem.Preopens;
import tenon.wasi.http.HttpTypes;
import tenon.wasi.http.OutgoingHandler;
import tenon.wasi.io.IoError;
import tenon.wasi.io.Poll;
import tenon.wasi.io.Readiness;
import tenon.wasi.io.Streams;
import tenon.wasi.random.Insecure;
import tenon.wasi.random.InsecureSeed;
import tenon.wasi.random.Random;
import tenon.wasi.sockets.InstanceNetwork;
import tenon.wasi.sockets.IpNameLookup;
import tenon.wasi.sockets.NetworkTypes;
import tenon.wasi.sockets.Sockets;
import tenon.wasi.sockets.Tcp;
import tenon.wasi.sockets.TcpCreateSocket;
import tenon.wasi.sockets.Udp;
import tenon.wasi.sockets.UdpCreateSocket;

/** Offers WASI 0.2.12 to a Linker. Immutable. */
public final class Wasi {
    private Wasi() {}

    /** Offers all that a {@code wasi:cli/command} and a {@code wasi:http/proxy} import. */
    public static void define(Linker linker, WasiConfig config) {
        io(linker);
        clocksAndRandom(linker, config);
        cli(linker, config);
        linker.define(FilesystemTypes.INTERFACE, _ -> new FilesystemTypes());
        linker.define(
                Preopens.INTERFACE,
                store -> new Preopens(
                        readiness(store), store.get(Opened.class, _ -> new Opened()), config.directories()));
        linker.define(HttpTypes.INTERFACE, store -> new HttpTypes(readiness(store), config.limits()));
        linker.define(OutgoingHandler.INTERFACE, store -> outgoing(store, config));
        sockets(linker, config);
    }

    private static void sockets(Linker linker, WasiConfig config) {
        linker.define(NetworkTypes.INTERFACE, _ -> new NetworkTypes());
        linker.define(InstanceNetwork.INTERFACE, _ -> new InstanceNetwork());
        linker.define(Tcp.INTERFACE, _ -> new Tcp());
        linker.define(TcpCreateSocket.INTERFACE, store -> new TcpCreateSocket(sockets(store), config.network()));
        linker.define(Udp.INTERFACE, _ -> new Udp());
        linker.define(UdpCreateSocket.INTERFACE, store -> new UdpCreateSocket(sockets(store), config.network()));
        linker.define(IpNameLookup.INTERFACE, store -> new IpNameLookup(sockets(store), config.network()));
    }

    private static Sockets sockets(Store store) {
        return store.get(Sockets.class, _ -> new Sockets(readiness(store)));
    }

    /** Of its own for each config: components of one store may have been granted different things. */
    private static OutgoingHandler outgoing(Store store, WasiConfig config) {
        var handler = new OutgoingHandler(
                readiness(store), config.http(), config.limits().outgoingRequests());
        store.onClose(handler);
        return handler;
    }

    /** Where the guests of a store wait. */
    public static Readiness readiness(Store store) {
        return store.get(Readiness.class, _ -> adopted(store, new Readiness()));
    }

    /** Has the guests of a store that is new wait at {@code readiness}. */
    public static void waitAt(Store store, Readiness readiness) {
        store.get(Readiness.class, _ -> adopted(store, readiness));
    }

    private static Readiness adopted(Store store, Readiness readiness) {
        readiness.endWhen(store::isClosed);
        readiness.countIn(store.hostMemory());
        return readiness;
    }

    private static void io(Linker linker) {
        linker.define(IoError.INTERFACE, _ -> new IoError.Functions());
        linker.define(Poll.INTERFACE, store -> new Poll(readiness(store)));
        linker.define(Streams.INTERFACE, _ -> new Streams());
    }

    private static void clocksAndRandom(Linker linker, WasiConfig config) {
        linker.define(MonotonicClock.INTERFACE, store -> new MonotonicClock(readiness(store)));
        linker.define(WallClock.INTERFACE, _ -> new WallClock(config.wallClock()));
        if (config.randomSeed().isEmpty()) {
            linker.define(Random.INTERFACE, _ -> new Random());
            linker.define(Insecure.INTERFACE, _ -> new Insecure());
            linker.define(InsecureSeed.INTERFACE, _ -> new InsecureSeed());
        } else {
            long seed = config.randomSeed().getAsLong();
            linker.define(Random.INTERFACE, _ -> new Random(new SplittableRandom(seed)));
            linker.define(Insecure.INTERFACE, _ -> new Insecure(new SplittableRandom(seed + 1)));
            linker.define(InsecureSeed.INTERFACE, _ -> new InsecureSeed(new SplittableRandom(seed + 2)));
        }
    }

    private static void cli(Linker linker, WasiConfig config) {
        linker.define(Environment.INTERFACE, _ -> new Environment(config.variables(), config.arguments()));
        linker.define(Exit.INTERFACE, _ -> new Exit());
        linker.define(
                Stdin.INTERFACE,
                store -> new Stdin(readiness(store), config.stdin().apply(readiness(store))));
        linker.define(
                StandardOutput.STDOUT,
                store -> new StandardOutput(readiness(store), config.stdout().apply(readiness(store))));
        linker.define(
                StandardOutput.STDERR,
                store -> new StandardOutput(readiness(store), config.stderr().apply(readiness(store))));
        var terminals = config.terminals();
        var terminal = new Terminal(terminals.stdin(), terminals.stdout(), terminals.stderr());
        Terminal.INTERFACES.forEach(each -> linker.define(each, _ -> terminal));
    }
}

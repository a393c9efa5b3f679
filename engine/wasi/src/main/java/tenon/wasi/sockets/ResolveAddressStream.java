package tenon.wasi.sockets;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import tenon.runtime.value.Result;
import tenon.wasi.io.Children;
import tenon.wasi.io.Pollable;
import tenon.wasi.io.Readiness;

/** {@code wasi:sockets/ip-name-lookup.resolve-address-stream}. Confined to the Store, but for the thread that asks. */
public final class ResolveAddressStream implements AutoCloseable {
    private static final ExecutorService LOOKUPS = LookupThreads.start();

    private final Readiness readiness;
    private final Children pollables;
    private final AtomicReference<@Nullable Result<List<IpAddress>, ErrorCode>> answer = new AtomicReference<>();
    private @Nullable Iterator<IpAddress> rest;
    private volatile boolean dropped;

    private ResolveAddressStream(Readiness readiness) {
        this.readiness = readiness;
        this.pollables = new Children("resolve-address-stream", readiness);
    }

    /** Of an address, which needs no lookup. */
    static ResolveAddressStream of(Readiness readiness, InetAddress address) {
        var stream = new ResolveAddressStream(readiness);
        stream.answer.set(Result.ok(List.of(IpAddress.of(address))));
        return stream;
    }

    /** Asks for a name's addresses on a thread of its own; {@code over} is run there at the end. */
    static ResolveAddressStream asking(Readiness readiness, String name, Runnable over) {
        var stream = new ResolveAddressStream(readiness);
        Runnable asking = () -> {
            try {
                stream.answer.set(stream.dropped ? Result.err(ErrorCode.TEMPORARY_RESOLVER_FAILURE) : lookUp(name));
            } finally {
                over.run();
                readiness.signal();
            }
        };
        try {
            LOOKUPS.execute(asking);
        } catch (RejectedExecutionException _) {
            stream.answer.set(Result.err(ErrorCode.TEMPORARY_RESOLVER_FAILURE));
            over.run();
        }
        return stream;
    }

    private static Result<List<IpAddress>, ErrorCode> lookUp(String name) {
        try {
            return Result.ok(Arrays.stream(InetAddress.getAllByName(name))
                    .map(IpAddress::of)
                    .distinct()
                    .toList());
        } catch (UnknownHostException e) {
            boolean temporary = String.valueOf(e.getMessage()).contains("Temporary failure");
            return Result.err(temporary ? ErrorCode.TEMPORARY_RESOLVER_FAILURE : ErrorCode.NAME_UNRESOLVABLE);
        } catch (RuntimeException _) {
            // a name that the JDK takes for an ambiguous address
            return Result.err(ErrorCode.PERMANENT_RESOLVER_FAILURE);
        }
    }

    Optional<IpAddress> resolveNextAddress() throws RefusedException {
        switch (answer.get()) {
            case null -> throw new RefusedException(ErrorCode.WOULD_BLOCK);
            case Result.Err<List<IpAddress>, ErrorCode>(ErrorCode code) -> throw new RefusedException(code);
            case Result.Ok<List<IpAddress>, ErrorCode>(List<IpAddress> addresses) -> {
                Iterator<IpAddress> left = rest == null ? addresses.iterator() : rest;
                rest = left;
                return left.hasNext() ? Optional.of(left.next()) : Optional.empty();
            }
        }
    }

    Pollable subscribe() {
        return Pollable.of(readiness, () -> answer.get() != null, pollables);
    }

    /** The destructor; a lookup that is under way ends by itself. */
    @Override
    public void close() {
        pollables.requireNone("dropped");
        dropped = true;
    }
}

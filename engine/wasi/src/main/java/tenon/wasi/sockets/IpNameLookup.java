package tenon.wasi.sockets;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandles;
import java.net.IDN;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import tenon.runtime.HostInterface;
import tenon.runtime.value.Result;
import tenon.wasi.io.Poll;
import tenon.wasi.io.Pollable;

/** {@code wasi:sockets/ip-name-lookup@0.2}. Confined to the Store. */
public final class IpNameLookup {
    /** The interface, for a Linker. */
    public static final HostInterface INTERFACE = HostInterface.of(
                    "wasi:sockets/ip-name-lookup@0.2.12", IpNameLookup.class, MethodHandles.lookup())
            .resourceOf("pollable", Poll.INTERFACE)
            .resourceOf("network", NetworkTypes.INTERFACE)
            .resource("resolve-address-stream", ResolveAddressStream.class)
            .function("resolve-addresses", "resolveAddresses", methodType(Result.class, Network.class, String.class))
            .function(
                    "[method]resolve-address-stream.resolve-next-address",
                    "resolveNextAddress",
                    methodType(Result.class, ResolveAddressStream.class))
            .function(
                    "[method]resolve-address-stream.subscribe",
                    "subscribe",
                    methodType(Pollable.class, ResolveAddressStream.class))
            .build();

    /** Labels of letters, digits, hyphens and, as is common, underscores (RFC 1035, section 2.3.1; RFC 1123, section 2.1). */
    private static final Pattern NAME = Pattern.compile(
            "(?=.{1,253}\\.?$)[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*\\.?");

    /** No name of 253 letters in ASCII is longer in any other spelling; nothing else is looked at closely. */
    private static final int LONGEST = 1_000;

    private final Sockets sockets;
    private final NetworkAccess access;

    /** Looks up what {@code policy} allows; lookups that are under way are counted in {@code sockets}. */
    public IpNameLookup(Sockets sockets, NetworkPolicy policy) {
        this.sockets = sockets;
        this.access = new NetworkAccess(policy);
    }

    /** {@code resolve-addresses}. */
    Result<ResolveAddressStream, ErrorCode> resolveAddresses(Network network, String name) {
        return Attempt.tried(() -> resolve(name));
    }

    private ResolveAddressStream resolve(String name) throws RefusedException {
        if (name.length() > LONGEST) {
            throw new RefusedException(ErrorCode.INVALID_ARGUMENT);
        }
        Optional<InetAddress> literal = literal(name);
        if (literal.isPresent()) {
            return ResolveAddressStream.of(sockets.readiness(), literal.get());
        }
        String ascii = ascii(name);
        access.requireLookup(ascii);
        sockets.lookupBegins();
        return ResolveAddressStream.asking(sockets.readiness(), ascii, sockets::lookupEnds);
    }

    private static Optional<InetAddress> literal(String name) {
        try {
            return Optional.of(InetAddress.ofLiteral(name));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static String ascii(String name) throws RefusedException {
        try {
            String ascii = IDN.toASCII(name).toLowerCase(Locale.ROOT);
            if (NAME.matcher(ascii).matches()) {
                return ascii.endsWith(".") ? ascii.substring(0, ascii.length() - 1) : ascii;
            }
            throw new RefusedException(ErrorCode.INVALID_ARGUMENT);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(ErrorCode.INVALID_ARGUMENT, e);
        }
    }

    /** {@code resolve-next-address}. */
    Result<Optional<IpAddress>, ErrorCode> resolveNextAddress(ResolveAddressStream stream) {
        return Attempt.tried(stream::resolveNextAddress);
    }

    /** {@code subscribe}. */
    Pollable subscribe(ResolveAddressStream stream) {
        return stream.subscribe();
    }
}

package tenon.wasi.sockets;

import java.io.IOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.NetworkChannel;
import jdk.net.ExtendedSocketOptions;

/**
 * Options of a socket, as WASI counts them and as the JDK sets them. Immutable.
 *
 * <p>Differences from the specification: the JDK cannot set {@code hop-limit}, which is {@code not-supported}.
 */
final class Options {
    private static final long SECOND = 1_000_000_000L;

    /** What Linux takes at most, in seconds. */
    private static final int LONGEST_SECONDS = 32_767;

    private static final int MOST_PROBES = 127;

    private Options() {}

    /** {@code keep-alive-enabled}. */
    static boolean keepAlive(NetworkChannel channel) throws RefusedException {
        return get(channel, StandardSocketOptions.SO_KEEPALIVE);
    }

    static void setKeepAlive(NetworkChannel channel, boolean to) throws RefusedException {
        set(channel, StandardSocketOptions.SO_KEEPALIVE, to);
    }

    /** {@code keep-alive-idle-time}, in nanoseconds. */
    static long keepAliveIdle(NetworkChannel channel) throws RefusedException {
        return get(channel, ExtendedSocketOptions.TCP_KEEPIDLE) * SECOND;
    }

    static void setKeepAliveIdle(NetworkChannel channel, long nanos) throws RefusedException {
        set(channel, ExtendedSocketOptions.TCP_KEEPIDLE, seconds(nanos));
    }

    /** {@code keep-alive-interval}, in nanoseconds. */
    static long keepAliveInterval(NetworkChannel channel) throws RefusedException {
        return get(channel, ExtendedSocketOptions.TCP_KEEPINTERVAL) * SECOND;
    }

    static void setKeepAliveInterval(NetworkChannel channel, long nanos) throws RefusedException {
        set(channel, ExtendedSocketOptions.TCP_KEEPINTERVAL, seconds(nanos));
    }

    /** {@code keep-alive-count}. */
    static int keepAliveCount(NetworkChannel channel) throws RefusedException {
        return get(channel, ExtendedSocketOptions.TCP_KEEPCOUNT);
    }

    static void setKeepAliveCount(NetworkChannel channel, int to) throws RefusedException {
        set(channel, ExtendedSocketOptions.TCP_KEEPCOUNT, (int) clamp(Integer.toUnsignedLong(to), MOST_PROBES));
    }

    /** {@code receive-buffer-size}, in bytes. */
    static long receiveBuffer(NetworkChannel channel) throws RefusedException {
        return get(channel, StandardSocketOptions.SO_RCVBUF);
    }

    static void setReceiveBuffer(NetworkChannel channel, long bytes) throws RefusedException {
        set(channel, StandardSocketOptions.SO_RCVBUF, (int) clamp(bytes, Integer.MAX_VALUE / 2));
    }

    /** {@code send-buffer-size}, in bytes. */
    static long sendBuffer(NetworkChannel channel) throws RefusedException {
        return get(channel, StandardSocketOptions.SO_SNDBUF);
    }

    static void setSendBuffer(NetworkChannel channel, long bytes) throws RefusedException {
        set(channel, StandardSocketOptions.SO_SNDBUF, (int) clamp(bytes, Integer.MAX_VALUE / 2));
    }

    /** {@code hop-limit} and {@code unicast-hop-limit}. */
    static byte hopLimit() throws RefusedException {
        throw new RefusedException(ErrorCode.NOT_SUPPORTED);
    }

    static void setHopLimit(byte to) throws RefusedException {
        throw new RefusedException(to == 0 ? ErrorCode.INVALID_ARGUMENT : ErrorCode.NOT_SUPPORTED);
    }

    /** Gives {@code to} what was set of {@code from}: what {@code accept} says is inherited. */
    static void copy(NetworkChannel from, NetworkChannel to) throws RefusedException {
        for (SocketOption<?> option : from.supportedOptions()) {
            if (option == StandardSocketOptions.SO_KEEPALIVE
                    || option == StandardSocketOptions.SO_RCVBUF
                    || option == StandardSocketOptions.SO_SNDBUF
                    || option == ExtendedSocketOptions.TCP_KEEPIDLE
                    || option == ExtendedSocketOptions.TCP_KEEPINTERVAL
                    || option == ExtendedSocketOptions.TCP_KEEPCOUNT) {
                copy(option, from, to);
            }
        }
    }

    private static <T> void copy(SocketOption<T> option, NetworkChannel from, NetworkChannel to)
            throws RefusedException {
        T value = get(from, option);
        if (to.supportedOptions().contains(option) && !value.equals(get(to, option))) {
            set(to, option, value);
        }
    }

    /** Whole seconds, at least 1, as the specification lets us round. */
    private static int seconds(long nanos) throws RefusedException {
        long whole = Long.divideUnsigned(nanos, SECOND) + (Long.remainderUnsigned(nanos, SECOND) == 0 ? 0 : 1);
        return (int) clamp(nanos == 0 ? 0 : whole, LONGEST_SECONDS);
    }

    /** An unsigned number that is not 0, but no more than {@code most}. */
    private static long clamp(long value, long most) throws RefusedException {
        if (value == 0) {
            throw new RefusedException(ErrorCode.INVALID_ARGUMENT);
        }
        return Long.compareUnsigned(value, most) > 0 ? most : value;
    }

    private static <T> T get(NetworkChannel channel, SocketOption<T> option) throws RefusedException {
        try {
            return channel.getOption(option);
        } catch (UnsupportedOperationException e) {
            throw new RefusedException(ErrorCode.NOT_SUPPORTED, e);
        } catch (IOException e) {
            throw new RefusedException(e);
        }
    }

    private static <T> void set(NetworkChannel channel, SocketOption<T> option, T value) throws RefusedException {
        try {
            channel.setOption(option, value);
        } catch (UnsupportedOperationException e) {
            throw new RefusedException(ErrorCode.NOT_SUPPORTED, e);
        } catch (IOException e) {
            throw new RefusedException(e);
        }
    }
}

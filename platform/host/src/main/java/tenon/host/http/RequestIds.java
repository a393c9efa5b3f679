package tenon.host.http;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

/** Names for requests: unlike each other, and unlike those of another process. Thread-safe. */
public final class RequestIds {
    private static final AtomicLong NEXT = new AtomicLong(new SecureRandom().nextLong());

    private RequestIds() {}

    /** 16 hexadecimal digits. */
    public static String next() {
        long n = NEXT.getAndIncrement();
        // the multiplier of SplittableRandom: neighbours look unlike each other
        return HexFormat.of().toHexDigits(n * 0x9E3779B97F4A7C15L);
    }
}

package tenon.wasi.random;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandles;
import java.security.SecureRandom;
import java.util.random.RandomGenerator;
import tenon.core.Trap;
import tenon.core.TrapKind;
import tenon.runtime.HostInterface;

/**
 * {@code wasi:random/random@0.2}: bytes that nobody can guess. Thread-safe if its generator is.
 */
public final class Random {
    /** The interface, for a Linker. */
    public static final HostInterface INTERFACE = HostInterface.of(
                    "wasi:random/random@0.2.12", Random.class, MethodHandles.lookup())
            .function("get-random-bytes", "getRandomBytes", methodType(byte[].class, long.class))
            .function("get-random-u64", "getRandomU64", methodType(long.class))
            .build();

    /** The most bytes of one call: a guest must not make the host allocate without end. */
    static final int MOST_BYTES = 16 << 20;

    private static final SecureRandom SYSTEM = new SecureRandom();

    private final RandomGenerator generator;

    /** The platform's generator for keys. */
    public Random() {
        this(SYSTEM);
    }

    /** Another generator; a test's, say. */
    public Random(RandomGenerator generator) {
        this.generator = generator;
    }

    /** {@code get-random-bytes}: traps beyond 16 MiB. */
    public byte[] getRandomBytes(long length) {
        return bytes(generator, length, "get-random-bytes");
    }

    /** {@code get-random-u64}. */
    public long getRandomU64() {
        return generator.nextLong();
    }

    static byte[] bytes(RandomGenerator generator, long length, String function) {
        if (Long.compareUnsigned(length, MOST_BYTES) > 0) {
            throw new Trap(
                    TrapKind.HOST,
                    "`" + function + "` was asked for " + Long.toUnsignedString(length) + " bytes, expected at most "
                            + MOST_BYTES);
        }
        byte[] bytes = new byte[(int) length];
        generator.nextBytes(bytes);
        return bytes;
    }
}

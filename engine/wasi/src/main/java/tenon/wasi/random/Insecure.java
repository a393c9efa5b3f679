package tenon.wasi.random;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandles;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import tenon.runtime.HostInterface;

/** {@code wasi:random/insecure@0.2}: quick bytes that must not protect anything. Confined to the Store. */
public final class Insecure {
    /** The interface, for a Linker. */
    public static final HostInterface INTERFACE = HostInterface.of(
                    "wasi:random/insecure@0.2.12", Insecure.class, MethodHandles.lookup())
            .function("get-insecure-random-bytes", "getInsecureRandomBytes", methodType(byte[].class, long.class))
            .function("get-insecure-random-u64", "getInsecureRandomU64", methodType(long.class))
            .build();

    private final RandomGenerator generator;

    /** A generator of its own. */
    public Insecure() {
        this(new SplittableRandom());
    }

    /** Another generator; a test's, say. */
    public Insecure(RandomGenerator generator) {
        this.generator = generator;
    }

    /** {@code get-insecure-random-bytes}: traps beyond 16 MiB. */
    public byte[] getInsecureRandomBytes(long length) {
        return Random.bytes(generator, length, "get-insecure-random-bytes");
    }

    /** {@code get-insecure-random-u64}. */
    public long getInsecureRandomU64() {
        return generator.nextLong();
    }
}

package tenon.wasi.random;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandles;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import tenon.runtime.HostInterface;

/** {@code wasi:random/insecure-seed@0.2}: a seed against flooding of hash tables; the same for a Store's life. Immutable. */
public final class InsecureSeed {
    /** The interface, for a Linker. */
    public static final HostInterface INTERFACE = HostInterface.of(
                    "wasi:random/insecure-seed@0.2.12", InsecureSeed.class, MethodHandles.lookup())
            .function("insecure-seed", "insecureSeed", methodType(Seed.class))
            .build();

    private final Seed seed;

    /** A seed of its own. */
    public InsecureSeed() {
        this(new SplittableRandom());
    }

    /** A seed from another generator; a test's, say. */
    public InsecureSeed(RandomGenerator generator) {
        this.seed = new Seed(generator.nextLong(), generator.nextLong());
    }

    /** {@code insecure-seed}. */
    public Seed insecureSeed() {
        return seed;
    }

    /** The 128 bits. Immutable. */
    public record Seed(long first, long second) {}
}

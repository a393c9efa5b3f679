package tenon.conformance.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import tenon.types.TenonException;

/**
 * Feeds mutants of seeds to something that reads: it may refuse them with an error of ours, and nothing else may come out of it; it takes
 * bounded time, and allocates no more than a multiple of the input's size. The same seed gives the same mutants. What fails is kept as a
 * file in {@code target/fuzz}.
 *
 * <p>The system property {@code tenon.fuzz.times} makes the runs longer, {@code tenon.fuzz.seed} makes others of them.
 *
 * @param bytesPerByte how many bytes reading may allocate for each byte of input, beyond {@value #FREE} in all
 */
record Fuzzing(String name, int cases, int bytesPerByte) {
    private static final long LIMIT_MILLISECONDS = 10_000;
    private static final long FREE = 16 << 20;
    private static final int TIMES = Integer.getInteger("tenon.fuzz.times", 1);
    private static final long SEED = Long.getLong("tenon.fuzz.seed", 0x7e505);

    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** How a mutant is made. */
    interface Mutation {
        byte[] of(byte[] seed, Random random);
    }

    /** What reads; refuses by a {@link TenonException}. */
    interface Reader {
        void read(byte[] input);
    }

    /** How many mutants were accepted and refused, and what the worst of them took. */
    record Outcome(int accepted, int refused, long slowestMilliseconds, long mostPerByte) {}

    Outcome run(List<byte[]> seeds, Mutation mutation, Reader reader) {
        assertFalse(seeds.isEmpty(), "no seeds");
        var random = new Random(SEED ^ name.hashCode());
        int refused = 0;
        long slowest = 0;
        long most = 0;
        for (int i = 0; i < cases * TIMES; i++) {
            byte[] input = mutation.of(seeds.get(random.nextInt(seeds.size())), random);
            long start = System.nanoTime();
            long before = THREADS.getCurrentThreadAllocatedBytes();
            try {
                reader.read(input);
            } catch (TenonException _) {
                refused++;
            } catch (RuntimeException | Error e) {
                throw failure(i, input, "escaped: " + e, e);
            }
            long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
            long took = (System.nanoTime() - start) / 1_000_000;
            if (took > LIMIT_MILLISECONDS) {
                throw failure(i, input, "took " + took + " ms", null);
            }
            if (allocated > FREE + (long) bytesPerByte * input.length) {
                throw failure(i, input, "allocated " + allocated + " bytes for " + input.length, null);
            }
            slowest = Math.max(slowest, took);
            most = Math.max(most, (allocated - FREE / 4) / Math.max(input.length, 1));
        }
        return new Outcome(cases * TIMES - refused, refused, slowest, most);
    }

    private AssertionError failure(int number, byte[] input, String fact, @Nullable Throwable cause) {
        Path kept = Path.of("target", "fuzz", name + "-" + number);
        try {
            Files.createDirectories(kept.getParent());
            Files.write(kept, input);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String excerpt = new String(input, 0, Math.min(input.length, 500), ISO_8859_1);
        return new AssertionError(name + " " + number + " (kept in " + kept + ") " + fact + ": " + excerpt, cause);
    }
}

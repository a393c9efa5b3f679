package tenon.conformance.component;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tenon.component.ComponentDecoder;
import tenon.component.ComponentFeatures;
import tenon.component.World;
import tenon.types.TenonException;

/** Components with random mistakes end as worlds or with an error of ours, and soon. */
@Tag("suite")
class ComponentFuzzTest {
    private static final int CASES = 10_000;
    private static final long SEED = 0x7e404;
    private static final long LIMIT_MILLISECONDS = 5_000;

    /** Small ones of several toolchains first, so that most mistakes hit what belongs to the component and not to its core modules. */
    private static final List<String> SEEDS = List.of(
            "zig/zig-data-processor.wasm",
            "c/c-finance.wasm",
            "rust/rust-bare-finance.wasm",
            "rust/rust-bare-toolbox.wasm",
            "rust/rust-p3-http.wasm",
            "composed/composed-rust-teller-c-finance.wasm");

    private static final int SMALL = 3;

    @Test
    void mistakesNeverEscape() {
        List<byte[]> seeds = ComponentBinaries.required(SEEDS);
        var random = new Random(SEED);
        int refused = 0;
        long slowest = 0;
        for (int i = 0; i < CASES; i++) {
            int seed = random.nextInt(i % 10 == 0 ? seeds.size() : SMALL);
            byte[] mutated = mutate(seeds.get(seed), random);
            long start = System.nanoTime();
            refused += isRefused(mutated, i) ? 1 : 0;
            slowest = Math.max(slowest, (System.nanoTime() - start) / 1_000_000);
        }
        assertTrue(refused > CASES / 2, "only " + refused + " of " + CASES + " were refused");
        assertTrue(slowest < LIMIT_MILLISECONDS, "the slowest took " + slowest + " ms");
    }

    private static boolean isRefused(byte[] bytes, int number) {
        try {
            World.of(ComponentDecoder.decode(bytes, ComponentFeatures.ALL));
            return false;
        } catch (TenonException _) {
            return true;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError | AssertionError e) {
            throw new AssertionError("case " + number + " escaped", e);
        }
    }

    /** A cut, or a few changed bits or bytes; mostly outside of core modules, which stand in the front. */
    private static byte[] mutate(byte[] seed, Random random) {
        if (random.nextInt(4) == 0) {
            return Arrays.copyOf(seed, random.nextInt(seed.length));
        }
        byte[] bytes = seed.clone();
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            int tail = random.nextInt(3) == 0 ? bytes.length : Math.min(bytes.length, 6_000);
            int at = bytes.length - 1 - random.nextInt(tail);
            bytes[at] = random.nextBoolean() ? (byte) (bytes[at] ^ 1 << random.nextInt(8)) : (byte) random.nextInt();
        }
        return bytes;
    }
}

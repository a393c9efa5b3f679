package tenon.conformance.component;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tenon.component.ComponentFeatures;
import tenon.component.read.ComponentDecoder;
import tenon.runtime.LinkedComponent;
import tenon.runtime.Linker;
import tenon.runtime.Runtime;
import tenon.runtime.Store;
import tenon.runtime.StoreLimits;
import tenon.runtime.wave.WaveCall;
import tenon.types.Actor;
import tenon.types.TenonException;

/** Components with random mistakes are linked, instantiated and called, and whatever happens is an error of ours. */
@Tag("suite")
class BrokenGuestsTest {
    private static final int CASES = 500;
    private static final long SEED = 0x7e405;
    private static final long MOST_MEMORY = 64L << 20;
    private static final long PATIENCE_MILLISECONDS = 500;
    private static final List<String> SEEDS = List.of("c/c-finance.wasm", "rust/rust-bare-finance.wasm");

    private final Runtime runtime = Runtime.create();

    @Test
    void whatBreaksInAGuestStaysInTheGuest() {
        List<byte[]> seeds = ComponentBinaries.required(SEEDS);
        var random = new Random(SEED);
        int ended = 0;
        try (ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor()) {
            for (int i = 0; i < CASES; i++) {
                ended += run(mutate(seeds.get(i % seeds.size()), random), i, clock) ? 1 : 0;
            }
        }
        assertTrue(ended > CASES / 10, "only " + ended + " of " + CASES + " ran to their end");
    }

    /** True if the call returned. */
    private boolean run(byte[] bytes, int number, ScheduledExecutorService clock) {
        try {
            LinkedComponent linked = new Linker().link(runtime, ComponentDecoder.decode(bytes, ComponentFeatures.ALL));
            call(linked, clock);
            return true;
        } catch (TenonException error) {
            assertNotEquals(Actor.BUG, error.actor(), () -> "case " + number + ": " + error);
            return false;
        } catch (RuntimeException | Error e) {
            throw new AssertionError("case " + number + " escaped", e);
        }
    }

    private static void call(LinkedComponent linked, ScheduledExecutorService clock) {
        try (Store store = Store.open(StoreLimits.DEFAULT.withMemoryBytes(MOST_MEMORY))) {
            Future<?> end =
                    clock.schedule(() -> store.stop("time is up"), PATIENCE_MILLISECONDS, TimeUnit.MILLISECONDS);
            try {
                var instance = linked.instantiate(store);
                for (LinkedComponent.Export export : linked.exports()) {
                    if (export.name().equals("process")) {
                        var function = instance.func(export.interfaceName(), export.name());
                        var text = WaveCall.parse("process({id: \"1\", amount: 20000, currency: \"EUR\"})", "test");
                        function.call(text.arguments(function.type()));
                    }
                }
            } finally {
                end.cancel(false);
            }
        }
    }

    /** A cut now and then, mostly one or two changed bits or bytes, in the last part more often than in the first. */
    private static byte[] mutate(byte[] seed, Random random) {
        if (random.nextInt(20) == 0) {
            return Arrays.copyOf(seed, random.nextInt(seed.length));
        }
        byte[] bytes = seed.clone();
        int changes = 1 + random.nextInt(2);
        for (int i = 0; i < changes; i++) {
            int tail = random.nextBoolean() ? bytes.length : Math.min(bytes.length, 4_000);
            int at = bytes.length - 1 - random.nextInt(tail);
            bytes[at] = random.nextBoolean() ? (byte) (bytes[at] ^ 1 << random.nextInt(8)) : (byte) random.nextInt();
        }
        return bytes;
    }
}

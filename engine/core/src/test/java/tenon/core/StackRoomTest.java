package tenon.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StackRoomTest {
    private static final int ROUNDS = 3;

    /** What host code that needs stack looks like: a class whose initialiser calls deep. */
    static final class Fragile {
        static final int DEPTH = descend(200);

        private static int descend(int left) {
            return left == 0 ? 0 : 1 + descend(left - 1);
        }
    }

    private static MethodHandles.Lookup fragile() {
        try (var bytes = Fragile.class.getResourceAsStream("StackRoomTest$Fragile.class")) {
            return MethodHandles.lookup().defineHiddenClass(bytes.readAllBytes(), false);
        } catch (IOException | IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private static int descend(int depth, Runnable atTheBottom) {
        if (depth == 0) {
            atTheBottom.run();
            return 0;
        }
        return 1 + descend(depth - 1, atTheBottom);
    }

    private static boolean reaches(int depth, Runnable what) {
        try {
            return descend(depth, what) == depth;
        } catch (StackOverflowError _) {
            return false;
        }
    }

    private static int deepest(Runnable what) {
        int fits = 0;
        int tooDeep = 1_000_000;
        while (tooDeep - fits > 1) {
            int middle = (fits + tooDeep) >>> 1;
            if (reaches(middle, what)) {
                fits = middle;
            } else {
                tooDeep = middle;
            }
        }
        return fits;
    }

    @Test
    void aClassThatIsInitialisedBehindTheCheckIsNeverBroken() {
        int broken = 0;
        int initialised = 0;
        for (int round = 0; round < ROUNDS; round++) {
            int limit = deepest(() -> {});
            for (int depth = limit - 3000; depth < limit; depth += 10) {
                var lookup = fragile();
                boolean came = reaches(depth, () -> {
                    StackRoom.require();
                    initialise(lookup);
                });
                initialised += came ? 1 : 0;
                broken += isBroken(lookup) ? 1 : 0;
            }
        }
        assertEquals(0, broken);
        assertTrue(initialised > 0, "no depth at which the check passed");
    }

    /** The test above would be worth nothing if such classes did not break. */
    @Test
    void withoutTheCheckItIsBroken() {
        for (int round = 0; round < 100; round++) {
            // the frames get smaller as they are compiled, and the limit moves
            int limit = deepest(() -> {});
            for (int depth = limit - 3000; depth < limit; depth += 10) {
                var lookup = fragile();
                reaches(depth, () -> initialise(lookup));
                if (isBroken(lookup)) {
                    return;
                }
            }
        }
        fail("no class was broken");
    }

    private static void initialise(MethodHandles.Lookup lookup) {
        try {
            lookup.ensureInitialized(lookup.lookupClass());
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean isBroken(MethodHandles.Lookup lookup) {
        try {
            initialise(lookup);
            return false;
        } catch (NoClassDefFoundError _) {
            return true;
        }
    }
}

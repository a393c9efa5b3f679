package tenon.runtime.task;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Takes platform threads out of the way of guests: between two virtual threads the baton passes in less than a microsecond, between a
 * platform thread and a virtual one it takes thirty.
 */
final class Driver {
    private Driver() {}

    /** Has something done on a virtual thread: this one, or one that this one waits for. */
    static void drive(Runnable work) {
        if (Thread.currentThread().isVirtual()) {
            work.run();
            return;
        }
        var thrown = new AtomicReference<@Nullable Throwable>();
        Thread driver = Thread.ofVirtual().name("tenon-driver").start(() -> {
            try {
                work.run();
            } catch (Throwable e) {
                thrown.set(e);
            }
        });
        join(driver);
        Throwable failure = thrown.get();
        if (failure != null) {
            throw Driver.<RuntimeException>unchecked(failure);
        }
    }

    /** An interrupt is for whatever the other thread waits for, and is kept. */
    private static void join(Thread driver) {
        boolean interrupted = false;
        while (true) {
            try {
                driver.join();
                break;
            } catch (InterruptedException _) {
                interrupted = true;
                driver.interrupt();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> E unchecked(Throwable thrown) throws E {
        throw (E) thrown;
    }
}

package tenon.cli;

import java.util.concurrent.CountDownLatch;

/** Lets a command run until the process is told to end, and the process wait until the command has ended in order. Thread-safe. */
final class Ending implements AutoCloseable {
    private final CountDownLatch ended = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    Ending() {
        // the process ends when this hook does: not before requests in flight have finished
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            ended.countDown();
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
    }

    /** Returns when the process is told to end. */
    void await() throws InterruptedException {
        ended.await();
    }

    /** The command has ended. */
    @Override
    public void close() {
        closed.countDown();
    }
}

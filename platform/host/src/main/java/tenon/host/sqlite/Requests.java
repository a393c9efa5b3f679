package tenon.host.sqlite;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import tenon.host.sqlite.SqliteDatabase.Work;
import tenon.wasi.keyvalue.KeyValueException;

/**
 * What waits for a {@link Worker}; as many requests as guests wait, since each waits for its own. Thread-safe; {@code lock} guards the
 * list.
 */
final class Requests {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private final List<Request<?>> waiting = new ArrayList<>();
    private boolean closed;

    /** Waits until a worker has carried it out; throws what it failed with. */
    <T> T await(Work<T> work) {
        var request = new Request<>(work);
        add(request);
        try {
            return request.outcome.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof KeyValueException failure) {
                throw failure;
            }
            throw new KeyValueException("the store's database failed", e.getCause());
        }
    }

    private void add(Request<?> request) {
        lock.lock();
        try {
            if (closed) {
                throw new KeyValueException("the store is closed", null);
            }
            waiting.add(request);
            more.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Takes at most so many, at least one; none when this is closed and empty. */
    List<Request<?>> take(int most) {
        lock.lock();
        try {
            while (waiting.isEmpty() && !closed) {
                more.awaitUninterruptibly();
            }
            var first = waiting.subList(0, Math.min(most, waiting.size()));
            var taken = List.copyOf(first);
            first.clear();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** One caller's work and what became of it. Thread-safe. */
    static final class Request<T> {
        private final Work<T> work;
        private final CompletableFuture<T> outcome = new CompletableFuture<>();

        Request(Work<T> work) {
            this.work = work;
        }

        /** Carries it out; what it gives is told the caller when {@code told} is run. */
        Runnable in(Session session) throws java.sql.SQLException {
            try {
                T value = work.in(session);
                return () -> outcome.complete(value);
            } catch (KeyValueException refused) {
                return () -> outcome.completeExceptionally(refused);
            }
        }

        void fail(Throwable reason) {
            outcome.completeExceptionally(reason);
        }
    }
}

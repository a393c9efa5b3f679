package tenon.host.sqlite;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import tenon.host.sqlite.Requests.Request;

/** A thread with its session, which carries out requests until they are closed. */
final class Worker {
    private static final Logger LOG = System.getLogger("tenon.host.sqlite");

    /** Changes in one transaction. */
    private static final int MOST = 512;

    private final Session session;
    private final Requests requests;
    private final Thread thread;

    private Worker(String name, Session session, Requests requests, boolean writes) {
        this.session = session;
        this.requests = requests;
        this.thread = Thread.ofPlatform().name(name).daemon().start(() -> work(writes));
    }

    static Worker writing(String name, Session session, Requests requests) {
        return new Worker(name, session, requests, true);
    }

    static Worker reading(String name, Session session, Requests requests) {
        return new Worker(name, session, requests, false);
    }

    Requests requests() {
        return requests;
    }

    private void work(boolean writes) {
        for (var taken = requests.take(writes ? MOST : 1); !taken.isEmpty(); taken = requests.take(writes ? MOST : 1)) {
            try {
                if (writes) {
                    write(taken);
                } else {
                    taken.getFirst().in(session).run();
                }
            } catch (Throwable failure) { // a caller that is not told would wait for ever
                taken.forEach(request -> request.fail(failure));
            }
        }
        try {
            session.close();
        } catch (SQLException e) {
            LOG.log(Level.WARNING, "database was not closed in order", e);
        }
    }

    /** All in one transaction; if that fails each in its own, so that one which cannot be done takes no other with it. */
    private void write(List<Request<?>> taken) {
        try {
            commit(taken);
        } catch (Throwable failure) { // of one caller's work, perhaps, whatever it was
            if (taken.size() == 1) {
                taken.getFirst().fail(failure);
                return;
            }
            for (Request<?> request : taken) {
                write(List.of(request));
            }
        }
    }

    private void commit(List<Request<?>> taken) throws SQLException {
        var tellings = new ArrayList<Runnable>();
        session.begin();
        try {
            for (Request<?> request : taken) {
                tellings.add(request.in(session));
            }
            session.commit();
        } catch (Throwable failure) {
            rollBack(failure);
            throw failure;
        }
        tellings.forEach(Runnable::run);
    }

    private void rollBack(Throwable reason) {
        try {
            session.rollBack();
        } catch (SQLException e) {
            // SQLite has rolled back by itself after some errors, a full disk among them
            reason.addSuppressed(e);
        }
    }

    /** Carries out what waits, then ends the thread. */
    void close() {
        requests.close();
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

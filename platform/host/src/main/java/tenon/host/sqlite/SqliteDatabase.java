package tenon.host.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import tenon.wasi.keyvalue.KeyValueStore;

/**
 * A SQLite file with the stores of an application. Thread-safe; whoever opens it closes it.
 *
 * <p>Policy: SQLite is entered by threads of its own only, since a call of native code would hold a virtual thread's carrier while the
 * disk works. One of them writes: it carries out all changes that wait in one transaction, and tells each caller after the commit, so
 * that a thousand who wait share one wait for the disk. The others read, each in the state of the last commit.
 */
public final class SqliteDatabase implements AutoCloseable {
    private static final int READERS = 2;

    private final Path file;
    private final Worker writer;
    private final List<Worker> readers = new ArrayList<>();
    private final Requests reads = new Requests();

    private SqliteDatabase(Path file, Worker writer) {
        this.file = file;
        this.writer = writer;
    }

    /** What is done in a session; runs on another thread. */
    @FunctionalInterface
    interface Work<T> {
        T in(Session session) throws SQLException;
    }

    /**
     * Opens a file; makes it, and the folder that it lies in, if need be.
     *
     * @throws IOException if it cannot be made or is no database
     */
    public static SqliteDatabase open(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        String name = String.valueOf(file.getFileName());
        var opened = new ArrayList<Session>();
        try {
            opened.add(Session.writing(file));
            for (int i = 0; i < READERS; i++) {
                opened.add(Session.reading(file));
            }
        } catch (SQLException e) {
            var failure = new IOException("database `" + file + "` cannot be opened: " + e.getMessage(), e);
            opened.forEach(session -> close(session, failure));
            throw failure;
        }
        var database = new SqliteDatabase(
                file, Worker.writing("tenon-sqlite-writer " + name, opened.getFirst(), new Requests()));
        for (Session session : opened.subList(1, opened.size())) {
            database.readers.add(Worker.reading("tenon-sqlite-reader " + name, session, database.reads));
        }
        return database;
    }

    private static void close(Session session, Exception reason) {
        try {
            session.close();
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
    }

    /** The store with this label; it need not be there yet, and is used as long as this is open. */
    public KeyValueStore store(String label) {
        return new SqliteStore(this, label);
    }

    /** Where it lies. */
    public Path file() {
        return file;
    }

    <T> T read(Work<T> work) {
        return reads.await(work);
    }

    /** Returns when what was changed is on the disk. */
    <T> T write(Work<T> work) {
        return writer.requests().await(work);
    }

    /** Carries out what was asked for before, and refuses what is asked for from now on. */
    @Override
    public void close() {
        writer.close();
        readers.forEach(Worker::close);
    }
}

package tenon.host.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;

/** A connection and the statements that were prepared on it. Confined to its thread. */
final class Session implements AutoCloseable {
    private static final int BUSY_MILLIS = 5_000;

    /** The log is cut back to so much when it has been written into the database. */
    private static final int LOG_BYTES = 64 << 20;

    private static final String TABLE = """
            CREATE TABLE IF NOT EXISTS spin_key_value (
              store TEXT NOT NULL, key TEXT NOT NULL, value BLOB NOT NULL, PRIMARY KEY (store, key))""";

    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    private Session(Connection connection) {
        this.connection = connection;
    }

    /** One that may change the file, which it makes if need be; its transactions begin where {@link #begin} says so. */
    static Session writing(Path file) throws SQLException {
        var config = config();
        // a commit returns when the log lies on the disk: what was acknowledged outlives the process and the machine's
        // power
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.FULL);
        config.setJournalSizeLimit(LOG_BYTES);
        var session = new Session(config.createConnection("jdbc:sqlite:" + file));
        try {
            // where fsync does not reach the disk (macOS)
            session.run("PRAGMA fullfsync = 1");
            session.run("PRAGMA checkpoint_fullfsync = 1");
            session.run(TABLE);
            return session;
        } catch (SQLException e) {
            session.close();
            throw e;
        }
    }

    /** One that may not. */
    static Session reading(Path file) throws SQLException {
        var config = config();
        config.setReadOnly(true);
        return new Session(config.createConnection("jdbc:sqlite:" + file));
    }

    private static SQLiteConfig config() {
        var config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLIS);
        return config;
    }

    /** Takes the file's write lock. */
    void begin() throws SQLException {
        run("BEGIN IMMEDIATE");
    }

    void commit() throws SQLException {
        run("COMMIT");
    }

    void rollBack() throws SQLException {
        run("ROLLBACK");
    }

    private void run(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The statement {@code sql} with these parameters: text, bytes, or numbers. */
    PreparedStatement statement(String sql, Object... parameters) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
        }
        for (int i = 0; i < parameters.length; i++) {
            switch (parameters[i]) {
                case byte[] bytes -> statement.setBytes(i + 1, bytes);
                case Long number -> statement.setLong(i + 1, number);
                case String text -> statement.setString(i + 1, text);
                default -> throw new AssertionError("no parameter: " + parameters[i].getClass());
            }
        }
        return statement;
    }

    /** Carries out {@code sql} and gives the number of rows that it changed. */
    int update(String sql, Object... parameters) throws SQLException {
        return statement(sql, parameters).executeUpdate();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}

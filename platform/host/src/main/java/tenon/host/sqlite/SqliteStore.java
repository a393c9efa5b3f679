package tenon.host.sqlite;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import tenon.wasi.keyvalue.Counter;
import tenon.wasi.keyvalue.KeyValueStore;

/** The rows of one label. A cursor is the row's number, which no change of a value changes. Immutable. */
record SqliteStore(SqliteDatabase database, String label) implements KeyValueStore {
    private static final String GET = "SELECT value FROM spin_key_value WHERE store = ? AND key = ?";
    private static final String EXISTS = "SELECT 1 FROM spin_key_value WHERE store = ? AND key = ?";
    private static final String SET = "INSERT INTO spin_key_value (store, key, value) VALUES (?, ?, ?)"
            + " ON CONFLICT (store, key) DO UPDATE SET value = excluded.value";
    private static final String ADD =
            "INSERT INTO spin_key_value (store, key, value) VALUES (?, ?, ?)" + " ON CONFLICT (store, key) DO NOTHING";
    private static final String REPLACE =
            "UPDATE spin_key_value SET value = ? WHERE store = ? AND key = ? AND value = ?";
    private static final String DELETE = "DELETE FROM spin_key_value WHERE store = ? AND key = ?";
    private static final String KEYS =
            "SELECT rowid, key FROM spin_key_value WHERE store = ? AND rowid > ? ORDER BY rowid LIMIT ?";

    @Override
    public Optional<byte[]> get(String key) {
        return database.read(session -> get(session, key));
    }

    private Optional<byte[]> get(Session session, String key) throws SQLException {
        try (var rows = session.statement(GET, label, key).executeQuery()) {
            // a value of no bytes may come as null, but a row says that it is there
            return rows.next() ? Optional.of(bytes(rows.getBytes(1))) : Optional.empty();
        }
    }

    private static byte[] bytes(byte @org.jspecify.annotations.Nullable [] value) {
        return value == null ? new byte[0] : value;
    }

    @Override
    public void set(String key, byte[] value) {
        database.write(session -> session.update(SET, label, key, value));
    }

    @Override
    public void delete(String key) {
        database.write(session -> session.update(DELETE, label, key));
    }

    @Override
    public boolean exists(String key) {
        return database.read(session -> {
            try (var rows = session.statement(EXISTS, label, key).executeQuery()) {
                return rows.next();
            }
        });
    }

    @Override
    public Page keys(long after, int most) {
        return database.read(session -> {
            var keys = new ArrayList<String>();
            long last = after;
            try (var rows = session.statement(KEYS, label, after, most + 1L).executeQuery()) {
                while (rows.next()) {
                    if (keys.size() == most) {
                        return new Page(keys, OptionalLong.of(last));
                    }
                    last = rows.getLong(1);
                    keys.add(rows.getString(2));
                }
            }
            return new Page(keys, OptionalLong.empty());
        });
    }

    @Override
    public long increment(String key, long delta) {
        return database.write(session -> {
            long sum = Counter.read(get(session, key)) + delta;
            session.update(SET, label, key, Counter.write(sum));
            return sum;
        });
    }

    @Override
    public boolean swap(String key, Optional<byte[]> expected, byte[] value) {
        return database.write(session -> 1
                == (expected.isPresent()
                        ? session.update(REPLACE, value, label, key, expected.get())
                        : session.update(ADD, label, key, value)));
    }

    @Override
    public List<Optional<byte[]>> getMany(List<String> keys, long enough) {
        return database.read(session -> {
            var values = new ArrayList<Optional<byte[]>>();
            long bytes = 0;
            for (String key : keys) {
                Optional<byte[]> value = get(session, key);
                values.add(value);
                bytes += value.map(each -> each.length).orElse(0);
                if (bytes >= enough) {
                    break;
                }
            }
            return values;
        });
    }

    @Override
    public void setMany(List<Entry> entries) {
        database.write(session -> {
            for (Entry entry : entries) {
                session.update(SET, label, entry.key(), entry.value());
            }
            return entries.size();
        });
    }

    @Override
    public void deleteMany(List<String> keys) {
        database.write(session -> {
            for (String key : keys) {
                session.update(DELETE, label, key);
            }
            return keys.size();
        });
    }
}

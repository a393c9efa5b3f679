package tenon.app.toml;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tenon.types.Place;

/** A value of TOML 1.0, and where it stands. Immutable. */
public sealed interface TomlValue {

    Place place();

    /** What TOML calls such a value: {@code string}, {@code array} … */
    String kind();

    record TomlString(String value, Place place) implements TomlValue {
        @Override
        public String kind() {
            return "string";
        }
    }

    record TomlInteger(long value, Place place) implements TomlValue {
        @Override
        public String kind() {
            return "integer";
        }
    }

    record TomlFloat(double value, Place place) implements TomlValue {
        @Override
        public String kind() {
            return "float";
        }
    }

    record TomlBoolean(boolean value, Place place) implements TomlValue {
        @Override
        public String kind() {
            return "boolean";
        }
    }

    /** A date, a time, or both; {@code value} in the form of RFC 3339. */
    record TomlTime(String value, Place place) implements TomlValue {
        @Override
        public String kind() {
            return "date or time";
        }
    }

    record TomlArray(List<TomlValue> values, Place place) implements TomlValue {
        public TomlArray {
            values = List.copyOf(values);
        }

        @Override
        public String kind() {
            return "array";
        }
    }

    /** {@code entries} in the order of the text. */
    record TomlTable(Map<String, Entry> entries, Place place) implements TomlValue {
        public TomlTable {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        @Override
        public String kind() {
            return "table";
        }

        /** The value of a key; null if the table does not have it. */
        public @Nullable TomlValue get(String key) {
            Entry entry = entries.get(key);
            return entry == null ? null : entry.value();
        }
    }

    /** A value of a table; {@code keyPlace} is where its key stands. */
    record Entry(TomlValue value, Place keyPlace) {}
}

package tenon.app.manifest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tenon.app.Placed;
import tenon.app.Problems;
import tenon.app.toml.TomlValue;
import tenon.app.toml.TomlValue.Entry;
import tenon.app.toml.TomlValue.TomlArray;
import tenon.app.toml.TomlValue.TomlBoolean;
import tenon.app.toml.TomlValue.TomlInteger;
import tenon.app.toml.TomlValue.TomlString;
import tenon.app.toml.TomlValue.TomlTable;
import tenon.types.Place;

/**
 * A table that is being read. A value of the wrong kind or a missing one is noted as a problem, and something stands in for it, so
 * that reading goes on; a key that nobody asked for is one that does not exist. Confined to the reading of one manifest.
 */
final class Section {
    private final TomlTable table;
    private final Place place;
    private final String path;
    private final Problems problems;
    private final Set<String> asked = new LinkedHashSet<>();

    /**
     * @param place where the table's key is, or the table itself
     * @param path the table's key, dotted; empty for the outermost table
     */
    Section(TomlTable table, Place place, String path, Problems problems) {
        this.table = table;
        this.place = place;
        this.path = path;
        this.problems = problems;
    }

    Place place() {
        return place;
    }

    String path() {
        return path;
    }

    Problems problems() {
        return problems;
    }

    /** A key of this table, dotted from the outermost one. */
    String path(String key) {
        String segment = key.matches("[A-Za-z0-9_-]+") ? key : "\"" + key + "\"";
        return path.isEmpty() ? segment : path + "." + segment;
    }

    boolean has(String key) {
        return table.entries().containsKey(key);
    }

    /** Where a value is; of a missing one, where its table is. */
    Place placeOf(String key) {
        Entry entry = table.entries().get(key);
        return entry == null ? place : entry.value().place();
    }

    /** Where a key is; of a missing one, where its table is. */
    Place keyPlaceOf(String key) {
        Entry entry = table.entries().get(key);
        return entry == null ? place : entry.keyPlace();
    }

    /** A value that may be missing. */
    @Nullable TomlValue optional(String key) {
        asked.add(key);
        return table.get(key);
    }

    /** A value that must be there; null, with the problem noted, if it is not. */
    @Nullable TomlValue required(String key, String expected) {
        TomlValue value = optional(key);
        if (value == null) {
            problems.add(place, "`" + path(key) + "` is missing, expected " + expected);
        }
        return value;
    }

    String text(String key, String expected) {
        TomlValue value = required(key, expected);
        return value == null ? "" : text(value, path(key), expected);
    }

    @Nullable String optionalText(String key) {
        TomlValue value = optional(key);
        return value == null ? null : text(value, path(key), "a string");
    }

    String textOr(String key, String otherwise) {
        String text = optionalText(key);
        return text == null ? otherwise : text;
    }

    boolean truth(String key) {
        return switch (optional(key)) {
            case null -> false;
            case TomlBoolean truth -> truth.value();
            case TomlValue other -> {
                unexpected(other, path(key), "`true` or `false`");
                yield false;
            }
        };
    }

    @Nullable Long optionalInteger(String key) {
        return switch (optional(key)) {
            case null -> null;
            case TomlInteger integer -> integer.value();
            case TomlValue other -> {
                unexpected(other, path(key), "an integer");
                yield null;
            }
        };
    }

    /** The strings of an array; none if it is missing. */
    List<Placed<String>> texts(String key) {
        List<Placed<String>> texts = new ArrayList<>();
        for (Placed<TomlValue> item : items(key)) {
            if (item.value() instanceof TomlString text) {
                texts.add(new Placed<>(text.value(), text.place()));
            } else {
                unexpected(item.value(), path(key), "an array of strings");
            }
        }
        return texts;
    }

    /** The values of an array; none if it is missing. */
    List<Placed<TomlValue>> items(String key) {
        return switch (optional(key)) {
            case null -> List.of();
            case TomlArray array ->
                array.values().stream()
                        .map(value -> new Placed<>(value, value.place()))
                        .toList();
            case TomlValue other -> {
                unexpected(other, path(key), "an array");
                yield List.of();
            }
        };
    }

    /** The strings of a table of any keys. */
    Map<String, Placed<String>> textsByKey(String key) {
        Map<String, Placed<String>> texts = new LinkedHashMap<>();
        Section section = section(key);
        if (section != null) {
            section.table.entries().forEach((name, entry) -> {
                String text = section.text(entry.value(), section.path(name), "a string");
                texts.put(name, new Placed<>(text, entry.keyPlace()));
            });
        }
        return texts;
    }

    /** A table that may be missing. */
    @Nullable Section section(String key) {
        TomlValue value = optional(key);
        return value == null ? null : section(value, keyPlaceOf(key), path(key));
    }

    /** The table that {@code value} is; null, with the problem noted, if it is none. */
    @Nullable Section section(TomlValue value, Place at, String valuePath) {
        if (value instanceof TomlTable inner) {
            return new Section(inner, at, valuePath, problems);
        }
        unexpected(value, valuePath, "a table");
        return null;
    }

    /** The tables of a table of any keys. */
    Map<String, Section> sections(String key) {
        Map<String, Section> sections = new LinkedHashMap<>();
        Section section = section(key);
        if (section != null) {
            section.table.entries().forEach((name, entry) -> {
                Section inner = section.section(entry.value(), entry.keyPlace(), section.path(name));
                if (inner != null) {
                    sections.put(name, inner);
                }
            });
        }
        return sections;
    }

    /** The entries of a table of any keys. */
    Map<String, Entry> entries(String key) {
        Section section = section(key);
        return section == null ? Map.of() : section.table.entries();
    }

    /** As it is. */
    TomlTable table() {
        return table;
    }

    /** What nobody asked for; from here on it counts as asked for. */
    TomlTable rest() {
        Map<String, Entry> rest = new LinkedHashMap<>(table.entries());
        rest.keySet().removeAll(asked);
        asked.addAll(rest.keySet());
        return new TomlTable(rest, table.place());
    }

    /** Notes the keys that nobody asked for. */
    void end() {
        table.entries().forEach((key, entry) -> {
            if (!asked.contains(key)) {
                problems.add(
                        entry.keyPlace(),
                        "key `" + path(key) + "` does not exist" + Suggestion.among(asked, key, "expected "));
            }
        });
    }

    void unexpected(TomlValue value, String valuePath, String expected) {
        problems.add(value.place(), "`" + valuePath + "` is of kind " + value.kind() + ", expected " + expected);
    }

    private String text(TomlValue value, String valuePath, String expected) {
        if (value instanceof TomlString text) {
            return text.value();
        }
        unexpected(value, valuePath, expected);
        return "";
    }
}

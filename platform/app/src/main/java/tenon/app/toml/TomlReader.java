package tenon.app.toml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlVersion;
import tenon.app.ManifestException;
import tenon.app.Problems;
import tenon.app.toml.TomlValue.Entry;
import tenon.app.toml.TomlValue.TomlArray;
import tenon.app.toml.TomlValue.TomlBoolean;
import tenon.app.toml.TomlValue.TomlFloat;
import tenon.app.toml.TomlValue.TomlInteger;
import tenon.app.toml.TomlValue.TomlString;
import tenon.app.toml.TomlValue.TomlTable;
import tenon.app.toml.TomlValue.TomlTime;
import tenon.types.Place;

/**
 * Reads TOML 1.0.
 *
 * <p>Policy: what is not TOML is refused with the line and column, all errors at once; texts beyond {@link #MAX_LENGTH} and
 * values nested deeper than {@link #MAX_DEPTH} are refused before the library sees them, since it reads by recursion.
 */
public final class TomlReader {
    /** Characters that a text may have. */
    public static final int MAX_LENGTH = 1 << 18;

    /** How deep arrays and tables may be nested. */
    public static final int MAX_DEPTH = 64;

    private final SourceText source;
    private final Problems problems = new Problems();

    private TomlReader(SourceText source) {
        this.source = source;
    }

    /**
     * The text's outermost table.
     *
     * @param file how errors call the text
     * @throws ManifestException if it is not TOML 1.0
     */
    public static TomlTable read(String text, String file) {
        // a byte order mark is no part of the text
        var source = new SourceText(file, text.startsWith("\uFEFF") ? text.substring(1) : text);
        if (text.length() > MAX_LENGTH) {
            throw new ManifestException(
                    source.place(1, 1), "text has " + text.length() + " characters, expected at most " + MAX_LENGTH);
        }
        source.check(MAX_DEPTH);
        TomlParseResult result = parse(source);
        var reader = new TomlReader(source);
        TomlTable table = reader.table(result, source.place(1, 1), new Path(null, 0, 0));
        reader.problems.throwIfAny();
        return table;
    }

    private static TomlParseResult parse(SourceText source) {
        var problems = new Problems();
        try {
            TomlParseResult result = Toml.parse(source.text(), TomlVersion.V1_0_0);
            for (TomlParseError error : result.errors()) {
                problems.add(source.place(error.position()), fact(error));
            }
            problems.throwIfAny();
            return result;
        } catch (TomlParseError error) {
            // what is wrong in a key is thrown, and not told like all else
            throw new ManifestException(source.place(error.position()), fact(error));
        } catch (IllegalArgumentException | IllegalStateException | AssertionError _) {
            // the library goes on behind a syntax error, and may stumble over what is left
            throw new ManifestException(source.place(1, 1), "not TOML, in a way that does not show where");
        }
    }

    /** The library's messages begin with a capital letter. */
    private static String fact(TomlParseError error) {
        String message = error.getMessage() == null ? "unreadable" : error.getMessage();
        return "not TOML: " + Character.toLowerCase(message.charAt(0)) + message.substring(1);
    }

    /**
     * The way to a key.
     *
     * @param start where the dotted key or the header begins of which it is a segment
     * @param segment which segment of that it is
     * @param depth how many keys lead to it
     */
    private record Path(@Nullable TomlPosition start, int segment, int depth) {

        /** To a key below; a header tells the whole way from the outermost table, a dotted key that from its own table. */
        Path to(TomlPosition position, boolean header) {
            boolean same = start != null && start.equals(position);
            return new Path(position, header ? depth : same ? segment + 1 : 0, depth + 1);
        }
    }

    private TomlTable table(org.tomlj.TomlTable table, Place place, Path path) {
        if (path.depth > MAX_DEPTH) {
            throw new ManifestException(place, "nested deeper than " + MAX_DEPTH);
        }
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (String key : table.keySet()) {
            TomlPosition position = table.inputPositionOf(List.of(key));
            Object value = table.get(List.of(key));
            if (position == null || value == null) {
                throw new AssertionError("key `" + key + "` has no value or no position");
            }
            if (source.isInline(place) && source.isHeader(position)) {
                // TOML 1.0, "Inline Table": it is complete; the library lets headers add to it
                problems.add(source.place(position), "not TOML: key `" + key + "` is added to an inline table");
            }
            Path below = path.to(position, source.isHeader(position));
            Place keyPlace = source.keyPlace(position, below.segment);
            entries.put(key, new Entry(value(value, source.valuePlace(position, below.segment), below), keyPlace));
        }
        return new TomlTable(entries, place);
    }

    private TomlArray array(org.tomlj.TomlArray array, Place place, Path path) {
        List<TomlValue> values = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            TomlPosition position = array.inputPositionOf(i);
            // the keys of a table in an array begin anew, but a header still tells the whole way
            values.add(value(array.get(i), source.itemPlace(position), new Path(null, 0, path.depth)));
        }
        return new TomlArray(values, place);
    }

    private TomlValue value(Object value, Place place, Path path) {
        return switch (value) {
            case String text -> new TomlString(text, place);
            case Long number -> new TomlInteger(number, place);
            case Double number -> new TomlFloat(number, place);
            case Boolean truth -> new TomlBoolean(truth, place);
            case org.tomlj.TomlArray array -> array(array, place, path);
            case org.tomlj.TomlTable table -> table(table, place, path);
            default -> new TomlTime(value.toString(), place);
        };
    }
}

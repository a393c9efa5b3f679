package tenon.app.toml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tenon.app.ManifestException;
import tenon.app.toml.TomlValue.TomlArray;
import tenon.app.toml.TomlValue.TomlTable;
import tenon.types.Place;

class TomlReaderTest {

    private static String at(Place place) {
        var text = assertInstanceOf(Place.TextPosition.class, place);
        return text.line() + ":" + text.column();
    }

    /** All keys with their place and that of their value. */
    private static List<String> places(TomlTable table) {
        var places = new ArrayList<String>();
        table.entries().forEach((key, entry) -> {
            places.add(key + " " + at(entry.keyPlace()) + " " + at(entry.value().place()));
            if (entry.value() instanceof TomlTable inner) {
                places.addAll(places(inner));
            }
            if (entry.value() instanceof TomlArray array) {
                for (TomlValue value : array.values()) {
                    places.add(value.kind() + " " + at(value.place()));
                    if (value instanceof TomlTable inner) {
                        places.addAll(places(inner));
                    }
                }
            }
        });
        return places;
    }

    private static String fault(String text) {
        var refusal = assertThrows(ManifestException.class, () -> TomlReader.read(text, "f"));
        return at(refusal.place()) + " " + refusal.fact();
    }

    @Test
    void knowsWhereKeysAndValuesAre() {
        assertEquals(
                List.of(
                        "a 1:2 1:2",
                        "b.c 1:4 1:4",
                        "x 2:3 2:3",
                        "y 2:5 2:9",
                        "q 3:1 3:7",
                        "array 4:1 4:9",
                        "integer 5:3",
                        "table 7:5",
                        "k 7:6 7:8"),
                places(TomlReader.read("""
                        [a."b.c"]
                          x.y = 1
                        "q" = "v"
                        array = [ # one
                          1,
                          # two
                            {k=2}]
                        """, "f")));
    }

    @Test
    void knowsWhereTablesOfArraysAre() {
        assertEquals(
                List.of(
                        "trigger 1:3 1:3",
                        "http 1:11 1:11",
                        "table 1:1",
                        "a 2:1 2:5",
                        "table 3:1",
                        "component 4:15 4:15",
                        "source 5:1 5:10"),
                places(TomlReader.read("""
                        [[trigger.http]]
                        a = 1
                        [[trigger.http]]
                        [trigger.http.component]
                        source = "a"
                        """, "f")));
    }

    @Test
    void tellsWhatIsNotToml() {
        assertEquals("2:3 not TOML: unexpected 'c', expected =", fault("a = 1\nb c = 2"));
        assertEquals("2:1 not TOML: a previously defined at line 1, column 1", fault("a = 1\na = 2"));
        assertEquals("1:3 not TOML: `\\q` is not an escape, expected one like `\\n` or `\\u0041`", fault("[\"\\q\"]"));
        assertEquals(
                "2:3 not TOML: `\\u` is not an escape, expected one like `\\n` or `\\u0041`",
                fault("a = \"\"\"x\n\\\\\\u12\"\"\""));
        assertEquals("2:1 not TOML: key `b` is added to an inline table", fault("a = {x=1}\n[a.b]"));
    }

    @Test
    void refusesWhatWouldTakeTheStack() {
        assertEquals("1:69 nested deeper than 64", fault("x = " + "[".repeat(100_000)));
        assertEquals("1:69 nested deeper than 64", fault("x = " + "[".repeat(70) + "\"]]]]\""));
        assertEquals("1:129 nested deeper than 64", fault("a.".repeat(100) + "a = 1"));
        assertEquals("1:1 text has 300000 characters, expected at most 262144", fault("#".repeat(300_000)));
    }

    @Test
    void bracketsInTextsDoNotNest() {
        String text = "x = \"" + "[".repeat(100) + "\"\ny = '''\n" + "{".repeat(100) + "''' # " + "[".repeat(100);
        assertEquals(2, TomlReader.read(text, "f").entries().size());
    }
}

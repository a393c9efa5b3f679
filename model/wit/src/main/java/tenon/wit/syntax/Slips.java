package tenon.wit.syntax;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tenon.types.NearestName;
import tenon.types.component.Label;

/**
 * Hints for slips of the pen: words of older WIT and of other languages, names in another case, names that are nearly those that exist.
 */
public final class Slips {
    /** Words that WIT had before, or that other languages have, and what WIT has in their place. */
    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("float32", "f32"),
            Map.entry("float64", "f64"),
            Map.entry("float", "f32"),
            Map.entry("double", "f64"),
            Map.entry("expected", "result"),
            Map.entry("unit", "_"),
            Map.entry("void", "_"),
            Map.entry("handle", "own"),
            Map.entry("int", "s32"),
            Map.entry("integer", "s32"),
            Map.entry("uint", "u32"),
            Map.entry("usize", "u32"),
            Map.entry("i8", "s8"),
            Map.entry("i16", "s16"),
            Map.entry("i32", "s32"),
            Map.entry("i64", "s64"),
            Map.entry("int8", "s8"),
            Map.entry("int16", "s16"),
            Map.entry("int32", "s32"),
            Map.entry("int64", "s64"),
            Map.entry("uint8", "u8"),
            Map.entry("uint16", "u16"),
            Map.entry("uint32", "u32"),
            Map.entry("uint64", "u64"),
            Map.entry("byte", "u8"),
            Map.entry("bytes", "list<u8>"),
            Map.entry("boolean", "bool"),
            Map.entry("str", "string"),
            Map.entry("rune", "char"),
            Map.entry("optional", "option"),
            Map.entry("maybe", "option"),
            Map.entry("nullable", "option"),
            Map.entry("vec", "list"),
            Map.entry("vector", "list"),
            Map.entry("array", "list"),
            Map.entry("sequence", "list"),
            Map.entry("dict", "map"),
            Map.entry("dictionary", "map"),
            Map.entry("hashmap", "map"),
            Map.entry("object", "record"),
            Map.entry("text", "string"),
            Map.entry("number", "f64"),
            Map.entry("long", "s64"),
            Map.entry("short", "s16"),
            Map.entry("promise", "future"),
            Map.entry("set", "list"),
            Map.entry("struct", "record"),
            Map.entry("message", "record"),
            Map.entry("class", "resource"),
            Map.entry("union", "variant"),
            Map.entry("oneof", "variant"),
            Map.entry("bitflags", "flags"),
            Map.entry("typedef", "type"),
            Map.entry("alias", "type"),
            Map.entry("fn", "func"),
            Map.entry("fun", "func"),
            Map.entry("function", "func"),
            Map.entry("def", "func"),
            Map.entry("component", "world"),
            Map.entry("module", "interface"),
            Map.entry("trait", "interface"),
            Map.entry("service", "interface"),
            Map.entry("require", "import"),
            Map.entry("provide", "export"),
            Map.entry("extends", "include"));

    /** Names longer than this are not compared, so that comparing stays cheap. */
    private static final int LONGEST_COMPARED = 64;

    /** All names of one or two signs are near to each other. */
    private static final int SHORTEST_COMPARED = 3;

    private static final int MOST_COMPARED = 1000;

    private Slips() {}

    /** What WIT calls what {@code word} means elsewhere. */
    public static Optional<String> word(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        String found = WORDS.get(lower);
        if (found != null) {
            return Optional.of(found);
        }
        return !lower.equals(word) && Lexer.isKeyword(lower) ? Optional.of(lower) : Optional.empty();
    }

    /** What WIT writes where other languages have a sign. */
    static Optional<String> sign(char sign) {
        return switch (sign) {
            case '[', ']' -> Optional.of("a list is written `list<…>`");
            case '&' -> Optional.of("a handle that is lent is written `borrow<…>`");
            case '?' -> Optional.of("what may be missing is written `option<…>`");
            case '|' -> Optional.of("one of several is a `variant`, which is defined by itself");
            case '#' -> Optional.of("a comment begins with `//`");
            case '\'', '"', '‘', '’', '“', '”' -> Optional.of("names and types stand without quotes");
            case '!' -> Optional.of("what may fail is written `result<…, …>`");
            default -> Optional.empty();
        };
    }

    /** {@code name} in kebab case, if it can be put so: {@code fooBar} and {@code foo_bar} are {@code foo-bar}. */
    public static Optional<String> kebab(String name) {
        if (name.length() > LONGEST_COMPARED) {
            return Optional.empty();
        }
        String kebab = name.replaceAll("([a-z0-9])([A-Z])", "$1-$2")
                .replaceAll("([A-Z])([A-Z][a-z])", "$1-$2")
                .replaceAll("[_\\- .]+", "-")
                .replaceAll("^-|-$", "")
                .toLowerCase(Locale.ROOT);
        return Label.isLabel(kebab) ? Optional.of(kebab) : Optional.empty();
    }

    /** The known name that is nearest to {@code name}, if one is near. */
    public static Optional<String> nearest(String name, Collection<String> known) {
        if (name.length() < SHORTEST_COMPARED || name.length() > LONGEST_COMPARED || known.size() > MOST_COMPARED) {
            return Optional.empty();
        }
        List<String> compared = known.stream()
                .filter(candidate -> candidate.length() <= LONGEST_COMPARED)
                .toList();
        return NearestName.among(compared, name, Math.max(1, Math.min(2, name.length() / 3)));
    }
}

package tenon.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tenon.component.Component;
import tenon.component.ComponentFeatures;
import tenon.component.read.ComponentDecoder;
import tenon.component.resolve.ComponentValidator;
import tenon.testing.GoldenFile;
import tenon.types.MalformedException;
import tenon.types.TenonException;
import tenon.wasm.Features;

/** Value definitions: their literals become bytes, and the bytes literals. */
class ConstantsTest {
    private static final Path CASES = Path.of("src/test/cases/values");

    private static Component decode(byte[] binary) {
        return ComponentDecoder.decode(binary, ComponentFeatures.ALL);
    }

    @Test
    void literalsMakeTheRoundTrip() throws IOException {
        byte[] binary = Wat.parse("literals.wat", Files.readAllBytes(CASES.resolve("literals.wat")));
        String text = Wat.print(decode(binary));
        GoldenFile.check(CASES.resolve("literals.print"), text);
        assertArrayEquals(binary, Wat.parse("printed", text));
        // but for values that nothing uses, which are told one after the other
        List<TenonException> problems = ComponentValidator.problems(binary, ComponentFeatures.ALL, Features.STANDARD);
        assertTrue(
                problems.stream().allMatch(each -> each.fact().contains("is not used")),
                () -> problems.stream().map(TenonException::getMessage).toList().toString());
    }

    @Test
    void bytesThatAreNoneOfTheTypeStayBytes() {
        byte[] binary = Wat.parse("x.wat", "(component (value $v bool (binary \"\\02\")) (export \"v\" (value $v)))");
        assertTrue(Wat.print(decode(binary)).contains("bool (binary \"\\02\")"));
    }

    @TestFactory
    Stream<DynamicTest> wrongLiteralsSayWhatWasExpected() {
        return Stream.of(
                wrong("u8 256", "`256` is out of range, expected a `u8`"),
                wrong("u8 -1", "`-1` is out of range, expected a `u8`"),
                wrong("s8 128", "`128` is out of range, expected a `s8`"),
                wrong("s64 9223372036854775808", "`9223372036854775808` is out of range, expected a `s64`"),
                wrong("bool 1", "unexpected token `1`, expected `true` or `false`"),
                wrong("f32 nan:0x200000", "NaN with a payload, expected `nan`"),
                wrong("char \"a\"", "unexpected token `\"a\"`, expected a character like `'c'`"),
                wrong("(enum \"a\" \"b\") (enum \"c\")", "`enum { a, b }` has no `c`"),
                wrong("(option u8) 1", "unexpected token `1`, expected `(some` for a value of type `option<u8>`"),
                wrong("(result u8) ok", "unknown operator `ok`, expected `(ok …)` or `error`"),
                wrong("(tuple u8 u8) (tuple 1)", "unexpected token `)`, expected a whole number"),
                wrong("(tuple u8) (tuple 1 2)", "unexpected token `2`, expected `)`"),
                wrong("(list u8 2) (list 1 2)", "a value of type `list<u8, 2>` cannot be written down"),
                wrong("5 5", "the type of this value cannot be told: its definition is wrong"),
                wrong("u8 $x", "unexpected token `$x`, expected a value"));
    }

    private static DynamicTest wrong(String definition, String fact) {
        return DynamicTest.dynamicTest(definition, () -> {
            var error = assertThrows(
                    MalformedException.class, () -> Wat.parse("x.wat", "(component (value $v " + definition + "))"));
            assertEquals(fact, error.fact());
        });
    }

    @TestFactory
    Stream<DynamicTest> wrongBytesAreRefused() {
        return Stream.of(
                refused("bool", "\\02", "invalid leading byte (0x2) for a bool, expected 0x0 or 0x1"),
                refused("u8", "", "unexpected end-of-file"),
                refused("u8", "\\01\\02", "value of type `u8` is followed by 1 bytes, expected its end"),
                refused("u16", "\\80\\80\\04", "integer too large"),
                refused("s16", "\\ff\\ff\\7d", "integer too large"),
                refused("u16", "\\80\\80\\80\\00", "integer representation too long"),
                refused("f32", "\\01\\00\\c0\\7f", "NaN with a payload, expected the canonical one"),
                refused("char", "\\ed\\a0\\80", "malformed UTF-8 encoding"),
                refused("char", "\\c3", "unexpected end-of-file"),
                refused("string", "\\02\\ff\\ff", "malformed UTF-8 encoding"),
                refused("(enum \"a\")", "\\01", "unknown label 1, expected one below 1"),
                refused("(variant (case \"a\") (case \"b\"))", "\\02", "unknown case 2, expected one below 2"),
                refused(
                        "(list u8)",
                        "\\ff\\ff\\ff\\ff\\0f",
                        "unexpected end-of-file, expected 4294967295 elements, found 0 bytes"),
                refused(
                        "(variant (case \"a\") (case \"b\" (map u8 u8)))",
                        "\\00",
                        "a value of type `variant { a, b(map<u8, u8>) }` cannot be written down, expected one without maps,"
                                + " lists of fixed length, handles, streams, futures and error contexts"));
    }

    private static DynamicTest refused(String type, String bytes, String fact) {
        return DynamicTest.dynamicTest(type + " " + bytes, () -> {
            byte[] binary = Wat.parse(
                    "x.wat",
                    "(component (value $v " + type + " (binary \"" + bytes + "\")) (export \"v\" (value $v)))");
            List<TenonException> problems =
                    ComponentValidator.problems(binary, ComponentFeatures.ALL, Features.STANDARD);
            assertEquals(fact, problems.getFirst().fact());
        });
    }

    @Test
    void exportIsEqualToNoOtherValue() {
        assertEquals(List.of(), problems("(export \"a\" (value $a) (value (eq $a)))"));
        assertEquals(
                List.of("type mismatch for export `a`: expected value 1, found value 0"),
                problems("(export \"a\" (value $a) (value (eq $b)))"));
        assertEquals(List.of(), problems("(export $c \"a\" (value $a)) (export \"d\" (value $b) (value (eq $b)))"));
    }

    private static List<String> problems(String exports) {
        String text = "(component (value $a u8 1) (value $b u8 1) " + exports + ")";
        return ComponentValidator.problems(Wat.parse("x.wat", text), ComponentFeatures.ALL, Features.STANDARD).stream()
                .map(TenonException::fact)
                .filter(fact -> !fact.contains("is not used"))
                .toList();
    }

    @Test
    void eachValueIsUsedOnce() {
        String twice = "(component (value $a u8 1) (export \"a\" (value $a)) (export \"b\" (value $a)))";
        var problems = ComponentValidator.problems(Wat.parse("x.wat", twice), ComponentFeatures.ALL, Features.STANDARD);
        assertEquals(
                "value 0 cannot be used more than once", problems.getFirst().fact());
        String never = "(component (value $a u8 1))";
        problems = ComponentValidator.problems(Wat.parse("x.wat", never), ComponentFeatures.ALL, Features.STANDARD);
        assertEquals(
                "value 0 is not used by an instantiation, the start function or an export",
                problems.getFirst().fact());
    }
}

package tenon.runtime.wave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tenon.runtime.value.Value;
import tenon.types.InvalidException;
import tenon.types.MalformedException;
import tenon.types.Place;
import tenon.types.TenonException;
import tenon.types.component.EnumType;
import tenon.types.component.FixedLengthListType;
import tenon.types.component.FlagsType;
import tenon.types.component.FunctionType;
import tenon.types.component.ListType;
import tenon.types.component.MapType;
import tenon.types.component.OptionType;
import tenon.types.component.OwnType;
import tenon.types.component.PrimitiveType;
import tenon.types.component.RecordType;
import tenon.types.component.ResourceType;
import tenon.types.component.ResultType;
import tenon.types.component.TupleType;
import tenon.types.component.ValueType;
import tenon.types.component.VariantType;

class WaveTest {
    private static final ValueType U8 = PrimitiveType.U8;
    private static final ValueType STRING = PrimitiveType.STRING;
    private static final RecordType PAYMENT = new RecordType(List.of(
            new RecordType.Field("id", STRING),
            new RecordType.Field("amount", PrimitiveType.U64),
            new RecordType.Field("note", new OptionType(STRING))));
    private static final VariantType OUTCOME = new VariantType(List.of(
            new VariantType.Case("approved", Optional.empty()),
            new VariantType.Case("rejected", Optional.of(STRING)),
            new VariantType.Case("err", Optional.empty())));

    @Test
    void valuesComeBackInCanonicalForm() {
        assertRoundTrip("true", "true", PrimitiveType.BOOL);
        assertRoundTrip("255", "255", U8);
        assertRoundTrip("18446744073709551615", " 18446744073709551615 // all bits", PrimitiveType.U64);
        assertRoundTrip("-9223372036854775808", "-9223372036854775808", PrimitiveType.S64);
        assertRoundTrip("3.5", "3.5", PrimitiveType.F32);
        assertRoundTrip("6.022e23", "6.022E+23", PrimitiveType.F64);
        assertRoundTrip("1e100", "1e100", PrimitiveType.F64);
        assertRoundTrip("-0", "-0.0", PrimitiveType.F64);
        assertRoundTrip("-inf", "-inf", PrimitiveType.F64);
        assertRoundTrip("nan", "nan", PrimitiveType.F32);
        assertRoundTrip("'\\''", "'\\u{27}'", PrimitiveType.CHAR);
        assertRoundTrip("\"a\\u{0}🌊\"", "\"a\\u{0}🌊\"", STRING);
        assertRoundTrip("(1, \"x\")", "(1,\"x\",)", new TupleType(List.of(U8, STRING)));
        assertRoundTrip("[[1], []]", "[[1],[],]", new ListType(new ListType(U8)));
        assertRoundTrip("{read}", "{%read,}", new FlagsType(List.of("read", "write")));
        assertRoundTrip("%ok", "%ok", new EnumType(List.of("ok")));
        assertRoundTrip("rejected(\"x\")", "rejected(\"x\")", OUTCOME);
        assertRoundTrip("%err", "%err", OUTCOME);
        assertRoundTrip("some(some(1))", "some(some(1))", new OptionType(new OptionType(U8)));
        assertRoundTrip("some(1)", "1", new OptionType(U8));
        assertRoundTrip("ok(1)", "1", new ResultType(Optional.of(U8), Optional.empty()));
        assertRoundTrip("{id: \"1\", amount: 2}", "{amount: 2, id: \"1\", note: none}", PAYMENT);
        assertRoundTrip("[1, 2]", "[1, 2]", new FixedLengthListType(U8, 2));
        assertRoundTrip("[(\"a\", 1), (\"b\", 2)]", "[(\"a\",1),(\"b\",2)]", new MapType(STRING, U8));
    }

    @Test
    void linesAreDedentedByTheClosingQuotes() {
        assertEquals(
                new Value.Text("  a\nb\r\n\n"),
                Wave.parse("\"\"\"\n    a\r\n  b\\r\n  \n  \n  \"\"\"", STRING, "test"));
    }

    @Test
    void textThatIsNoWaveIsMalformed() {
        for (String text : List.of(
                "",
                "(",
                "[1",
                "[,]",
                "{a:}",
                "{a,,b}",
                "01",
                "1.",
                "1e",
                "- 1",
                "\"a",
                "\"\n\"",
                "'ab'",
                "''",
                "'",
                "\"\\x\"",
                "a b",
                "1 2",
                "%",
                "aB",
                "{:",
                "\"\"\"a\"\"\"",
                "\"\"\"\na\"\"\"",
                "\"\"\"\n a\n  \"\"\"",
                "'\\u{D800}'",
                "\"\\u{110000}\"",
                "some",
                "none(1)",
                "true(1)",
                "1a",
                "(((".repeat(10_000))) {
            assertThrows(MalformedException.class, () -> Wave.parse(text, STRING, "test"), text);
        }
    }

    @Test
    void valuesOfOtherTypesAreInvalid() {
        assertInvalid("256", U8);
        assertInvalid("-1", U8);
        assertInvalid("1.0", U8);
        assertInvalid("99999999999999999999999", PrimitiveType.U64);
        assertInvalid("128", PrimitiveType.S8);
        assertInvalid("1", PrimitiveType.BOOL);
        assertInvalid("{id: \"1\"}", PAYMENT);
        assertInvalid("{id: \"1\", amount: 1, amount: 1}", PAYMENT);
        assertInvalid("{id: \"1\", amount: 1, other: 1}", PAYMENT);
        assertInvalid("{}", PAYMENT);
        assertInvalid("rejected", OUTCOME);
        assertInvalid("approved(1)", OUTCOME);
        assertInvalid("err", OUTCOME);
        assertInvalid("1", new OptionType(new OptionType(U8)));
        assertInvalid("{read, read}", new FlagsType(List.of("read")));
        assertInvalid("[1]", new FixedLengthListType(U8, 2));
        assertInvalid("1", new OwnType(new ResourceType("r")));
    }

    @Test
    void errorsPointAtTheirPlace() {
        var error = assertThrows(
                InvalidException.class, () -> Wave.parse("{\n  id: \"1\",\n  amount: -1\n}", PAYMENT, "--invoke"));
        assertEquals(new Place.TextPosition("--invoke", 3, 11, "  amount: -1"), error.place());
        assertTrue(String.valueOf(error.getMessage()).contains("          ^"), error.getMessage());
    }

    @Test
    void optionsAtTheEndOfACallMayBeLeftOut() {
        var type = new FunctionType(
                List.of(
                        new FunctionType.Parameter("a", U8),
                        new FunctionType.Parameter("b", new OptionType(U8)),
                        new FunctionType.Parameter("c", new OptionType(U8))),
                Optional.empty(),
                false);
        WaveCall call = WaveCall.parse(" a:b/c@1.0.0#run(1, 2) ", "test");
        assertEquals("a:b/c@1.0.0#run", call.name());
        assertEquals(
                List.of(
                        new Value.U8((byte) 1),
                        new Value.Option(Optional.of(new Value.U8((byte) 2))),
                        new Value.Option(Optional.empty())),
                call.arguments(type));
        assertThrows(
                InvalidException.class, () -> WaveCall.parse("run()", "test").arguments(type));
        assertThrows(
                InvalidException.class,
                () -> WaveCall.parse("run(1, 2, 3, 4)", "test").arguments(type));
        assertThrows(MalformedException.class, () -> WaveCall.parse("run", "test"));
        assertThrows(MalformedException.class, () -> WaveCall.parse("run(1) 2", "test"));
    }

    private static void assertRoundTrip(String canonical, String text, ValueType type) {
        Value value = Wave.parse(text, type, "test");
        assertEquals(canonical, Wave.print(value));
        assertEquals(value, Wave.parse(canonical, type, "test"));
    }

    private static void assertInvalid(String text, ValueType type) {
        TenonException error = assertThrows(TenonException.class, () -> Wave.parse(text, type, "test"), text);
        assertInstanceOf(InvalidException.class, error, text);
    }

    @Test
    void errorsShowWhatValuesLookLike() {
        assertSlip("expected a value of type `string` like `\"text\"`, found `hello`", "hello", STRING);
        assertSlip("expected a value of type `bool` like `true`, found `yes`", "yes", PrimitiveType.BOOL);
        assertSlip("expected a value of type `char` like `'a'`, found string", "\"a\"", PrimitiveType.CHAR);
        assertSlip(
                "expected a value of type `flags { read, write }` like `{read}`, found `read`",
                "read",
                new FlagsType(List.of("read", "write")));
        assertSlip(
                "expected a value of type `option<u8>` like `some(…)` or `none`, found `null`",
                "null",
                new OptionType(U8));
        var result = new ResultType(Optional.of(U8), Optional.of(U8));
        assertSlip(
                "expected a value of type `" + result + "` like `ok(…)` or `err(…)`, found `error(…)`",
                "error(1)",
                result);
        assertSlip("`NaN` is not a label, expected kebab case like `nan`", "NaN", PrimitiveType.F32);
        assertSlip("`Red` is not a label, expected kebab case like `red`", "Red", new EnumType(List.of("red")));
        assertSlip("unexpected `=`, expected `:`", "{id=1}", PAYMENT);
        assertSlip("unexpected `\"`, expected a label, which stands without quotes", "{\"id\": 1}", PAYMENT);
    }

    private static void assertSlip(String fact, String text, ValueType type) {
        assertEquals(
                fact,
                assertThrows(TenonException.class, () -> Wave.parse(text, type, "test"))
                        .fact());
    }
}

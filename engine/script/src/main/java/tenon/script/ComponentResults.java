package tenon.script;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import tenon.runtime.value.Value;
import tenon.text.script.ComponentValue;
import tenon.text.script.ResultPattern;
import tenon.types.core.NumType;

/** Values of components: from a script to the runtime, and results against what a script expects of them. */
final class ComponentResults {
    private ComponentResults() {}

    /** An argument. */
    static Value argument(tenon.text.script.Value value) {
        return switch (value) {
            case tenon.text.script.Value.F32(int bits) -> new Value.F32(Float.intBitsToFloat(bits));
            case tenon.text.script.Value.F64(long bits) -> new Value.F64(Double.longBitsToDouble(bits));
            case ComponentValue component -> component(component);
            case tenon.text.script.Value.I32 _,
                    tenon.text.script.Value.I64 _,
                    tenon.text.script.Value.V128 _,
                    tenon.text.script.Value.RefNull _,
                    tenon.text.script.Value.RefExtern _,
                    tenon.text.script.Value.RefHost _ ->
                throw new ScriptException("value " + value + " is not one of a component");
        };
    }

    private static Value component(ComponentValue value) {
        return switch (value) {
            case ComponentValue.Bool(boolean bool) -> new Value.Bool(bool);
            case ComponentValue.Whole whole -> whole(whole);
            case ComponentValue.Char(int codePoint) -> new Value.Char(codePoint);
            case ComponentValue.Text(String text) -> new Value.Text(text);
            case ComponentValue.Sequence(var elements) -> new Value.Sequence(arguments(elements));
            case ComponentValue.Tuple(var elements) -> new Value.Tuple(arguments(elements));
            case ComponentValue.Fields(var fields) ->
                new Value.Fields(fields.stream()
                        .map(field -> new Value.Field(field.label(), argument(field.value())))
                        .toList());
            case ComponentValue.Variant(String label, var payload) ->
                new Value.Variant(label, payload.map(ComponentResults::argument));
            case ComponentValue.Enumeration(String label) -> new Value.Enumeration(label);
            case ComponentValue.Flags(var labels) -> new Value.Flags(labels);
            case ComponentValue.Option(var some) -> new Value.Option(some.map(ComponentResults::argument));
            case ComponentValue.Ok(var ok) -> new Value.Ok(ok.map(ComponentResults::argument));
            case ComponentValue.Err(var error) -> new Value.Err(error.map(ComponentResults::argument));
        };
    }

    /** The arguments of a call. */
    static List<Value> arguments(List<tenon.text.script.Value> values) {
        return values.stream().map(ComponentResults::argument).toList();
    }

    private static Value whole(ComponentValue.Whole value) {
        long bits = value.bits();
        return switch (value.type()) {
            case U8 -> new Value.U8((byte) bits);
            case S8 -> new Value.S8((byte) bits);
            case U16 -> new Value.U16((short) bits);
            case S16 -> new Value.S16((short) bits);
            case U32 -> new Value.U32((int) bits);
            case S32 -> new Value.S32((int) bits);
            case U64 -> new Value.U64(bits);
            case S64 -> new Value.S64(bits);
            case BOOL, F32, F64, CHAR, STRING, ERROR_CONTEXT -> throw new AssertionError("no integer: " + value);
        };
    }

    /** Nothing if the result is as expected, else what was found and expected. */
    static Optional<String> compare(Optional<Value> found, List<ResultPattern> expected) {
        boolean same = expected.size() == (found.isPresent() ? 1 : 0)
                && (found.isEmpty() || matches(found.get(), expected.getFirst()));
        return same
                ? Optional.empty()
                : Optional.of("result mismatch: found "
                        + found.map(Value::toString).orElse("nothing") + ", expected " + expectation(expected));
    }

    private static String expectation(List<ResultPattern> expected) {
        return expected.size() == 1 && expected.getFirst() instanceof ResultPattern.Exactly(var value)
                ? argument(value).toString()
                : Results.expectation(expected);
    }

    private static boolean matches(Value found, ResultPattern expected) {
        return switch (expected) {
            case ResultPattern.Exactly(var value) -> canonical(found).equals(canonical(argument(value)));
            case ResultPattern.CanonicalNan(NumType type) -> isNan(found, type);
            case ResultPattern.ArithmeticNan(NumType type) -> isNan(found, type);
            case ResultPattern.Either(List<ResultPattern> patterns) ->
                patterns.stream().anyMatch(pattern -> matches(found, pattern));
            case ResultPattern.RefOf _, ResultPattern.RefFunc _, ResultPattern.Lanes _ ->
                throw new ScriptException("result " + expected + " is not one of a component");
        };
    }

    /** CanonicalABI.md, "Loading": there is one NaN. */
    private static boolean isNan(Value found, NumType type) {
        return switch (found) {
            case Value.F32(float number) -> type == NumType.F32 && Float.isNaN(number);
            case Value.F64(double number) -> type == NumType.F64 && Double.isNaN(number);
            default -> false;
        };
    }

    /** Flags that are at the top are a set, in whatever order a script writes them. */
    private static Object canonical(Value value) {
        return value instanceof Value.Flags(List<String> labels) ? new HashSet<>(labels) : value;
    }
}

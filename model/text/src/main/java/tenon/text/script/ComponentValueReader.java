package tenon.text.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tenon.text.lex.Cursor;
import tenon.text.lex.Token;
import tenon.types.component.PrimitiveType;

/** Reads the values of components: those that nest. */
final class ComponentValueReader {
    /** Deeper nested values are refused, so that hostile input cannot exhaust the stack. */
    private static final int MAX_NESTING = 500;

    private static final Map<String, PrimitiveType> WHOLE = Map.of(
            "u8.const", PrimitiveType.U8,
            "s8.const", PrimitiveType.S8,
            "u16.const", PrimitiveType.U16,
            "s16.const", PrimitiveType.S16,
            "u32.const", PrimitiveType.U32,
            "s32.const", PrimitiveType.S32,
            "u64.const", PrimitiveType.U64,
            "s64.const", PrimitiveType.S64);

    private static final Set<String> WORDS = Set.of(
            "bool.const",
            "char.const",
            "str.const",
            "list.const",
            "record.const",
            "tuple.const",
            "variant.const",
            "enum.const",
            "flags.const",
            "option.none",
            "option.some",
            "result.ok",
            "result.err");

    private final Cursor at;
    private int nesting;

    ComponentValueReader(Cursor at) {
        this.at = at;
    }

    /** Whether a value begins with this word. */
    static boolean knows(String word) {
        return WHOLE.containsKey(word) || WORDS.contains(word);
    }

    /** A value in its parenthesis. */
    private Value parenthesized() {
        at.expectOpen();
        Value value = nested();
        at.expectClose();
        return value;
    }

    /** A value without its parenthesis, from its word on. */
    Value read() {
        String word = at.at(Token.KEYWORD) ? at.text() : "";
        PrimitiveType whole = WHOLE.get(word);
        if (whole == null && !WORDS.contains(word) && !word.equals("f32.const") && !word.equals("f64.const")) {
            throw at.unexpected("a value of a component");
        }
        at.skip();
        if (whole != null) {
            return new ComponentValue.Whole(whole, at.expectInteger(bits(whole)));
        }
        return switch (word) {
            case "f32.const" -> new Value.F32(at.expectF32());
            case "f64.const" -> new Value.F64(at.expectF64());
            case "bool.const" -> bool();
            case "char.const" -> character();
            case "str.const" -> new ComponentValue.Text(at.expectName());
            case "list.const" -> new ComponentValue.Sequence(values());
            case "tuple.const" -> new ComponentValue.Tuple(values());
            case "record.const" -> new ComponentValue.Fields(fields());
            case "variant.const" -> new ComponentValue.Variant(at.expectName(), optional());
            case "enum.const" -> new ComponentValue.Enumeration(at.expectName());
            case "flags.const" -> flags();
            case "option.none" -> new ComponentValue.Option(Optional.empty());
            case "option.some" -> new ComponentValue.Option(Optional.of(parenthesized()));
            case "result.ok" -> new ComponentValue.Ok(optional());
            default -> new ComponentValue.Err(optional());
        };
    }

    private static int bits(PrimitiveType type) {
        return switch (type) {
            case U8, S8 -> Byte.SIZE;
            case U16, S16 -> Short.SIZE;
            case U32, S32 -> Integer.SIZE;
            default -> Long.SIZE;
        };
    }

    private Value bool() {
        if (at.take("true")) {
            return new ComponentValue.Bool(true);
        }
        at.expectKeyword("false");
        return new ComponentValue.Bool(false);
    }

    private Value character() {
        int token = at.index();
        String text = at.expectName();
        if (text.codePointCount(0, text.length()) != 1) {
            throw at.malformed(token, "a `char` is one character, found `" + text + "`");
        }
        return new ComponentValue.Char(text.codePointAt(0));
    }

    private List<Value> values() {
        var values = new ArrayList<Value>();
        while (at.at(Token.OPEN)) {
            values.add(parenthesized());
        }
        return values;
    }

    private Optional<Value> optional() {
        return at.at(Token.OPEN) ? Optional.of(parenthesized()) : Optional.empty();
    }

    private List<ComponentValue.Field> fields() {
        var fields = new ArrayList<ComponentValue.Field>();
        while (at.takeOpen("field")) {
            String label = at.expectName();
            Value value = nested();
            fields.add(new ComponentValue.Field(label, value));
            at.expectClose();
        }
        return fields;
    }

    private Value nested() {
        if (++nesting > MAX_NESTING) {
            throw at.malformed("values are nested more than " + MAX_NESTING + " deep");
        }
        Value value = read();
        nesting--;
        return value;
    }

    private Value flags() {
        var labels = new ArrayList<String>();
        while (at.at(Token.STRING)) {
            labels.add(at.expectName());
        }
        return new ComponentValue.Flags(labels);
    }
}

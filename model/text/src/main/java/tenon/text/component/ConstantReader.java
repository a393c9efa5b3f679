package tenon.text.component;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tenon.component.Constant;
import tenon.text.lex.Cursor;
import tenon.text.lex.Token;
import tenon.types.component.BorrowType;
import tenon.types.component.EnumType;
import tenon.types.component.FixedLengthListType;
import tenon.types.component.FlagsType;
import tenon.types.component.FutureType;
import tenon.types.component.ListType;
import tenon.types.component.MapType;
import tenon.types.component.OptionType;
import tenon.types.component.OwnType;
import tenon.types.component.PrimitiveType;
import tenon.types.component.RecordType;
import tenon.types.component.ResultType;
import tenon.types.component.StreamType;
import tenon.types.component.TupleType;
import tenon.types.component.ValueType;
import tenon.types.component.VariantType;

/** Constants as literals of their types: {@code val} of Explainer.md, "Value Definitions". */
record ConstantReader(Cursor at) {

    /** Steps over a literal of the type; types are nested no deeper than validation allows. */
    Constant read(ValueType type) {
        return switch (type) {
            case PrimitiveType primitive -> read(primitive);
            case ListType list -> {
                open("list", type);
                var parts = new ArrayList<Constant>();
                while (!at.at(Token.CLOSE)) {
                    parts.add(read(list.element()));
                }
                at.expectClose();
                yield new Constant.Parts(parts);
            }
            case RecordType record -> parts("record", record);
            case TupleType tuple -> parts("tuple", tuple);
            case VariantType variant -> variant(variant);
            case EnumType choice -> {
                open("enum", type);
                int index = label(choice.labels(), type);
                at.expectClose();
                yield new Constant.Case(index, Optional.empty());
            }
            case FlagsType flags -> flags(flags);
            case OptionType option -> {
                if (at.take("none")) {
                    yield new Constant.Case(0, Optional.empty());
                }
                open("some", type);
                Constant some = read(option.some());
                at.expectClose();
                yield new Constant.Case(1, Optional.of(some));
            }
            case ResultType either -> result(either);
            case MapType _, FixedLengthListType _, OwnType _, BorrowType _, StreamType _, FutureType _ ->
                throw at.malformed("a value of type `" + type + "` cannot be written down");
        };
    }

    private Constant read(PrimitiveType type) {
        return switch (type) {
            case BOOL -> {
                boolean value = at.atKeyword("true");
                if (!value && !at.atKeyword("false")) {
                    throw at.unexpected("`true` or `false`");
                }
                at.skip();
                yield new Constant.Bool(value);
            }
            case U8 -> unsigned(type, 8);
            case U16 -> unsigned(type, 16);
            case U32 -> unsigned(type, 32);
            case U64 -> unsigned(type, 64);
            case S8 -> signed(type, 8);
            case S16 -> signed(type, 16);
            case S32 -> signed(type, 32);
            case S64 -> signed(type, 64);
            case F32 -> {
                requireNoPayload();
                yield new Constant.F32(Float.intBitsToFloat(at.expectF32()));
            }
            case F64 -> {
                requireNoPayload();
                yield new Constant.F64(Double.longBitsToDouble(at.expectF64()));
            }
            case CHAR -> new Constant.Char(at.expectCharacter());
            case STRING -> new Constant.Text(at.expectName());
            case ERROR_CONTEXT -> throw at.malformed("a value of type `" + type + "` cannot be written down");
        };
    }

    /** {@code f64canon}. */
    private void requireNoPayload() {
        if (at.at(Token.FLOAT) && at.text().contains("nan:")) {
            throw at.malformed("NaN with a payload, expected `nan`");
        }
    }

    private Constant unsigned(PrimitiveType type, int bits) {
        Cursor start = at.fork();
        boolean minus = at.text().startsWith("-");
        long value = at.expectInteger(Long.SIZE);
        if (minus && value != 0 || bits < Long.SIZE && value >>> bits != 0) {
            throw outOfRange(start, type);
        }
        return new Constant.Whole(value);
    }

    private Constant signed(PrimitiveType type, int bits) {
        Cursor start = at.fork();
        boolean minus = at.text().startsWith("-");
        long value = at.expectInteger(Long.SIZE);
        if (minus != value < 0 && value != 0 || value << Long.SIZE - bits >> Long.SIZE - bits != value) {
            throw outOfRange(start, type);
        }
        return new Constant.Whole(value);
    }

    private static RuntimeException outOfRange(Cursor start, PrimitiveType type) {
        return start.malformed("`" + start.text() + "` is out of range, expected a `" + type + "`");
    }

    private Constant parts(String word, ValueType type) {
        open(word, type);
        var parts = new ArrayList<Constant>();
        for (ValueType part : type.parts()) {
            parts.add(read(part));
        }
        at.expectClose();
        return new Constant.Parts(parts);
    }

    private Constant variant(VariantType type) {
        open("variant", type);
        int index = label(type.cases().stream().map(VariantType.Case::label).toList(), type);
        Optional<Constant> payload = type.cases().get(index).type().map(this::read);
        at.expectClose();
        return new Constant.Case(index, payload);
    }

    private Constant flags(FlagsType type) {
        open("flags", type);
        int bits = 0;
        while (!at.at(Token.CLOSE)) {
            bits |= 1 << label(type.labels(), type);
        }
        at.expectClose();
        return new Constant.Flags(bits);
    }

    private Constant result(ResultType type) {
        for (int index = 0; index < 2; index++) {
            String word = index == 0 ? "ok" : "error";
            Optional<ValueType> payload = index == 0 ? type.ok() : type.error();
            if (payload.isEmpty() && at.take(word)) {
                return new Constant.Case(index, Optional.empty());
            }
            if (payload.isPresent() && at.takeOpen(word)) {
                Constant value = read(payload.get());
                at.expectClose();
                return new Constant.Case(index, Optional.of(value));
            }
        }
        throw at.unexpected((type.ok().isPresent() ? "`(ok …)`" : "`ok`") + " or "
                + (type.error().isPresent() ? "`(error …)`" : "`error`"));
    }

    private void open(String word, ValueType type) {
        if (!at.takeOpen(word)) {
            throw at.unexpected("`(" + word + "` for a value of type `" + type + "`");
        }
    }

    private int label(List<String> labels, ValueType type) {
        Cursor start = at.fork();
        String label = at.expectName();
        int index = labels.indexOf(label);
        if (index < 0) {
            throw start.malformed("`" + type + "` has no `" + label + "`");
        }
        return index;
    }
}

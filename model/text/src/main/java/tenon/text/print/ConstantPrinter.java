package tenon.text.print;

import java.util.List;
import java.util.Optional;
import tenon.component.Constant;
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

/**
 * Constants as literals: Explainer.md, "Value Definitions".
 *
 * @param offset of the definition: a short constant may have long labels
 */
record ConstantPrinter(Layout out, long offset) {

    void print(Constant constant, ValueType type) {
        out.requireRoom(offset);
        switch (constant) {
            case Constant.Bool(boolean value) -> out.add(String.valueOf(value));
            case Constant.Whole(long value) ->
                out.add(type == PrimitiveType.U64 ? Long.toUnsignedString(value) : Long.toString(value));
            case Constant.F32(float value) -> out.add(number(value, Float.toString(value)));
            case Constant.F64(double value) -> out.add(number(value, Double.toString(value)));
            case Constant.Char(int codePoint) -> out.add(Quoted.character(codePoint));
            case Constant.Text(String value) -> out.add(Quoted.name(value));
            case Constant.Parts(List<Constant> parts) -> parts(parts, type);
            case Constant.Case each -> choice(each, type);
            case Constant.Flags(int bits) -> flags(bits, (FlagsType) type);
        }
    }

    /** {@code java} is the number as Java writes it: the shortest decimal that is read as the same number again. */
    private static String number(double value, String java) {
        if (Double.isNaN(value)) {
            return "nan";
        }
        return Double.isInfinite(value) ? value < 0 ? "-inf" : "inf" : java.replace('E', 'e');
    }

    private void parts(List<Constant> parts, ValueType type) {
        String word = type instanceof ListType ? "list" : type instanceof RecordType ? "record" : "tuple";
        List<ValueType> types = type.parts();
        out.add("(" + word);
        for (int i = 0; i < parts.size(); i++) {
            out.add(" ");
            print(parts.get(i), type instanceof ListType list ? list.element() : types.get(i));
        }
        out.add(")");
    }

    private void flags(int bits, FlagsType type) {
        out.add("(flags");
        for (int i = 0; i < type.labels().size(); i++) {
            if ((bits >> i & 1) != 0) {
                out.requireRoom(offset);
                out.add(" " + Quoted.name(type.labels().get(i)));
            }
        }
        out.add(")");
    }

    private void choice(Constant.Case each, ValueType type) {
        Optional<Constant> payload = each.payload();
        switch (type) {
            case VariantType variant -> {
                VariantType.Case meant = variant.cases().get(each.index());
                out.add("(variant " + Quoted.name(meant.label()));
                payload.ifPresent(value -> {
                    out.add(" ");
                    print(value, meant.type().orElseThrow());
                });
                out.add(")");
            }
            case EnumType choice ->
                out.add("(enum " + Quoted.name(choice.labels().get(each.index())) + ")");
            case OptionType option -> word(each.index() == 0 ? "none" : "some", payload, Optional.of(option.some()));
            case ResultType either ->
                word(each.index() == 0 ? "ok" : "error", payload, each.index() == 0 ? either.ok() : either.error());
            case PrimitiveType _,
                    ListType _,
                    FixedLengthListType _,
                    MapType _,
                    RecordType _,
                    TupleType _,
                    FlagsType _,
                    OwnType _,
                    BorrowType _,
                    StreamType _,
                    FutureType _ -> throw new AssertionError("`" + type + "` has no cases");
        }
    }

    private void word(String word, Optional<Constant> payload, Optional<ValueType> type) {
        if (payload.isEmpty()) {
            out.add(word);
            return;
        }
        out.add("(" + word + " ");
        print(payload.get(), type.orElseThrow());
        out.add(")");
    }
}

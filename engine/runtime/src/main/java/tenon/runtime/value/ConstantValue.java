package tenon.runtime.value;

import java.util.ArrayList;
import java.util.List;
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

/** What constants are when they run: Explainer.md, "Value Definitions". */
public final class ConstantValue {
    private ConstantValue() {}

    /** The value of a constant, which is of the type. */
    public static Value of(Constant constant, ValueType type) {
        return switch (constant) {
            case Constant.Bool(boolean value) -> new Value.Bool(value);
            case Constant.Whole(long value) -> whole(value, (PrimitiveType) type);
            case Constant.F32(float value) -> new Value.F32(value);
            case Constant.F64(double value) -> new Value.F64(value);
            case Constant.Char(int codePoint) -> new Value.Char(codePoint);
            case Constant.Text(String value) -> new Value.Text(value);
            case Constant.Parts(List<Constant> parts) -> parts(parts, type);
            case Constant.Case each -> choice(each, type);
            case Constant.Flags(int bits) -> {
                var labels = new ArrayList<String>();
                List<String> all = ((FlagsType) type).labels();
                for (int i = 0; i < all.size(); i++) {
                    if ((bits >> i & 1) != 0) {
                        labels.add(all.get(i));
                    }
                }
                yield new Value.Flags(labels);
            }
        };
    }

    private static Value whole(long value, PrimitiveType type) {
        return switch (type) {
            case U8 -> new Value.U8((byte) value);
            case S8 -> new Value.S8((byte) value);
            case U16 -> new Value.U16((short) value);
            case S16 -> new Value.S16((short) value);
            case U32 -> new Value.U32((int) value);
            case S32 -> new Value.S32((int) value);
            case U64 -> new Value.U64(value);
            case S64 -> new Value.S64(value);
            case BOOL, F32, F64, CHAR, STRING, ERROR_CONTEXT -> throw new AssertionError("no integer: " + type);
        };
    }

    private static Value parts(List<Constant> parts, ValueType type) {
        var values = new ArrayList<Value>(parts.size());
        List<ValueType> types = type.parts();
        for (int i = 0; i < parts.size(); i++) {
            values.add(of(parts.get(i), type instanceof ListType list ? list.element() : types.get(i)));
        }
        if (!(type instanceof RecordType record)) {
            return type instanceof ListType ? new Value.Sequence(values) : new Value.Tuple(values);
        }
        var fields = new ArrayList<Value.Field>(values.size());
        for (int i = 0; i < values.size(); i++) {
            fields.add(new Value.Field(record.fields().get(i).label(), values.get(i)));
        }
        return new Value.Fields(fields);
    }

    private static Value choice(Constant.Case each, ValueType type) {
        return switch (type) {
            case VariantType variant -> {
                VariantType.Case meant = variant.cases().get(each.index());
                yield new Value.Variant(
                        meant.label(),
                        each.payload().map(value -> of(value, meant.type().orElseThrow())));
            }
            case EnumType labels -> new Value.Enumeration(labels.labels().get(each.index()));
            case OptionType option -> new Value.Option(each.payload().map(value -> of(value, option.some())));
            case ResultType either ->
                each.index() == 0
                        ? new Value.Ok(each.payload()
                                .map(value -> of(value, either.ok().orElseThrow())))
                        : new Value.Err(each.payload()
                                .map(value -> of(value, either.error().orElseThrow())));
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
        };
    }
}

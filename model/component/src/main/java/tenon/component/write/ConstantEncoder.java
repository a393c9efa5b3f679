package tenon.component.write;

import java.nio.charset.StandardCharsets;
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
import tenon.wasm.BinaryWriter;

/** Writes the {@code val} of a value definition: Binary.md, "Value Definitions". */
public final class ConstantEncoder {
    private static final int QUIET_NAN_32 = 0x7fc0_0000;
    private static final long QUIET_NAN_64 = 0x7ff8_0000_0000_0000L;

    private ConstantEncoder() {}

    /** The bytes of a constant, which is of the type. */
    public static byte[] encode(Constant constant, ValueType type) {
        var out = new BinaryWriter();
        write(out, constant, type);
        return out.toByteArray();
    }

    private static void write(BinaryWriter out, Constant constant, ValueType type) {
        switch (constant) {
            case Constant.Bool(boolean value) -> out.writeByte(value ? 1 : 0);
            case Constant.Whole(long value) -> whole(out, value, (PrimitiveType) type);
            case Constant.F32(float value) ->
                out.writeFixed32(Float.isNaN(value) ? QUIET_NAN_32 : Float.floatToRawIntBits(value));
            case Constant.F64(double value) ->
                out.writeFixed64(Double.isNaN(value) ? QUIET_NAN_64 : Double.doubleToRawLongBits(value));
            case Constant.Char(int codePoint) ->
                out.write(Character.toString(codePoint).getBytes(StandardCharsets.UTF_8));
            case Constant.Text(String value) -> out.writeName(value);
            case Constant.Parts(List<Constant> parts) -> parts(out, parts, type);
            case Constant.Case each -> choice(out, each, type);
            case Constant.Flags(int bits) -> {
                int labels = ((FlagsType) type).labels().size();
                for (int i = 0; i < labels; i += Byte.SIZE) {
                    out.writeByte(bits >> i);
                }
            }
        }
    }

    private static void whole(BinaryWriter out, long value, PrimitiveType type) {
        switch (type) {
            case U8, S8 -> out.writeByte((int) value);
            case U16, U32, U64 -> out.writeU64(value);
            case S16, S32, S64 -> out.writeSigned(value);
            case BOOL, F32, F64, CHAR, STRING, ERROR_CONTEXT -> throw new AssertionError("no integer: " + type);
        }
    }

    private static void parts(BinaryWriter out, List<Constant> parts, ValueType type) {
        if (type instanceof ListType list) {
            out.writeU32(parts.size());
            parts.forEach(part -> write(out, part, list.element()));
            return;
        }
        List<ValueType> types = type.parts();
        for (int i = 0; i < parts.size(); i++) {
            write(out, parts.get(i), types.get(i));
        }
    }

    private static void choice(BinaryWriter out, Constant.Case each, ValueType type) {
        out.writeU32(each.index());
        each.payload().ifPresent(payload -> write(out, payload, payload(type, each.index())));
    }

    private static ValueType payload(ValueType type, int index) {
        return switch (type) {
            case VariantType variant -> variant.cases().get(index).type().orElseThrow();
            case OptionType option -> option.some();
            case ResultType either -> (index == 0 ? either.ok() : either.error()).orElseThrow();
            case PrimitiveType _,
                    ListType _,
                    FixedLengthListType _,
                    MapType _,
                    RecordType _,
                    TupleType _,
                    EnumType _,
                    FlagsType _,
                    OwnType _,
                    BorrowType _,
                    StreamType _,
                    FutureType _ -> throw new AssertionError("`" + type + "` has no cases with something in them");
        };
    }
}

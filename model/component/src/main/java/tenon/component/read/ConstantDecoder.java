package tenon.component.read;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tenon.component.Constant;
import tenon.component.ValueDefinition;
import tenon.types.InvalidException;
import tenon.types.MalformedException;
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
 * Reads the {@code val} of a value definition: Binary.md, "Value Definitions". Input may be hostile: each part takes at least one byte, so
 * that what is made is bounded by what is read, and types are not nested deeper than validation allows.
 */
public final class ConstantDecoder {
    private static final int QUIET_NAN_32 = 0x7fc0_0000;
    private static final long QUIET_NAN_64 = 0x7ff8_0000_0000_0000L;

    private final BinaryReader in;

    private ConstantDecoder(BinaryReader in) {
        this.in = in;
    }

    /**
     * The constant of a definition.
     *
     * @param file the outermost file, which the definition was decoded from
     * @param type the definition's type
     * @throws MalformedException if the bytes are none of the type
     * @throws InvalidException if no value of the type can be written down
     */
    public static Constant decode(ValueDefinition definition, byte[] file, ValueType type) {
        requireForm(type, definition.offset());
        var in = new BinaryReader(file, definition.start(), definition.end());
        Constant constant = new ConstantDecoder(in).read(type);
        if (!in.atEnd()) {
            throw new MalformedException(
                    in.position(),
                    "value of type `" + type + "` is followed by " + (in.end() - in.position())
                            + " bytes, expected its end");
        }
        return constant;
    }

    /** Refuses types whose values have no form, even where none is there: in the case of a variant that is not meant. */
    public static void requireForm(ValueType type, long offset) {
        if (type.contains(part -> !hasForm(part))) {
            throw new InvalidException(
                    offset,
                    "a value of type `" + type + "` cannot be written down, expected one without maps, lists of fixed"
                            + " length, handles, streams, futures and error contexts");
        }
    }

    private static boolean hasForm(ValueType type) {
        return switch (type) {
            case PrimitiveType primitive -> primitive != PrimitiveType.ERROR_CONTEXT;
            case ListType _,
                    RecordType _,
                    TupleType _,
                    VariantType _,
                    EnumType _,
                    FlagsType _,
                    OptionType _,
                    ResultType _ -> true;
            case MapType _, FixedLengthListType _, OwnType _, BorrowType _, StreamType _, FutureType _ -> false;
        };
    }

    private Constant read(ValueType type) {
        return switch (type) {
            case PrimitiveType primitive -> read(primitive);
            case ListType list -> new Constant.Parts(in.readVector(() -> read(list.element())));
            case RecordType record -> parts(record.parts());
            case TupleType tuple -> parts(tuple.parts());
            case VariantType variant -> {
                int index = index("case", variant.cases().size());
                yield new Constant.Case(index, variant.cases().get(index).type().map(this::read));
            }
            case EnumType choice ->
                new Constant.Case(index("label", choice.labels().size()), Optional.empty());
            case OptionType option -> {
                boolean some = in.readFlag("an option");
                yield new Constant.Case(some ? 1 : 0, some ? Optional.of(read(option.some())) : Optional.empty());
            }
            case ResultType either -> {
                boolean error = in.readFlag("a result");
                yield new Constant.Case(error ? 1 : 0, (error ? either.error() : either.ok()).map(this::read));
            }
            case FlagsType flags -> new Constant.Flags(flags(flags.labels().size()));
            case MapType _, FixedLengthListType _, OwnType _, BorrowType _, StreamType _, FutureType _ ->
                throw new AssertionError("types without a form are refused before");
        };
    }

    private Constant read(PrimitiveType type) {
        return switch (type) {
            case BOOL -> new Constant.Bool(in.readFlag("a bool"));
            case U8 -> new Constant.Whole(in.readByte());
            case S8 -> new Constant.Whole((byte) in.readByte());
            case U16 -> new Constant.Whole(in.readUnsigned(16));
            case S16 -> new Constant.Whole(in.readSigned(16));
            case U32 -> new Constant.Whole(in.readUnsigned(32));
            case S32 -> new Constant.Whole(in.readSigned(32));
            case U64 -> new Constant.Whole(in.readUnsigned(64));
            case S64 -> new Constant.Whole(in.readSigned(64));
            case F32 -> f32();
            case F64 -> f64();
            case CHAR -> character();
            case STRING -> new Constant.Text(string());
            case ERROR_CONTEXT -> throw new AssertionError("types without a form are refused before");
        };
    }

    private Constant parts(List<ValueType> types) {
        var parts = new ArrayList<Constant>(types.size());
        for (ValueType type : types) {
            parts.add(read(type));
        }
        return new Constant.Parts(parts);
    }

    private int index(String what, int count) {
        int at = in.position();
        long index = in.readUnsigned32();
        if (index >= count) {
            throw new MalformedException(at, "unknown " + what + " " + index + ", expected one below " + count);
        }
        return (int) index;
    }

    private int flags(int labels) {
        int bits = 0;
        for (int i = 0; i < labels; i += Byte.SIZE) {
            bits |= in.readByte() << i;
        }
        return labels < Integer.SIZE ? bits & (1 << labels) - 1 : bits;
    }

    private Constant f32() {
        int at = in.position();
        int bits = fixed(Float.BYTES).getInt();
        float value = Float.intBitsToFloat(bits);
        requireOneNan(Float.isNaN(value), bits == QUIET_NAN_32, at);
        return new Constant.F32(value);
    }

    private Constant f64() {
        int at = in.position();
        long bits = fixed(Double.BYTES).getLong();
        double value = Double.longBitsToDouble(bits);
        requireOneNan(Double.isNaN(value), bits == QUIET_NAN_64, at);
        return new Constant.F64(value);
    }

    private static void requireOneNan(boolean nan, boolean quiet, int at) {
        if (nan && !quiet) {
            throw new MalformedException(at, "NaN with a payload, expected the canonical one");
        }
    }

    private ByteBuffer fixed(int size) {
        int at = in.position();
        in.skip(size);
        return ByteBuffer.wrap(in.bytes(), at, size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private Constant character() {
        int at = in.position();
        int lead = in.peek();
        in.skip(lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4);
        return new Constant.Char(utf8(at, in.position() - at).codePointAt(0));
    }

    private String string() {
        int length = in.readLength("string");
        int at = in.position();
        in.skip(length);
        return utf8(at, length);
    }

    private String utf8(int at, int length) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(in.bytes(), at, length))
                    .toString();
        } catch (CharacterCodingException _) {
            throw new MalformedException(at, "malformed UTF-8 encoding");
        }
    }
}

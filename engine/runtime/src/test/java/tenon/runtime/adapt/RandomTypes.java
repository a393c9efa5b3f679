package tenon.runtime.adapt;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import tenon.runtime.value.Value;
import tenon.types.component.EnumType;
import tenon.types.component.FixedLengthListType;
import tenon.types.component.FlagsType;
import tenon.types.component.ListType;
import tenon.types.component.MapType;
import tenon.types.component.OptionType;
import tenon.types.component.PrimitiveType;
import tenon.types.component.RecordType;
import tenon.types.component.ResultType;
import tenon.types.component.TupleType;
import tenon.types.component.ValueType;
import tenon.types.component.VariantType;

/** Value types without handles, and values of them, from a seed. */
final class RandomTypes {
    private static final List<PrimitiveType> PRIMITIVES = List.of(
            PrimitiveType.BOOL,
            PrimitiveType.S8,
            PrimitiveType.U8,
            PrimitiveType.S16,
            PrimitiveType.U16,
            PrimitiveType.S32,
            PrimitiveType.U32,
            PrimitiveType.S64,
            PrimitiveType.U64,
            PrimitiveType.F32,
            PrimitiveType.F64,
            PrimitiveType.CHAR,
            PrimitiveType.STRING);
    private static final List<PrimitiveType> KEYS = List.of(PrimitiveType.U8, PrimitiveType.CHAR, PrimitiveType.STRING);
    private static final String[] WORDS = {
        "", "plain", "grüße", "₿₿₿ and ✔", "a\uD83D\uDE00b", "0123456789abcdef0123456789"
    };

    private final Random random;

    RandomTypes(long seed) {
        random = new Random(seed);
    }

    ValueType type(int depth) {
        int choice = random.nextInt(depth == 0 ? 6 : 16);
        return switch (choice) {
            case 6 -> new ListType(type(depth - 1));
            case 7 -> new RecordType(fields(depth));
            case 8 -> new TupleType(types(depth, 1 + random.nextInt(4)));
            case 9 -> new VariantType(cases(depth));
            case 10 -> new EnumType(labels(1 + random.nextInt(300)));
            case 11 -> new FlagsType(labels(1 + random.nextInt(32)));
            case 12 -> new OptionType(type(depth - 1));
            case 13 -> new ResultType(optional(depth), optional(depth));
            case 14 -> new MapType(KEYS.get(random.nextInt(KEYS.size())), type(depth - 1));
            case 15 -> new FixedLengthListType(type(depth - 1), 1 + random.nextInt(4));
            default -> PRIMITIVES.get(random.nextInt(PRIMITIVES.size()));
        };
    }

    private List<ValueType> types(int depth, int count) {
        var types = new ArrayList<ValueType>();
        for (int i = 0; i < count; i++) {
            types.add(type(depth - 1));
        }
        return types;
    }

    private List<RecordType.Field> fields(int depth) {
        var fields = new ArrayList<RecordType.Field>();
        for (ValueType type : types(depth, 1 + random.nextInt(5))) {
            fields.add(new RecordType.Field("f" + fields.size(), type));
        }
        return fields;
    }

    private List<VariantType.Case> cases(int depth) {
        var cases = new ArrayList<VariantType.Case>();
        int count = 1 + random.nextInt(5);
        for (int i = 0; i < count; i++) {
            cases.add(new VariantType.Case("c" + i, optional(depth)));
        }
        return cases;
    }

    private Optional<ValueType> optional(int depth) {
        return random.nextInt(3) == 0 ? Optional.empty() : Optional.of(type(depth - 1));
    }

    private static List<String> labels(int count) {
        var labels = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            labels.add("l" + i);
        }
        return labels;
    }

    Value value(ValueType type) {
        return switch (type) {
            case PrimitiveType primitive -> primitive(primitive);
            case ListType list -> {
                var elements = new ArrayList<Value>();
                int count = random.nextInt(5);
                for (int i = 0; i < count; i++) {
                    elements.add(value(list.element()));
                }
                yield new Value.Sequence(elements);
            }
            case MapType map -> value(new ListType(new TupleType(map.parts())));
            case FixedLengthListType list ->
                new Value.Sequence(Stream.generate(() -> value(list.element()))
                        .limit(list.length())
                        .toList());
            case RecordType record ->
                new Value.Fields(record.fields().stream()
                        .map(field -> new Value.Field(field.label(), value(field.type())))
                        .toList());
            case TupleType tuple ->
                new Value.Tuple(tuple.types().stream().map(this::value).toList());
            case VariantType variant -> {
                VariantType.Case one =
                        variant.cases().get(random.nextInt(variant.cases().size()));
                yield new Value.Variant(one.label(), one.type().map(this::value));
            }
            case EnumType labels ->
                new Value.Enumeration(
                        labels.labels().get(random.nextInt(labels.labels().size())));
            case FlagsType flags ->
                new Value.Flags(flags.labels().stream()
                        .filter(_ -> random.nextBoolean())
                        .toList());
            case OptionType option ->
                new Value.Option(random.nextBoolean() ? Optional.of(value(option.some())) : Optional.empty());
            case ResultType result ->
                random.nextBoolean()
                        ? new Value.Ok(result.ok().map(this::value))
                        : new Value.Err(result.error().map(this::value));
            default -> throw new AssertionError(type);
        };
    }

    private Value primitive(PrimitiveType type) {
        return switch (type) {
            case BOOL -> new Value.Bool(random.nextBoolean());
            case S8 -> new Value.S8((byte) random.nextInt());
            case U8 -> new Value.U8((byte) random.nextInt());
            case S16 -> new Value.S16((short) random.nextInt());
            case U16 -> new Value.U16((short) random.nextInt());
            case S32 -> new Value.S32(random.nextInt());
            case U32 -> new Value.U32(random.nextInt());
            case S64 -> new Value.S64(random.nextLong());
            case U64 -> new Value.U64(random.nextLong());
            case F32 -> new Value.F32(random.nextInt(8) == 0 ? Float.NaN : Float.intBitsToFloat(random.nextInt()));
            case F64 -> new Value.F64(random.nextInt(8) == 0 ? Double.NaN : Double.longBitsToDouble(random.nextLong()));
            case CHAR -> new Value.Char("aß₿✔".codePointAt(random.nextInt(4)));
            case STRING -> new Value.Text(WORDS[random.nextInt(WORDS.length)]);
            case ERROR_CONTEXT -> throw new AssertionError(type);
        };
    }
}

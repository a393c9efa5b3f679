package tenon.conformance.values;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import tenon.runtime.value.Value;
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
 * Values of any type, from a seed: the edges more often than the middle.
 *
 * <p>What passes by a handle is described by a value without one: a resource by a number of its own, a stream by the list of its
 * elements, a future by its element, an error context by its message. An element that is none is an empty tuple.
 */
final class RandomValues {
    private static final long[] EDGES = {0, 1, -1, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, Integer.MAX_VALUE, Long.MIN_VALUE};
    private static final String[] PIECES = {
        "a", "plain", "ß", "ÿ", "\u0100", "₿", "✔", "\uFFFD", "\uD83D\uDE00", "\0", "0123456789abcdef"
    };

    /** Described, an element of a stream or future that carries nothing. */
    static final Value NOTHING = new Value.Tuple(List.of());

    private final Random random;
    private int made;

    RandomValues(long seed) {
        this.random = new Random(seed);
    }

    /** The next value of a type. */
    Value of(ValueType type) {
        return switch (type) {
            case PrimitiveType primitive -> primitive(primitive);
            case ListType list -> new Value.Sequence(several(list.element()));
            case FixedLengthListType list ->
                new Value.Sequence(Stream.generate(() -> of(list.element()))
                        .limit(list.length())
                        .toList());
            case MapType map -> new Value.Sequence(entries(map));
            case OwnType _, BorrowType _ -> new Value.U32(++made);
            case StreamType stream ->
                new Value.Sequence(stream.element()
                        .map(this::several)
                        .orElseGet(() -> Collections.nCopies(random.nextInt(20), NOTHING)));
            case FutureType future -> future.element().map(this::of).orElse(NOTHING);
            case RecordType record ->
                new Value.Fields(record.fields().stream()
                        .map(field -> new Value.Field(field.label(), of(field.type())))
                        .toList());
            case TupleType tuple ->
                new Value.Tuple(tuple.types().stream().map(this::of).toList());
            case VariantType variant -> {
                VariantType.Case one =
                        variant.cases().get(random.nextInt(variant.cases().size()));
                yield new Value.Variant(one.label(), one.type().map(this::of));
            }
            case EnumType names ->
                new Value.Enumeration(
                        names.labels().get(random.nextInt(names.labels().size())));
            case FlagsType flags ->
                new Value.Flags(flags.labels().stream()
                        .filter(_ -> random.nextBoolean())
                        .toList());
            case OptionType option ->
                new Value.Option(random.nextBoolean() ? Optional.of(of(option.some())) : Optional.empty());
            case ResultType result ->
                random.nextBoolean()
                        ? new Value.Ok(result.ok().map(this::of))
                        : new Value.Err(result.error().map(this::of));
        };
    }

    /** Entries with keys that differ: a typed map keeps no others. */
    private List<Value> entries(MapType map) {
        var entries = new LinkedHashMap<Value, Value>();
        for (int i = random.nextInt(4); i > 0; i--) {
            entries.put(of(map.key()), of(map.value()));
        }
        return entries.entrySet().stream()
                .<Value>map(entry -> new Value.Tuple(List.of(entry.getKey(), entry.getValue())))
                .toList();
    }

    private List<Value> several(ValueType element) {
        boolean many = random.nextInt(20) == 0 && !Parts.hasHandles(element);
        int count = many ? random.nextInt(200) : random.nextInt(4);
        var values = new ArrayList<Value>(count);
        for (int i = 0; i < count; i++) {
            values.add(of(element));
        }
        return values;
    }

    private long number() {
        return random.nextBoolean() ? EDGES[random.nextInt(EDGES.length)] : random.nextLong();
    }

    private String text() {
        int count = random.nextInt(30) == 0 ? random.nextInt(300) : random.nextInt(5);
        // one repertoire for each text, so that all-ASCII and all-Latin-1 ones occur
        int repertoire = 1 + random.nextInt(PIECES.length);
        return Stream.generate(() -> PIECES[random.nextInt(repertoire)])
                .limit(count)
                .reduce("", String::concat);
    }

    private int codePoint() {
        int point = random.nextInt(Character.MAX_CODE_POINT + 1);
        return Character.isBmpCodePoint(point) && Character.isSurrogate((char) point) ? 'x' : point;
    }

    private Value primitive(PrimitiveType type) {
        return switch (type) {
            case BOOL -> new Value.Bool(random.nextBoolean());
            case S8 -> new Value.S8((byte) number());
            case U8 -> new Value.U8((byte) number());
            case S16 -> new Value.S16((short) number());
            case U16 -> new Value.U16((short) number());
            case S32 -> new Value.S32((int) number());
            case U32 -> new Value.U32((int) number());
            case S64 -> new Value.S64(number());
            case U64 -> new Value.U64(number());
            // of all NaNs only the canonical one goes through: CanonicalABI.md, "Loading"
            case F32 -> new Value.F32(Float.intBitsToFloat(Float.floatToIntBits(Float.intBitsToFloat((int) number()))));
            case F64 ->
                new Value.F64(Double.longBitsToDouble(Double.doubleToLongBits(Double.longBitsToDouble(number()))));
            case CHAR -> new Value.Char(codePoint());
            case STRING, ERROR_CONTEXT -> new Value.Text(text());
        };
    }
}

package tenon.types.component;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a value lies in linear memory: CanonicalABI.md, "Alignment" and "Element Size".
 *
 * @param size in bytes ({@code elem_size}), a multiple of {@code alignment}; stops growing at {@link #TOO_BIG}, which validation
 *     refuses
 * @param alignment in bytes: 1, 2, 4 or 8
 */
public record Layout(int size, int alignment) {

    /** Validation refuses types of this size, in bytes, and more: Binary.md, "Type Definitions". */
    public static final int TOO_BIG = 1 << 28;

    /** The layout of any type. */
    public static Layout of(ValueType type, PointerType pointer) {
        return switch (type) {
            case PrimitiveType primitive -> primitive(primitive, pointer);
            case ListType _, MapType _ -> new Layout(2 * pointer.size(), pointer.size());
            case FixedLengthListType list -> {
                Layout element = of(list.element(), pointer);
                yield new Layout(clamp(Math.min(list.length(), TOO_BIG) * element.size), element.alignment);
            }
            case RecordType record -> Fields.of(record.parts(), pointer).whole();
            case TupleType tuple -> Fields.of(tuple.types(), pointer).whole();
            case FlagsType flags -> flags(flags.labels().size());
            case EnumType labels ->
                new Layout(
                        discriminant(labels.labels().size()),
                        discriminant(labels.labels().size()));
            case VariantType variant -> Cases.of(payloads(variant), pointer).whole();
            case OptionType option ->
                Cases.of(List.of(Optional.empty(), Optional.of(option.some())), pointer)
                        .whole();
            case ResultType result ->
                Cases.of(List.of(result.ok(), result.error()), pointer).whole();
            case OwnType _, BorrowType _, StreamType _, FutureType _ -> new Layout(4, 4);
        };
    }

    /** The layout of types that follow each other: a record's fields, a tuple, parameters or results that go through memory. */
    public static Fields ofFields(List<ValueType> types, PointerType pointer) {
        return Fields.of(types, pointer);
    }

    /** The layout of a variant, enum, option or result. */
    public static Cases ofCases(List<Optional<ValueType>> payloads, PointerType pointer) {
        return Cases.of(payloads, pointer);
    }

    /** The payloads of a variant's cases, in order. */
    public static List<Optional<ValueType>> payloads(VariantType variant) {
        return variant.cases().stream().map(VariantType.Case::type).toList();
    }

    /**
     * A record, field by field.
     *
     * @param offsets of the fields from the record's start, in bytes
     */
    public record Fields(Layout whole, List<Integer> offsets) {
        public Fields {
            offsets = List.copyOf(offsets);
        }

        static Fields of(List<ValueType> types, PointerType pointer) {
            var offsets = new ArrayList<Integer>();
            int size = 0;
            int alignment = 1;
            for (ValueType type : types) {
                Layout field = Layout.of(type, pointer);
                size = alignTo(size, field.alignment);
                offsets.add(size);
                size = clamp((long) size + field.size);
                alignment = Math.max(alignment, field.alignment);
            }
            return new Fields(new Layout(alignTo(size, alignment), alignment), offsets);
        }
    }

    /**
     * A variant.
     *
     * @param discriminantSize in bytes: 1, 2 or 4; the discriminant stands at offset 0
     * @param payloadOffset where every case's payload starts, in bytes
     */
    public record Cases(Layout whole, int discriminantSize, int payloadOffset) {
        static Cases of(List<Optional<ValueType>> payloads, PointerType pointer) {
            int discriminant = discriminant(payloads.size());
            int size = 0;
            int alignment = 1;
            for (Optional<ValueType> payload : payloads) {
                if (payload.isPresent()) {
                    Layout layout = Layout.of(payload.get(), pointer);
                    size = Math.max(size, layout.size);
                    alignment = Math.max(alignment, layout.alignment);
                }
            }
            int offset = alignTo(discriminant, alignment);
            int whole = Math.max(alignment, discriminant);
            return new Cases(new Layout(alignTo(clamp((long) offset + size), whole), whole), discriminant, offset);
        }
    }

    /** The size of a discriminant of so many cases, in bytes: CanonicalABI.md, {@code discriminant_type}. */
    public static int discriminant(int cases) {
        return cases <= 1 << 8 ? 1 : cases <= 1 << 16 ? 2 : 4;
    }

    /** CanonicalABI.md, {@code align_to}; {@code alignment} is a power of two. */
    public static int alignTo(int offset, int alignment) {
        return (offset + alignment - 1) & -alignment;
    }

    private static Layout primitive(PrimitiveType type, PointerType pointer) {
        return switch (type) {
            case BOOL, S8, U8 -> new Layout(1, 1);
            case S16, U16 -> new Layout(2, 2);
            case S32, U32, F32, CHAR, ERROR_CONTEXT -> new Layout(4, 4);
            case S64, U64, F64 -> new Layout(8, 8);
            case STRING -> new Layout(2 * pointer.size(), pointer.size());
        };
    }

    private static Layout flags(int labels) {
        int size = labels <= 8 ? 1 : labels <= 16 ? 2 : 4;
        return new Layout(size, size);
    }

    private static int clamp(long size) {
        return (int) Math.min(size, TOO_BIG);
    }
}

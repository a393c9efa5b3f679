package tenon.conformance.values;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Function;
import java.util.stream.Collectors;
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
 * A type as text: what must have a name is {@code $t0}, {@code $t1} and so on, and resources have their own.
 *
 * @param named what must have a name, each behind what it is made of
 */
record TypeText(List<ValueType> named) {
    /** The names that a type needs. */
    static TypeText of(ValueType type) {
        var named = new ArrayList<ValueType>();
        collect(type, named);
        return new TypeText(List.copyOf(named));
    }

    private static void collect(ValueType type, List<ValueType> named) {
        type.parts().forEach(part -> collect(part, named));
        boolean needs = switch (type) {
            case RecordType _, VariantType _, EnumType _, FlagsType _ -> true;
            default -> false;
        };
        if (needs && !named.contains(type)) {
            named.add(type);
        }
    }

    /** All that has a name, one line each; {@code form} gets its number and its definition. */
    String definitions(String form) {
        var lines = new StringJoiner(System.lineSeparator());
        for (int i = 0; i < named.size(); i++) {
            lines.add(form.formatted(i, definition(named.get(i))));
        }
        return lines.toString();
    }

    /** The type where it is used. */
    String use(ValueType type) {
        int index = named.indexOf(type);
        return index < 0 ? definition(type) : "$t" + index;
    }

    private String definition(ValueType type) {
        return switch (type) {
            case PrimitiveType primitive -> primitive.toString();
            case ListType list -> "(list " + use(list.element()) + ")";
            case FixedLengthListType list -> "(list " + use(list.element()) + " " + list.length() + ")";
            case MapType map -> "(map " + use(map.key()) + " " + use(map.value()) + ")";
            case TupleType tuple -> "(tuple " + each(tuple.types(), this::use) + ")";
            case OptionType option -> "(option " + use(option.some()) + ")";
            case ResultType result ->
                "(result" + maybe(result.ok(), " %s") + maybe(result.error(), " (error %s)") + ")";
            case RecordType record ->
                "(record "
                        + each(record.fields(), field -> "(field \"" + field.label() + "\" " + use(field.type()) + ")")
                        + ")";
            case VariantType variant ->
                "(variant "
                        + each(variant.cases(), one -> "(case \"" + one.label() + "\"" + maybe(one.type(), " %s") + ")")
                        + ")";
            case EnumType names -> "(enum " + each(names.labels(), label -> "\"" + label + "\"") + ")";
            case FlagsType flags -> "(flags " + each(flags.labels(), label -> "\"" + label + "\"") + ")";
            case OwnType own -> "(own $" + own.resource() + ")";
            case BorrowType borrow -> "(borrow $" + borrow.resource() + ")";
            case StreamType stream -> "(stream" + maybe(stream.element(), " %s") + ")";
            case FutureType future -> "(future" + maybe(future.element(), " %s") + ")";
        };
    }

    private String maybe(Optional<ValueType> type, String form) {
        return type.map(each -> form.formatted(use(each))).orElse("");
    }

    private static <T> String each(List<T> parts, Function<? super T, String> text) {
        return parts.stream().map(text).collect(Collectors.joining(" "));
    }
}

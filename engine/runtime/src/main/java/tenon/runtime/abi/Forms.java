package tenon.runtime.abi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tenon.types.LinkException;
import tenon.types.component.BorrowType;
import tenon.types.component.EnumType;
import tenon.types.component.FixedLengthListType;
import tenon.types.component.FlagsType;
import tenon.types.component.FutureType;
import tenon.types.component.Layout;
import tenon.types.component.ListType;
import tenon.types.component.MapType;
import tenon.types.component.OptionType;
import tenon.types.component.OwnType;
import tenon.types.component.PrimitiveType;
import tenon.types.component.RecordType;
import tenon.types.component.ResourceType;
import tenon.types.component.ResultType;
import tenon.types.component.StreamType;
import tenon.types.component.TupleType;
import tenon.types.component.ValueType;
import tenon.types.component.VariantType;

/** What values of each kind of type are in Java, for the makers of shapes that need no Java type to go by. Immutable. */
interface Forms {
    /** A list of fixed length is moved part by part; longer ones are refused. */
    int MOST_PARTS = 10_000;

    Shape.Wrapper scalar(PrimitiveType type);

    Shape.TextForm text();

    Shape.ElementsForm elements();

    /** A list of fixed length: a product of as many elements. */
    Shape.ProductForm elements(FixedLengthListType type);

    /** A map: a list of its entries. */
    Shape.ElementsForm entries();

    /** An entry of a map: a product of a key and a value. */
    Shape.ProductForm entry(MapType type);

    Shape.ProductForm record(RecordType type);

    Shape.ProductForm tuple(TupleType type);

    Shape.SumForm sum(ValueType type);

    Shape.FlagsForm flags(FlagsType type);

    Shape.HandleForm handle();

    Shape.AsyncForm async(ValueType type);

    /** The shape of {@code type} in these forms. */
    default Shape shape(ValueType type, Function<ResourceType, Shape.ResourceKind> resources) {
        var measure = Shape.Measure.of(type);
        return switch (type) {
            case PrimitiveType primitive -> primitive(measure, primitive);
            case ListType list -> new Shape.Elements(measure, shape(list.element(), resources), elements());
            case RecordType record -> product(measure, record.parts(), record(record), resources);
            case TupleType tuple -> product(measure, tuple.types(), tuple(tuple), resources);
            case VariantType _, EnumType _, OptionType _, ResultType _ -> sumOf(measure, resources);
            case FlagsType flags -> new Shape.Flags(measure, flags, flags(flags));
            case OwnType own -> new Shape.Handle(measure, resources.apply(own.resource()), true, handle());
            case BorrowType borrow -> new Shape.Handle(measure, resources.apply(borrow.resource()), false, handle());
            case StreamType stream ->
                new Shape.AsyncValue(
                        measure,
                        Shape.AsyncKind.STREAM,
                        stream.element().map(each -> shape(each, resources)),
                        async(type));
            case FutureType future ->
                new Shape.AsyncValue(
                        measure,
                        Shape.AsyncKind.FUTURE,
                        future.element().map(each -> shape(each, resources)),
                        async(type));
            case FixedLengthListType list -> fixed(measure, list, shape(list.element(), resources), elements(list));
            case MapType map ->
                map(measure, map, shape(map.key(), resources), shape(map.value(), resources), entries(), entry(map));
        };
    }

    /** A list of fixed length as the product of its elements. */
    static Shape fixed(Shape.Measure measure, FixedLengthListType type, Shape element, Shape.ProductForm form) {
        long parts = type.length() * parts(element);
        if (parts > MOST_PARTS) {
            throw new LinkException("lists of fixed length of more than " + MOST_PARTS
                    + " parts are not supported, found " + parts + ": `" + type + "`");
        }
        int length = (int) type.length();
        var offsets = new PerPointer<>(pointer -> {
            int[] starts = new int[length];
            Arrays.setAll(starts, i -> i * element.size(pointer));
            return starts;
        });
        return new Shape.Product(measure, Collections.nCopies(length, element), offsets, form);
    }

    private static long parts(Shape shape) {
        return switch (shape) {
            case Shape.Product product ->
                1 + product.fields().stream().mapToLong(Forms::parts).sum();
            case Shape.Sum sum ->
                1
                        + sum.cases().stream()
                                .flatMap(Optional::stream)
                                .mapToLong(Forms::parts)
                                .sum();
            case Shape.Scalar _,
                    Shape.Text _,
                    Shape.Numbers _,
                    Shape.Elements _,
                    Shape.Flags _,
                    Shape.Handle _,
                    Shape.AsyncValue _ -> 1;
        };
    }

    /** A map as the list of its entries. */
    static Shape map(
            Shape.Measure measure,
            MapType type,
            Shape key,
            Shape value,
            Shape.ElementsForm entries,
            Shape.ProductForm entry) {
        List<ValueType> parts = type.parts();
        var pair =
                new Shape.Product(Shape.Measure.of(new TupleType(parts)), List.of(key, value), offsets(parts), entry);
        return new Shape.Elements(measure, pair, entries);
    }

    private Shape primitive(Shape.Measure measure, PrimitiveType type) {
        return switch (type) {
            case STRING -> new Shape.Text(measure, text());
            case ERROR_CONTEXT ->
                new Shape.AsyncValue(measure, Shape.AsyncKind.ERROR_CONTEXT, Optional.empty(), async(type));
            case BOOL, S8, U8, S16, U16, S32, U32, S64, U64, F32, F64, CHAR ->
                new Shape.Scalar(measure, type, scalar(type));
        };
    }

    private Shape product(
            Shape.Measure measure,
            List<ValueType> parts,
            Shape.ProductForm form,
            Function<ResourceType, Shape.ResourceKind> resources) {
        var fields = new ArrayList<Shape>();
        parts.forEach(part -> fields.add(shape(part, resources)));
        return new Shape.Product(measure, List.copyOf(fields), offsets(parts), form);
    }

    private Shape sumOf(Shape.Measure measure, Function<ResourceType, Shape.ResourceKind> resources) {
        List<Optional<ValueType>> payloads = payloads(measure.type());
        var cases = new ArrayList<Optional<Shape>>();
        payloads.forEach(payload -> cases.add(payload.map(each -> shape(each, resources))));
        return sum(measure, payloads, cases, sum(measure.type()));
    }

    /** A sum with its layout. */
    static Shape.Sum sum(
            Shape.Measure measure,
            List<Optional<ValueType>> payloads,
            List<Optional<Shape>> cases,
            Shape.SumForm form) {
        var offset =
                new PerPointer<>(pointer -> Layout.ofCases(payloads, pointer).payloadOffset());
        return new Shape.Sum(measure, List.copyOf(cases), Layout.discriminant(payloads.size()), offset, form);
    }

    /** The payloads of a variant, enum, option or result, case by case. */
    static List<Optional<ValueType>> payloads(ValueType type) {
        return Layout.payloads((VariantType) type.despecialize());
    }

    /** The offsets of fields, in bytes. */
    static PerPointer<int[]> offsets(List<ValueType> parts) {
        return new PerPointer<>(pointer -> Layout.ofFields(parts, pointer).offsets().stream()
                .mapToInt(Integer::intValue)
                .toArray());
    }

    /** A payload that must be there or not. */
    static Object present(@Nullable Object payload) {
        assert payload != null : "the case has a payload";
        return payload;
    }
}

package tenon.conformance.values;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import tenon.conformance.values.Parts.Part;
import tenon.runtime.value.Value;
import tenon.types.component.FixedLengthListType;
import tenon.types.component.FutureType;
import tenon.types.component.ListType;
import tenon.types.component.MapType;
import tenon.types.component.PrimitiveType;
import tenon.types.component.RecordType;
import tenon.types.component.StreamType;
import tenon.types.component.TupleType;
import tenon.types.component.ValueType;

/** From a value that fails to a small one of a small type that fails, too. */
final class Shrinking {
    /** Each attempt links a component. */
    private static final int MOST_ATTEMPTS = 300;

    private final Predicate<Part> fails;
    private int attempts;

    Shrinking(Predicate<Part> fails) {
        this.fails = fails;
    }

    /** The smallest that is found from here; it fails if {@code from} does. */
    Part shrink(Part from) {
        for (Part each : smaller(from)) {
            if (attempts++ >= MOST_ATTEMPTS) {
                return from;
            }
            if (fails.test(each)) {
                return shrink(each);
            }
        }
        return from;
    }

    private static List<Part> smaller(Part from) {
        var smaller = new ArrayList<>(Parts.of(from.type(), from.value()));
        smaller.addAll(within(from));
        if (from.value() instanceof Value.Text(var text) && text.length() > 1) {
            int middle = text.offsetByCodePoints(0, text.codePointCount(0, text.length()) / 2);
            if (middle > 0 && middle < text.length()) {
                smaller.add(new Part(from.type(), new Value.Text(text.substring(0, middle))));
                smaller.add(new Part(from.type(), new Value.Text(text.substring(middle))));
            }
        }
        return smaller;
    }

    private static List<Part> within(Part from) {
        return switch (from.type()) {
            case ListType _, MapType _, StreamType _ -> shorter(from.type(), from.value());
            case FixedLengthListType list
            when list.length() > 1 ->
                without(((Value.Sequence) from.value()).elements()).stream()
                        .map(rest -> new Part(
                                new FixedLengthListType(list.element(), rest.size()), new Value.Sequence(rest)))
                        .toList();
            case TupleType tuple -> fewer(tuple, from.value());
            case RecordType record ->
                fewer(
                        new TupleType(record.parts()),
                        new Value.Tuple(((Value.Fields) from.value())
                                .fields().stream().map(Value.Field::value).toList()));
            default -> List.of();
        };
    }

    private static List<Part> shorter(ValueType type, Value value) {
        List<Value> elements = ((Value.Sequence) value).elements();
        var shorter = new ArrayList<Part>();
        if (elements.size() > 3) {
            int middle = elements.size() / 2;
            shorter.add(new Part(type, new Value.Sequence(elements.subList(0, middle))));
            shorter.add(new Part(type, new Value.Sequence(elements.subList(middle, elements.size()))));
        }
        without(elements).forEach(rest -> shorter.add(new Part(type, new Value.Sequence(rest))));
        element(type).ifPresent(element -> {
            for (Part each : elements.isEmpty() ? List.<Part>of() : smaller(new Part(element, elements.getFirst()))) {
                if (elements.size() == 1) {
                    of(type, each.type())
                            .ifPresent(smaller ->
                                    shorter.add(new Part(smaller, new Value.Sequence(List.of(each.value())))));
                }
            }
        });
        return shorter;
    }

    private static Optional<ValueType> element(ValueType type) {
        return switch (type) {
            case ListType list -> Optional.of(list.element());
            case StreamType stream -> stream.element();
            default -> Optional.empty();
        };
    }

    /** A list or stream of other elements; there are no streams of characters. */
    private static Optional<ValueType> of(ValueType type, ValueType element) {
        if (type instanceof ListType) {
            return Optional.of(new ListType(element));
        }
        return element == PrimitiveType.CHAR ? Optional.empty() : Optional.of(new StreamType(Optional.of(element)));
    }

    /** Each list that lacks one. */
    private static <T> List<List<T>> without(List<T> all) {
        var lists = new ArrayList<List<T>>();
        for (int i = 0; i < all.size(); i++) {
            var rest = new ArrayList<T>(all);
            rest.remove(i);
            lists.add(rest);
        }
        return lists;
    }

    private static List<Part> fewer(TupleType type, Value value) {
        List<List<ValueType>> types = without(type.types());
        List<List<Value>> values = without(((Value.Tuple) value).elements());
        var fewer = new ArrayList<Part>();
        for (int i = 0; i < types.size() && types.size() > 1; i++) {
            fewer.add(new Part(new TupleType(types.get(i)), new Value.Tuple(values.get(i))));
        }
        return fewer;
    }

    /** Whether a pump can carry it. */
    static boolean isEnd(ValueType type) {
        return type instanceof StreamType || type instanceof FutureType;
    }
}

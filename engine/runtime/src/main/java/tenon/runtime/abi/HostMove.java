package tenon.runtime.abi;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A value on its way from one function of the host to another, where both ends of a stream or future have come to be the host's: as if it
 * were lowered by the one and lifted by the other. What it owns is the taker's from then on, in the form that the taker's type asks for.
 *
 * @param from where the giver's handles are
 * @param to where the taker's are
 */
record HostMove(LiftLowerContext from, LiftLowerContext to) {
    Object move(Object value, Shape source, Shape target) {
        return switch (source) {
            case Shape.Scalar scalar ->
                ((Shape.Scalar) target).wrapper().wrap(scalar.wrapper().unwrap(value));
            case Shape.Text text ->
                ((Shape.Text) target).form().make(text.form().take(value));
            case Shape.Numbers numbers -> {
                List<Object> bare = numbers(value, numbers);
                if (element(target) instanceof Shape.Scalar scalar) {
                    bare.replaceAll(scalar.wrapper()::wrap);
                }
                yield list(bare, target);
            }
            case Shape.Elements list -> list(moved(list.form().take(value), list.element(), element(target)), target);
            case Shape.Product product -> product(value, product, (Shape.Product) target);
            case Shape.Sum sum -> {
                int index = sum.form().index(value);
                @Nullable Object payload = sum.payload(index) == null
                        ? null
                        : Objects.requireNonNull(sum.form().payload(value, index));
                yield ((Shape.Sum) target).form().make(index, payload(payload, index, sum, (Shape.Sum) target));
            }
            case Shape.Flags flags ->
                ((Shape.Flags) target).form().make(flags.form().bits(value));
            case Shape.Handle handle -> handle(value, handle, (Shape.Handle) target);
            case Shape.AsyncValue async -> {
                var other = (Shape.AsyncValue) target;
                yield other.form().make(to, other, async.form().take(from, async, value));
            }
        };
    }

    private Object product(Object value, Shape.Product source, Shape.Product target) {
        Object[] fields = source.form().take(value);
        Object[] moved = new Object[fields.length];
        for (int i = 0; i < fields.length; i++) {
            moved[i] = move(fields[i], source.fields().get(i), target.fields().get(i));
        }
        return target.form().make(moved);
    }

    private @Nullable Object payload(@Nullable Object payload, int index, Shape.Sum source, Shape.Sum target) {
        Shape given = source.payload(index);
        Shape taken = target.payload(index);
        return payload == null || given == null || taken == null ? null : move(payload, given, taken);
    }

    private Object handle(Object value, Shape.Handle source, Shape.Handle target) {
        return switch (source.resource()) {
            case Shape.ResourceKind.Host _ ->
                target.form().makeHost(source.form().takeHost(value));
            case Shape.ResourceKind.Guest guest ->
                target.form().make(to, guest, source.form().take(from, guest, value, source.own()), source.own());
        };
    }

    /** What an element of a list is made to; of numbers the bare one. */
    private static @Nullable Shape element(Shape list) {
        return list instanceof Shape.Elements elements ? elements.element() : null;
    }

    private List<Object> moved(List<?> elements, Shape source, @Nullable Shape target) {
        var moved = new ArrayList<Object>(elements.size());
        for (Object each : elements) {
            moved.add(target == null ? ((Shape.Scalar) source).wrapper().unwrap(each) : move(each, source, target));
        }
        return moved;
    }

    /** The numbers of an array, each in its box. */
    private static List<Object> numbers(Object array, Shape.Numbers shape) {
        assert array.getClass().componentType() == shape.component();
        var numbers = new ArrayList<Object>(Array.getLength(array));
        for (int i = 0; i < Array.getLength(array); i++) {
            numbers.add(Array.get(array, i));
        }
        return numbers;
    }

    /** A list of elements that are in the target's form, or of bare numbers. */
    private static Object list(List<Object> elements, Shape target) {
        if (target instanceof Shape.Numbers numbers) {
            Object array = Array.newInstance(numbers.component(), elements.size());
            for (int i = 0; i < elements.size(); i++) {
                Array.set(array, i, elements.get(i));
            }
            return array;
        }
        var list = (Shape.Elements) target;
        return list.form().make(elements.toArray());
    }
}

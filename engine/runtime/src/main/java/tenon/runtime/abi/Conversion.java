package tenon.runtime.abi;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values of one type from one form in Java to another, where no guest is between the two. Stateless. */
public final class Conversion {
    private Conversion() {}

    /**
     * A value in another form.
     *
     * @param from the form that it has; what it is made of is checked as if a guest were to get it
     * @param to the form that it is to have, of the same type
     * @throws IllegalArgumentException if the value is none of the type
     */
    public static Object convert(Shape from, Shape to, Object value) {
        return switch (from) {
            case Shape.Scalar scalar ->
                ((Shape.Scalar) to).wrapper().wrap(scalar.wrapper().unwrap(value));
            case Shape.Text text -> ((Shape.Text) to).form().make(text.form().take(value));
            case Shape.Numbers _, Shape.Elements _ -> list(from, to, value);
            case Shape.Product product -> {
                var target = (Shape.Product) to;
                Object[] fields = product.form().take(value);
                Object[] converted = new Object[fields.length];
                for (int i = 0; i < fields.length; i++) {
                    converted[i] =
                            convert(product.fields().get(i), target.fields().get(i), fields[i]);
                }
                yield target.form().make(converted);
            }
            case Shape.Sum sum -> sum(sum, (Shape.Sum) to, value);
            case Shape.Flags flags ->
                ((Shape.Flags) to).form().make(flags.form().bits(value));
            case Shape.Handle handle ->
                ((Shape.Handle) to).form().makeHost(handle.form().takeHost(value));
            case Shape.AsyncValue _ ->
                throw new IllegalArgumentException(
                        "a value of type `" + from.type() + "` cannot pass between the host and itself");
        };
    }

    private static Object sum(Shape.Sum from, Shape.Sum to, Object value) {
        int index = from.form().index(value);
        Shape payload = from.payload(index);
        Shape target = to.payload(index);
        if (payload == null || target == null) {
            return to.form().make(index, null);
        }
        @Nullable Object found = from.form().payload(value, index);
        return to.form().make(index, convert(payload, target, Forms.present(found)));
    }

    private static Object list(Shape from, Shape to, Object value) {
        return switch (to) {
            case Shape.Numbers numbers -> {
                List<Object> boxed = boxed(from, value);
                Object array = Array.newInstance(numbers.component(), boxed.size());
                for (int i = 0; i < boxed.size(); i++) {
                    Array.set(array, i, boxed.get(i));
                }
                yield array;
            }
            case Shape.Elements elements -> {
                List<?> found = from instanceof Shape.Elements own ? own.form().take(value) : boxed(from, value);
                Object[] converted = new Object[found.size()];
                for (int i = 0; i < converted.length; i++) {
                    Object each = found.get(i);
                    converted[i] = from instanceof Shape.Elements own
                            ? convert(own.element(), elements.element(), each)
                            : ((Shape.Scalar) elements.element()).wrapper().wrap(each);
                }
                yield elements.form().make(converted);
            }
            default -> throw new AssertionError("a list is a list: " + to.type());
        };
    }

    /** The elements of a list of numbers as boxed primitives. */
    private static List<Object> boxed(Shape from, Object value) {
        var boxed = new ArrayList<>();
        if (from instanceof Shape.Elements elements) {
            Shape.Wrapper wrapper = ((Shape.Scalar) elements.element()).wrapper();
            elements.form().take(value).forEach(each -> boxed.add(wrapper.unwrap(each)));
        } else {
            for (int i = 0; i < Array.getLength(value); i++) {
                boxed.add(Array.get(value, i));
            }
        }
        return boxed;
    }
}

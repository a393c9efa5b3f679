package tenon.runtime.abi;

import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** What lists of fixed length are in Java. */
final class FixedLengthForms {
    private FixedLengthForms() {}

    /** An array of numbers. */
    record OfArray(Class<?> component, int length) implements Shape.ProductForm {
        @Override
        public Object make(Object[] fields) {
            Object array = Array.newInstance(component, length);
            for (int i = 0; i < length; i++) {
                Array.set(array, i, fields[i]);
            }
            return array;
        }

        @Override
        public Object[] take(Object value) {
            requireLength(Array.getLength(value), length);
            Object[] fields = new Object[length];
            Arrays.setAll(fields, i -> Array.get(value, i));
            return fields;
        }
    }

    /** A list of anything else. */
    record OfList(int length) implements Shape.ProductForm {
        @Override
        public Object make(Object[] fields) {
            return Collections.unmodifiableList(Arrays.asList(fields));
        }

        @Override
        public Object[] take(Object value) {
            var list = (List<?>) value;
            requireLength(list.size(), length);
            return list.toArray();
        }
    }

    private static void requireLength(int found, int expected) {
        if (found != expected) {
            throw new IllegalArgumentException("expected a list of " + expected + " elements, found one of " + found);
        }
    }
}

package tenon.runtime.abi;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tenon.types.component.FlagsType;
import tenon.types.component.Flattening;
import tenon.types.component.Layout;
import tenon.types.component.PointerType;
import tenon.types.component.PrimitiveType;
import tenon.types.component.ResourceType;
import tenon.types.component.ValueType;
import tenon.types.core.NumType;

/**
 * A value type together with its layout and with what its values are in Java. Immutable; made when a component is linked.
 *
 * <p>Three makers: {@code JavaShapes} for typed host functions, {@code DynamicShapes} for {@code Value}s, {@code NeutralShapes}
 * for values that only pass from one component to another.
 */
public sealed interface Shape {

    /** The value type; handles in it name the resources of the plan. */
    ValueType type();

    /** Size and alignment in memory. */
    Layout layout(PointerType pointer);

    /** The core types it flattens to; empty if there are more than a function's parameters may have. */
    List<NumType> flat(PointerType pointer);

    /** How many core values it flattens to, whatever the pointers; more than a function may have, if it is too big to be flat. */
    default int flatCount() {
        int count = flat(PointerType.I32).size();
        return count == 0 ? Flattening.MAX_FLAT_PARAMS + 1 : count;
    }

    /** Size in memory, in bytes. */
    default int size(PointerType pointer) {
        return layout(pointer).size();
    }

    /** Alignment in memory, in bytes. */
    default int alignment(PointerType pointer) {
        return layout(pointer).alignment();
    }

    /** Layout and flat types of a type, computed once. */
    record Measure(ValueType type, PerPointer<Layout> layout, PerPointer<List<NumType>> flat) {
        /** Of a type. */
        public static Measure of(ValueType type) {
            return new Measure(
                    type,
                    new PerPointer<>(pointer -> Layout.of(type, pointer)),
                    new PerPointer<>(pointer -> Flattening.flatten(List.of(type), Flattening.MAX_FLAT_PARAMS, pointer)
                            .orElse(List.of())));
        }
    }

    /** A shape that keeps its measure. */
    sealed interface Measured extends Shape {
        Measure measure();

        @Override
        default ValueType type() {
            return measure().type();
        }

        @Override
        default Layout layout(PointerType pointer) {
            return measure().layout().of(pointer);
        }

        @Override
        default List<NumType> flat(PointerType pointer) {
            return measure().flat().of(pointer);
        }
    }

    /** A number, bool or char: boxed as its Java primitive, then wrapped. */
    record Scalar(Measure measure, PrimitiveType primitive, Wrapper wrapper) implements Measured {}

    /** A string. */
    record Text(Measure measure, TextForm form) implements Measured {}

    /** A list of numbers as a Java array of {@code component}. */
    record Numbers(Measure measure, PrimitiveType element, int elementSize, Class<?> component) implements Measured {}

    /** Any other list. */
    record Elements(Measure measure, Shape element, ElementsForm form) implements Measured {}

    /** A record or tuple; {@code offsets} in bytes. */
    record Product(Measure measure, List<Shape> fields, PerPointer<int[]> offsets, ProductForm form)
            implements Measured {}

    /** A variant, enum, option or result. */
    record Sum(
            Measure measure,
            List<Optional<Shape>> cases,
            int discriminantSize,
            PerPointer<Integer> payloadOffset,
            SumForm form)
            implements Measured {
        /** The shape of a case's payload, or null. */
        public @Nullable Shape payload(int index) {
            return cases.get(index).orElse(null);
        }
    }

    /** Flags; bit n is label n. */
    record Flags(Measure measure, FlagsType flags, FlagsForm form) implements Measured {
        /** Size in memory, in bytes, whatever the pointers. */
        public int size() {
            return size(PointerType.I32);
        }
    }

    /** An own or a borrow. */
    record Handle(Measure measure, ResourceKind resource, boolean own, HandleForm form) implements Measured {}

    /** A stream, a future or an error context; {@code element} is that of its elements, if they have one. */
    record AsyncValue(Measure measure, AsyncKind kind, Optional<Shape> element, AsyncForm form) implements Measured {}

    /** What passes by a handle that is none of a resource. */
    enum AsyncKind {
        STREAM,
        FUTURE,
        ERROR_CONTEXT
    }

    /** Between a boxed Java primitive and the value: u8 255 is boxed as the byte -1, a char as an Integer. */
    interface Wrapper {
        /** The primitive itself. */
        Wrapper NONE = new Wrapper() {
            @Override
            public Object wrap(Object boxed) {
                return boxed;
            }

            @Override
            public Object unwrap(Object value) {
                return value;
            }
        };

        /** From the boxed primitive. */
        Object wrap(Object boxed);

        /** To the boxed primitive. */
        Object unwrap(Object value);
    }

    /** What a string is. */
    interface TextForm {
        /** From the string that was read. */
        Object make(Strings.Lifted string);

        /** To what is to be written. */
        Strings.Lifted take(Object value);
    }

    /** What a list is. */
    interface ElementsForm {
        /** From the elements; the array is given away. */
        Object make(Object[] elements);

        /** To the elements. */
        List<?> take(Object value);
    }

    /** What a record or tuple is. */
    interface ProductForm {
        /** From the fields in order. */
        Object make(Object[] fields);

        /** To the fields in order. */
        Object[] take(Object value);
    }

    /** What a variant, enum, option or result is. */
    interface SumForm {
        /** From a case and its payload; null if it has none. */
        Object make(int index, @Nullable Object payload);

        /** The case's index. */
        int index(Object value);

        /** The payload; null if the case has none. */
        @Nullable Object payload(Object value, int index);
    }

    /** What flags are. */
    interface FlagsForm {
        /** From bits; those above the last label are zero. */
        Object make(int bits);

        /** To bits. */
        int bits(Object value);
    }

    /** What a handle is. */
    interface HandleForm {
        /** From the object of a resource that the host implements. */
        default Object makeHost(Object object) {
            return object;
        }

        /** To the object of a resource that the host implements. */
        default Object takeHost(Object value) {
            return value;
        }

        /** From the representation that a handle in {@code cx} had. */
        Object make(LiftLowerContext cx, ResourceKind.Guest resource, int rep, boolean own);

        /** To the representation; {@code own} empties what the value was. */
        int take(LiftLowerContext cx, ResourceKind.Guest resource, Object value, boolean own);
    }

    /** What a stream, future or error context is. */
    interface AsyncForm {
        /** From a {@link tenon.runtime.task.Shared} or an {@link tenon.runtime.value.ErrorContext}. */
        Object make(LiftLowerContext cx, AsyncValue shape, Object value);

        /** To what {@link #make} takes. */
        Object take(LiftLowerContext cx, AsyncValue shape, Object value);
    }

    /** Who implements a resource type. */
    sealed interface ResourceKind {
        /** Its identity. */
        ResourceType type();

        /** The host does; its objects are of {@code java}. */
        record Host(ResourceType type, Class<?> java) implements ResourceKind {}

        /** The component instance at {@code instance} of the plan does; {@code name} is for people. */
        record Guest(ResourceType type, String name, int instance) implements ResourceKind {}
    }
}

package tenon.runtime.abi;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tenon.types.component.FixedLengthListType;
import tenon.types.component.FlagsType;
import tenon.types.component.ListType;
import tenon.types.component.MapType;
import tenon.types.component.PrimitiveType;
import tenon.types.component.RecordType;
import tenon.types.component.ResourceType;
import tenon.types.component.TupleType;
import tenon.types.component.ValueType;

/**
 * Shapes of values that pass from one component to another and that nobody looks at: arrays, boxed numbers, strings that remember
 * their encoding, representations of resources.
 */
public final class NeutralShapes implements Forms {
    private static final NeutralShapes FORMS = new NeutralShapes(representations());

    private final Shape.HandleForm handles;

    private NeutralShapes(Shape.HandleForm handles) {
        this.handles = handles;
    }

    /** The neutral shape of a type. */
    public static Shape of(ValueType type, Function<ResourceType, Shape.ResourceKind> resources) {
        return FORMS.shape(type, resources);
    }

    /** The same with handles of another form: for values that pass between two instantiations, which know each other's objects. */
    public static Shape of(
            ValueType type, Function<ResourceType, Shape.ResourceKind> resources, Shape.HandleForm handles) {
        return new NeutralShapes(handles).shape(type, resources);
    }

    @Override
    public Shape shape(ValueType type, Function<ResourceType, Shape.ResourceKind> resources) {
        if (type instanceof ListType list
                && list.element() instanceof PrimitiveType element
                && JavaShapes.arrayComponent(element) instanceof Class<?> component) {
            return JavaShapes.numbers(type, element, component);
        }
        return Forms.super.shape(type, resources);
    }

    @Override
    public Shape.Wrapper scalar(PrimitiveType type) {
        return Shape.Wrapper.NONE;
    }

    @Override
    public Shape.TextForm text() {
        return new Shape.TextForm() {
            @Override
            public Object make(Strings.Lifted string) {
                return string;
            }

            @Override
            public Strings.Lifted take(Object value) {
                return (Strings.Lifted) value;
            }
        };
    }

    @Override
    public Shape.ElementsForm elements() {
        return new Shape.ElementsForm() {
            @Override
            public Object make(Object[] elements) {
                return elements;
            }

            @Override
            public List<?> take(Object value) {
                return Arrays.asList((Object[]) value);
            }
        };
    }

    @Override
    public Shape.ProductForm elements(FixedLengthListType type) {
        return product();
    }

    @Override
    public Shape.ElementsForm entries() {
        return elements();
    }

    @Override
    public Shape.ProductForm entry(MapType type) {
        return product();
    }

    @Override
    public Shape.ProductForm record(RecordType type) {
        return product();
    }

    @Override
    public Shape.ProductForm tuple(TupleType type) {
        return product();
    }

    private static Shape.ProductForm product() {
        return new Shape.ProductForm() {
            @Override
            public Object make(Object[] fields) {
                return fields;
            }

            @Override
            public Object[] take(Object value) {
                return (Object[]) value;
            }
        };
    }

    /** A case and its payload. */
    private record Case(int index, @Nullable Object payload) {}

    @Override
    public Shape.SumForm sum(ValueType type) {
        return new Shape.SumForm() {
            @Override
            public Object make(int index, @Nullable Object payload) {
                return new Case(index, payload);
            }

            @Override
            public int index(Object value) {
                return ((Case) value).index;
            }

            @Override
            public @Nullable Object payload(Object value, int index) {
                return ((Case) value).payload;
            }
        };
    }

    @Override
    public Shape.FlagsForm flags(FlagsType type) {
        return new Shape.FlagsForm() {
            @Override
            public Object make(int bits) {
                return bits;
            }

            @Override
            public int bits(Object value) {
                return (Integer) value;
            }
        };
    }

    @Override
    public Shape.AsyncForm async(ValueType type) {
        return new Shape.AsyncForm() {
            @Override
            public Object make(LiftLowerContext cx, Shape.AsyncValue shape, Object value) {
                return value;
            }

            @Override
            public Object take(LiftLowerContext cx, Shape.AsyncValue shape, Object value) {
                return value;
            }
        };
    }

    @Override
    public Shape.HandleForm handle() {
        return handles;
    }

    private static Shape.HandleForm representations() {
        return new Shape.HandleForm() {
            @Override
            public Object make(LiftLowerContext cx, Shape.ResourceKind.Guest resource, int rep, boolean own) {
                return rep;
            }

            @Override
            public int take(LiftLowerContext cx, Shape.ResourceKind.Guest resource, Object value, boolean own) {
                return (Integer) value;
            }
        };
    }
}

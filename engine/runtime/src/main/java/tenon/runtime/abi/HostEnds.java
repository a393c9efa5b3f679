package tenon.runtime.abi;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Optional;
import tenon.runtime.task.Shared;
import tenon.runtime.value.ErrorContext;
import tenon.runtime.value.FutureReader;
import tenon.runtime.value.StreamReader;
import tenon.runtime.value.Value;
import tenon.types.LinkException;
import tenon.types.component.ValueType;

/** What streams, futures and error contexts are for the host. */
final class HostEnds {
    private static final Shape.AsyncForm TYPED = new Shape.AsyncForm() {
        @Override
        public Object make(LiftLowerContext cx, Shape.AsyncValue shape, Object value) {
            return switch (shape.kind()) {
                case STREAM -> new HostReader(cx, (Shared) value, shape.element());
                case FUTURE -> new HostFuture(cx, (Shared) value, shape.element());
                case ERROR_CONTEXT -> value;
            };
        }

        @Override
        public Object take(LiftLowerContext cx, Shape.AsyncValue shape, Object value) {
            return switch (shape.kind()) {
                case STREAM, FUTURE -> pass(cx, shape, value);
                case ERROR_CONTEXT -> expect(ErrorContext.class, value, shape);
            };
        }
    };

    private HostEnds() {}

    private static Shared pass(LiftLowerContext cx, Shape.AsyncValue shape, Object value) {
        Class<?> wanted = shape.kind() == Shape.AsyncKind.STREAM ? StreamReader.class : FutureReader.class;
        if (!wanted.isInstance(value) || !(value instanceof PassedOn end)) {
            throw new IllegalArgumentException("expected a `" + wanted.getSimpleName()
                    + "` that a store or a guest has made, found `" + value + "`");
        }
        Shared shared = end.pass(cx, shape);
        if (!shared.element().equals(shape.element().map(Shape::type))) {
            throw new IllegalArgumentException(
                    "expected a value of type `" + shape.type() + "`, found one that carries "
                            + shared.element().map(ValueType::toString).orElse("nothing"));
        }
        return shared;
    }

    private static <T> T expect(Class<T> kind, Object value, Shape shape) {
        if (!kind.isInstance(value)) {
            throw new IllegalArgumentException(
                    "expected a value of type `" + shape.type() + "`, found `" + value + "`");
        }
        return kind.cast(value);
    }

    /** The shape of a stream as a {@link StreamReader}. */
    static Shape stream(Shape.Measure measure, Type java, Optional<Shape> element) {
        require(measure, java, StreamReader.class);
        return new Shape.AsyncValue(measure, Shape.AsyncKind.STREAM, element, TYPED);
    }

    /** The shape of a future as a {@link FutureReader}. */
    static Shape future(Shape.Measure measure, Type java, Optional<Shape> element) {
        require(measure, java, FutureReader.class);
        return new Shape.AsyncValue(measure, Shape.AsyncKind.FUTURE, element, TYPED);
    }

    /** The shape of an error context. */
    static Shape errorContext(Shape.Measure measure) {
        return new Shape.AsyncValue(measure, Shape.AsyncKind.ERROR_CONTEXT, Optional.empty(), TYPED);
    }

    private static void require(Shape.Measure measure, Type java, Class<?> wanted) {
        Type raw = java instanceof ParameterizedType parameterized ? parameterized.getRawType() : java;
        if (raw != wanted) {
            throw new LinkException(
                    "`" + measure.type() + "` needs `" + wanted.getName() + "`, found `" + java.getTypeName() + "`");
        }
    }

    /** What they are among dynamic values. */
    static Shape.AsyncForm dynamic(ValueType type) {
        return new Shape.AsyncForm() {
            @Override
            public Object make(LiftLowerContext cx, Shape.AsyncValue shape, Object value) {
                return new Value.Handle(TYPED.make(cx, shape, value));
            }

            @Override
            public Object take(LiftLowerContext cx, Shape.AsyncValue shape, Object value) {
                if (!(value instanceof Value.Handle(Object resource))) {
                    throw new IllegalArgumentException(
                            "expected a value of type `" + type + "`, found `" + value + "`");
                }
                return TYPED.take(cx, shape, resource);
            }
        };
    }
}

package tenon.runtime.abi;

import java.util.Optional;
import tenon.runtime.table.Rule;
import tenon.runtime.table.Table;
import tenon.runtime.task.CopyEnd;
import tenon.runtime.task.Shared;
import tenon.runtime.value.ErrorContext;
import tenon.types.component.ValueType;

/** Streams, futures and error contexts: CanonicalABI.md, {@code lift_stream}, {@code lower_stream} and those beside them. */
final class AsyncValues {
    private AsyncValues() {}

    /** {@code lift_stream}, {@code lift_future}, {@code lift_error_context}. */
    static Object lift(LiftLowerContext cx, int index, Shape.AsyncValue shape) {
        Table handles = cx.instance().handles();
        Object value = switch (shape.kind()) {
            case STREAM -> CopyEnd.lift(handles, index, true, element(shape));
            case FUTURE -> CopyEnd.lift(handles, index, false, element(shape));
            case ERROR_CONTEXT -> errorContext(handles, index);
        };
        return shape.form().make(cx, shape, value);
    }

    private static Optional<ValueType> element(Shape.AsyncValue shape) {
        return shape.element().map(Shape::type);
    }

    private static ErrorContext errorContext(Table handles, int index) {
        if (handles.get(index) instanceof ErrorContext context) {
            return context;
        }
        throw Rule.trap("handle index " + index + " used with the wrong type, expected an error context", "Loading");
    }

    /** {@code lower_stream}, {@code lower_future}, {@code lower_error_context}. */
    static int lower(LiftLowerContext cx, Object value, Shape.AsyncValue shape) {
        Object taken = shape.form().take(cx, shape, value);
        return switch (shape.kind()) {
            case STREAM -> add(cx, CopyEnd.Kind.READABLE_STREAM, (Shared) taken);
            case FUTURE -> add(cx, CopyEnd.Kind.READABLE_FUTURE, (Shared) taken);
            case ERROR_CONTEXT -> cx.instance().handles().add(taken);
        };
    }

    private static int add(LiftLowerContext cx, CopyEnd.Kind kind, Shared shared) {
        var end = new CopyEnd(kind, shared.now());
        int index = cx.instance().handles().add(end);
        end.index(index);
        return index;
    }
}

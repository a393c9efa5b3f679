package tenon.runtime.canon;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import tenon.runtime.abi.PerPointer;
import tenon.runtime.abi.Shape;
import tenon.types.component.Flattening;
import tenon.types.component.FunctionType;
import tenon.types.component.Layout;
import tenon.types.component.PointerType;
import tenon.types.component.ValueType;
import tenon.types.core.FuncType;

/**
 * A function type with the shapes of its values and all that follows from the type alone. Immutable. How many core values there are is
 * the same with all types of pointers.
 *
 * @param params shapes of the parameters
 * @param result shape of the result
 * @param tuples layout of the parameters, should they go through memory
 * @param resultTuples layout of the result, should it be passed as parameters are and go through memory
 * @param flatParams whether parameters are core values; else they go through memory
 * @param flatResult whether the result is at most one core value; else it goes through memory
 * @param lifted core type of the function that is lifted, if it is not async
 * @param lowered core type of the function it is lowered to
 * @param borrows whether a parameter has a borrow in it
 * @param countsParams whether parameters have strings or lists, which the host counts
 * @param countsResult whether the result has
 */
public record Signature(
        FunctionType type,
        List<Shape> params,
        Optional<Shape> result,
        PerPointer<Layout.Fields> tuples,
        PerPointer<Layout.Fields> resultTuples,
        boolean flatParams,
        boolean flatResult,
        PerPointer<FuncType> lifted,
        PerPointer<FuncType> lowered,
        boolean borrows,
        boolean countsParams,
        boolean countsResult) {

    /** The layout of the parameters, should they go through memory. */
    public Layout.Fields tuple(PointerType pointer) {
        return tuples.of(pointer);
    }

    /** The core type of the function that is lifted. */
    public FuncType lifted(PointerType pointer) {
        return lifted.of(pointer);
    }

    /** The core type of the function that it is lowered to. */
    public FuncType lowered(PointerType pointer) {
        return lowered.of(pointer);
    }

    /** The core type of the function that it is lowered to. */
    public FuncType lowered(boolean async, PointerType pointer) {
        return async ? Flattening.lower(type, true, pointer) : lowered(pointer);
    }

    /** The signature of a type, its values shaped by {@code shapes}. */
    public static Signature of(FunctionType type, Function<ValueType, Shape> shapes) {
        return of(
                type,
                type.paramTypes().stream().map(shapes).toList(),
                type.result().map(shapes));
    }

    /** The signature of a type with given shapes. */
    public static Signature of(FunctionType type, List<? extends Shape> params, Optional<Shape> result) {
        List<ValueType> types = type.paramTypes();
        return new Signature(
                type,
                List.copyOf(params),
                result,
                new PerPointer<>(pointer -> Layout.ofFields(types, pointer)),
                new PerPointer<>(
                        pointer -> Layout.ofFields(type.result().stream().toList(), pointer)),
                Flattening.flatten(types, Flattening.MAX_FLAT_PARAMS, PointerType.I32)
                        .isPresent(),
                Flattening.flatten(type.result().stream().toList(), Flattening.MAX_FLAT_RESULTS, PointerType.I32)
                        .isPresent(),
                new PerPointer<>(pointer -> Flattening.lift(type, false, false, pointer)),
                new PerPointer<>(pointer -> Flattening.lower(type, false, pointer)),
                types.stream().anyMatch(ValueType::containsBorrow),
                params.stream().anyMatch(Signature::counts),
                result.stream().anyMatch(Signature::counts));
    }

    private static boolean counts(Shape shape) {
        return switch (shape) {
            case Shape.Text _, Shape.Numbers _, Shape.Elements _ -> true;
            case Shape.Product product -> product.fields().stream().anyMatch(Signature::counts);
            case Shape.Sum sum -> sum.cases().stream().flatMap(Optional::stream).anyMatch(Signature::counts);
            case Shape.Scalar _, Shape.Flags _, Shape.Handle _, Shape.AsyncValue _ -> false;
        };
    }

    /** Whether all values are numbers that stay core values, so that a call between guests touches neither memories nor handles. */
    public boolean isScalar() {
        return flatParams
                && flatResult
                && Stream.concat(params.stream(), result.stream()).allMatch(Signature::isScalar);
    }

    private static boolean isScalar(Shape shape) {
        return switch (shape) {
            case Shape.Scalar _, Shape.Flags _ -> true;
            case Shape.Product product -> product.fields().stream().allMatch(Signature::isScalar);
            case Shape.Sum sum -> sum.cases().stream().flatMap(Optional::stream).allMatch(Signature::isScalar);
            case Shape.Text _, Shape.Numbers _, Shape.Elements _, Shape.Handle _, Shape.AsyncValue _ -> false;
        };
    }
}

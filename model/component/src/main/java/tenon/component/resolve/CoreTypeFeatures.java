package tenon.component.resolve;

import java.util.List;
import java.util.stream.Stream;
import tenon.types.InvalidException;
import tenon.types.core.ArrayType;
import tenon.types.core.FieldType;
import tenon.types.core.FuncType;
import tenon.types.core.HeapType;
import tenon.types.core.NumType;
import tenon.types.core.RefType;
import tenon.types.core.StructType;
import tenon.types.core.SubType;
import tenon.types.core.ValType;
import tenon.types.core.VecType;
import tenon.wasm.Feature;
import tenon.wasm.Features;

/**
 * Checks that the core types of components use no features that are off, as {@link tenon.wasm.ModuleValidator} does for those of
 * modules.
 */
record CoreTypeFeatures(Features features, long offset) {

    /** Checks a type of a group whose first type has the index {@code first}. */
    void check(SubType type, int first) {
        if (!features.has(Feature.GC)) {
            if (!(type.composite() instanceof FuncType)
                    || !type.isFinal()
                    || !type.supers().isEmpty()) {
                throw new InvalidException(offset, "recursive, structure and array types need the feature GC");
            }
            for (int index : CoreReferences.of(type)) {
                if (index >= first) {
                    throw new InvalidException(
                            offset, "unknown type " + index + ": type index out of bounds, there are " + first);
                }
            }
        }
        values(type).forEach(this::check);
    }

    private static Stream<ValType> values(SubType type) {
        List<FieldType> fields = switch (type.composite()) {
            case FuncType _ -> List.of();
            case StructType struct -> struct.fields();
            case ArrayType array -> List.of(array.element());
        };
        Stream<ValType> stored = fields.stream()
                .flatMap(field -> field.storage() instanceof FieldType.Storage.Value(ValType value)
                        ? Stream.of(value)
                        : Stream.empty());
        return type.composite() instanceof FuncType function
                ? Stream.concat(function.params().stream(), function.results().stream())
                : stored;
    }

    private void check(ValType type) {
        switch (type) {
            case NumType _ -> {}
            case VecType _ -> need(Feature.SIMD, type);
            case RefType reference -> {
                need(Feature.REFERENCE_TYPES, type);
                boolean plain = reference.equals(RefType.FUNCREF) || reference.equals(RefType.EXTERNREF);
                if (!plain && !features.has(Feature.GC)) {
                    need(needed(reference.heap()), type);
                }
            }
        }
    }

    private static Feature needed(HeapType heap) {
        return switch (heap) {
            case HeapType.Defined _ -> Feature.FUNCTION_REFERENCES;
            case HeapType.Abstract of ->
                switch (of) {
                    case FUNC, EXTERN -> Feature.FUNCTION_REFERENCES;
                    case EXN, NOEXN -> Feature.EXCEPTIONS;
                    case NOFUNC, NOEXTERN, ANY, EQ, I31, STRUCT, ARRAY, NONE -> Feature.GC;
                };
        };
    }

    private void need(Feature feature, ValType type) {
        if (!features.has(feature)) {
            throw new InvalidException(
                    offset, "type " + type.text() + " needs the feature " + feature + ", which is not enabled");
        }
    }
}

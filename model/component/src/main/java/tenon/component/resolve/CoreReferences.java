package tenon.component.resolve;

import java.util.List;
import java.util.stream.Stream;
import tenon.types.core.ArrayType;
import tenon.types.core.FieldType;
import tenon.types.core.FuncType;
import tenon.types.core.HeapType;
import tenon.types.core.RefType;
import tenon.types.core.StructType;
import tenon.types.core.SubType;
import tenon.types.core.ValType;

/** Finds the types that a core type refers to by their indices. */
final class CoreReferences {
    private CoreReferences() {}

    static List<Integer> of(SubType type) {
        Stream<?> values = switch (type.composite()) {
            case FuncType function -> Stream.concat(function.params().stream(), function.results().stream());
            case StructType struct -> struct.fields().stream().map(FieldType::storage);
            case ArrayType array -> Stream.of(array.element().storage());
        };
        return Stream.concat(type.supers().stream(), values.flatMap(CoreReferences::index))
                .toList();
    }

    private static Stream<Integer> index(Object part) {
        Object type = part instanceof FieldType.Storage.Value(ValType value) ? value : part;
        return type instanceof RefType reference && reference.heap() instanceof HeapType.Defined(int index)
                ? Stream.of(index)
                : Stream.empty();
    }
}

package tenon.core;

import java.lang.invoke.MethodType;
import java.util.List;
import tenon.types.core.FuncType;
import tenon.types.core.NumType;
import tenon.types.core.RefType;
import tenon.types.core.ValType;

/** The JVM's types for those of WebAssembly. */
final class JvmTypes {
    private JvmTypes() {}

    static MethodType of(FuncType type) {
        return MethodType.methodType(
                result(type.results()), type.params().stream().map(JvmTypes::of).toList());
    }

    /** How many slots of the JVM the parameters take. */
    static int slots(FuncType type) {
        int slots = 0;
        for (ValType param : type.params()) {
            slots += param == NumType.I64 || param == NumType.F64 ? 2 : 1;
        }
        return slots;
    }

    private static Class<?> result(List<ValType> results) {
        return switch (results.size()) {
            case 0 -> void.class;
            case 1 -> of(results.getFirst());
            default -> results.stream().anyMatch(RefType.class::isInstance) ? Object[].class : long[].class;
        };
    }

    static Class<?> of(ValType type) {
        return switch (type) {
            case NumType.I32 -> int.class;
            case NumType.I64 -> long.class;
            case NumType.F32 -> float.class;
            case NumType.F64 -> double.class;
            default -> Object.class;
        };
    }
}

package tenon.script;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import tenon.core.CoreExtern;
import tenon.core.CoreFunction;
import tenon.core.CoreGlobal;
import tenon.core.CoreMemory;
import tenon.core.CoreTable;
import tenon.types.core.FuncType;
import tenon.types.core.GlobalType;
import tenon.types.core.Limits;
import tenon.types.core.MemoryType;
import tenon.types.core.NumType;
import tenon.types.core.RefType;
import tenon.types.core.TableType;
import tenon.types.core.ValType;

/**
 * The module {@code spectest}, which every script of the core suite may import: the WebAssembly reference interpreter's
 * host. Its printing functions take their arguments and print nothing, since only assertions judge a script.
 */
final class SpecTest {
    static final String NAME = "spectest";

    private SpecTest() {}

    /** A fresh instance, by export; {@code largeMemories} if it is for an engine with that option. */
    static Map<String, CoreExtern> exports(boolean largeMemories) {
        var exports = new LinkedHashMap<String, CoreExtern>();
        exports.put("print", printer());
        exports.put("print_i32", printer(NumType.I32));
        exports.put("print_i64", printer(NumType.I64));
        exports.put("print_f32", printer(NumType.F32));
        exports.put("print_f64", printer(NumType.F64));
        exports.put("print_i32_f32", printer(NumType.I32, NumType.F32));
        exports.put("print_f64_f64", printer(NumType.F64, NumType.F64));
        exports.put("global_i32", global(NumType.I32, 666));
        exports.put("global_i64", global(NumType.I64, 666));
        exports.put("global_f32", global(NumType.F32, Float.floatToRawIntBits(666.6f)));
        exports.put("global_f64", global(NumType.F64, Double.doubleToRawLongBits(666.6)));
        exports.put("table", table(Limits.AddressType.I32));
        exports.put("table64", table(Limits.AddressType.I64));
        exports.put("memory", CoreMemory.of(new MemoryType(limits(Limits.AddressType.I32, 1, 2)), largeMemories));
        return exports;
    }

    private static CoreFunction printer(ValType... params) {
        Class<?>[] classes = new Class<?>[params.length];
        for (int i = 0; i < params.length; i++) {
            classes[i] = switch (params[i]) {
                case NumType.I32 -> int.class;
                case NumType.I64 -> long.class;
                case NumType.F32 -> float.class;
                case NumType.F64 -> double.class;
                default -> Object.class;
            };
        }
        MethodHandle nothing = MethodHandles.empty(MethodType.methodType(void.class, classes));
        return CoreFunction.of(new FuncType(List.of(params), List.of()), nothing);
    }

    private static CoreGlobal global(NumType type, long bits) {
        return CoreGlobal.of(new GlobalType(type, false), bits);
    }

    private static CoreTable table(Limits.AddressType address) {
        return CoreTable.of(new TableType(limits(address, 10, 20), RefType.FUNCREF));
    }

    private static Limits limits(Limits.AddressType address, long min, long max) {
        return new Limits(address, min, OptionalLong.of(max));
    }
}

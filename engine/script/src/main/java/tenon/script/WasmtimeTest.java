package tenon.script;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Map;
import tenon.core.CoreExtern;
import tenon.core.CoreFunction;
import tenon.types.core.FuncType;

/** The module {@code wasmtime}, which scripts of wasmtime's own suite may import: {@code gc} asks for a collection. */
final class WasmtimeTest {
    static final String NAME = "wasmtime";

    private static final CoreFunction GC = CoreFunction.of(new FuncType(List.of(), List.of()), collection());

    private WasmtimeTest() {}

    static Map<String, CoreExtern> exports() {
        return Map.of("gc", GC);
    }

    private static MethodHandle collection() {
        try {
            return MethodHandles.lookup().findStatic(System.class, "gc", MethodType.methodType(void.class));
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}

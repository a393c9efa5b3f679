package tenon.bench;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import tenon.core.CoreEngine;
import tenon.core.CoreFunction;
import tenon.core.CoreInstance;
import tenon.core.CoreMemory;
import tenon.core.EngineOptions;
import tenon.core.ImportValue;
import tenon.core.Imports;
import tenon.types.core.FuncType;
import tenon.types.core.FuncTypeUse;
import tenon.types.core.Limits;
import tenon.types.core.MemoryType;
import tenon.types.core.NumType;
import tenon.types.core.ValType;
import tenon.wasm.Module;
import tenon.wasm.ModuleDecoder;

/** What {@code sqlite.mjs} does, on our engine; the same arguments and the same output. */
final class SqliteOnTenon {
    /** WASI's and Linux' "no such file", negated: what opening a file answers. */
    private static final int NO_ENTRY = -44;

    private final CoreInstance instance;
    private final CoreMemory memory;

    private SqliteOnTenon(CoreInstance instance, CoreMemory memory) {
        this.instance = instance;
        this.memory = memory;
    }

    public static void main(String[] args) throws Throwable {
        int warmup = Integer.parseInt(args[2]);
        int runs = Integer.parseInt(args[3]);
        var sqlite = load(ModuleDecoder.decode(Files.readAllBytes(Path.of(args[0]))));
        int database = sqlite.open();
        MethodHandle exec = sqlite.function("sqlite3_exec");
        List<String> statements = Files.readAllLines(Path.of(args[1])).stream()
                .filter(line -> !line.isBlank())
                .toList();
        for (int number = 1; number <= statements.size(); number++) {
            int sql = sqlite.text(statements.get(number - 1));
            var times = new long[runs];
            int code = 0;
            for (int i = 0; i < warmup + runs; i++) {
                long start = System.nanoTime();
                code = (int) exec.invokeExact(database, sql, 0, 0, 0);
                if (i >= warmup) {
                    times[i - warmup] = System.nanoTime() - start;
                }
            }
            Arrays.sort(times);
            System.out.println(number + " " + times[runs / 2] + " " + code);
        }
        System.out.println(Engines.hugeMethods(sqlite.instance));
    }

    private static SqliteOnTenon load(Module module) throws Throwable {
        var memory = CoreMemory.of(new MemoryType(new Limits(Limits.AddressType.I32, 2048, OptionalLong.of(32768))));
        var values = new ArrayList<ImportValue>();
        for (Module.Import imported : module.imports()) {
            values.add(
                    imported.type() instanceof FuncTypeUse(int type)
                            ? answering(imported.name(), (FuncType) module.compositeType(type))
                            : memory);
        }
        CoreInstance instance =
                new CoreEngine(EngineOptions.DEFAULT).compile(module).link().instantiate(new Imports(values));
        var sqlite = new SqliteOnTenon(instance, memory);
        sqlite.function("__wasm_call_ctors").invokeExact();
        return sqlite;
    }

    /** A host function that answers the same, whatever it is asked. */
    private static CoreFunction answering(String name, FuncType type) {
        int number = name.equals("__syscall_openat") ? NO_ENTRY : 0;
        MethodHandle answer = type.results().isEmpty()
                ? MethodHandles.zero(void.class)
                : MethodHandles.explicitCastArguments(
                        MethodHandles.constant(int.class, number),
                        MethodType.methodType(carrier(type.results().getFirst())));
        return CoreFunction.of(
                type,
                MethodHandles.dropArguments(
                        answer,
                        0,
                        type.params().stream().map(SqliteOnTenon::carrier).toList()));
    }

    /** The Java type that holds a number of this type. */
    private static Class<?> carrier(ValType type) {
        return switch ((NumType) type) {
            case I32 -> int.class;
            case I64 -> long.class;
            case F32 -> float.class;
            case F64 -> double.class;
        };
    }

    private MethodHandle function(String name) {
        return Exported.function(instance, name);
    }

    private int text(String string) throws Throwable {
        byte[] bytes = (string + '\0').getBytes(StandardCharsets.UTF_8);
        int at = (int) function("malloc").invokeExact(bytes.length);
        memory.write(at, bytes);
        return at;
    }

    private int open() throws Throwable {
        int handle = (int) function("malloc").invokeExact(4);
        int code = (int) function("sqlite3_open").invokeExact(text(":memory:"), handle);
        if (code != 0) {
            throw new IllegalStateException("sqlite3_open: " + code);
        }
        return memory.getInt(handle);
    }
}

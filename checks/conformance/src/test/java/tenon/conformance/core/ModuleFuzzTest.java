package tenon.conformance.core;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tenon.core.CoreEngine;
import tenon.core.CoreExtern;
import tenon.core.CoreFunction;
import tenon.core.CoreGlobal;
import tenon.core.CoreInstance;
import tenon.core.CoreMemory;
import tenon.core.CoreTable;
import tenon.core.EngineOptions;
import tenon.core.ImportValue;
import tenon.core.Imports;
import tenon.core.Interrupt;
import tenon.core.ResourceLimits;
import tenon.types.LinkException;
import tenon.types.TenonException;
import tenon.types.core.FuncType;
import tenon.types.core.FuncTypeUse;
import tenon.types.core.GlobalType;
import tenon.types.core.MemoryType;
import tenon.types.core.NumType;
import tenon.types.core.TableType;
import tenon.types.core.TagType;
import tenon.types.core.ValType;
import tenon.wasm.Features;
import tenon.wasm.Module;
import tenon.wasm.ModuleDecoder;
import tenon.wasm.ModuleValidator;

/**
 * Modules with random mistakes are refused with an error of ours, or run: nothing else comes out, and it takes bounded time
 * and memory.
 */
@Tag("suite")
class ModuleFuzzTest {
    private static final int CASES = 10_000;
    private static final long SEED = 0x7e303;

    /** Milliseconds that one module may take, on a machine that has other things to do, too. */
    private static final long LIMIT_MILLISECONDS = 10_000;

    /** Bytes that reading a module may allocate, in all, for each byte of it. */
    private static final long MOST_PER_BYTE = 200;

    private static final long MOST_AT_LEAST = 8 << 20;

    /** Of modules that are still valid, only some are run: most of the time would go into starting them. */
    private static final int RUN_ONE_OF = 4;

    private static final int CALLS = 3;

    private final com.sun.management.ThreadMXBean threads =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void mistakesNeverEscape() throws IOException {
        List<byte[]> seeds = ModuleSeeds.all();
        var random = new Random(SEED);
        int refused = 0;
        int run = 0;
        try (ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor()) {
            for (int i = 0; i < CASES; i++) {
                byte[] bytes = mutate(seeds.get(random.nextInt(seeds.size())), random);
                long start = System.nanoTime();
                try {
                    Module module = read(bytes);
                    if (random.nextInt(RUN_ONE_OF) == 0) {
                        run++;
                        run(module, watch);
                    }
                } catch (TenonException _) {
                    refused++;
                } catch (RuntimeException | Error e) {
                    throw new AssertionError("case " + i + " escaped: " + excerpt(bytes), e);
                }
                long took = (System.nanoTime() - start) / 1_000_000;
                assertTrue(took < LIMIT_MILLISECONDS, "case " + i + " took " + took + " ms: " + excerpt(bytes));
            }
        }
        assertTrue(refused > CASES / 3, "only " + refused + " of " + CASES + " were refused");
        assertTrue(run > CASES / 100, "only " + run + " of " + CASES + " were run");
    }

    private Module read(byte[] bytes) {
        long before = threads.getCurrentThreadAllocatedBytes();
        try {
            Module module = ModuleDecoder.decode(bytes);
            ModuleValidator.validate(module, Features.ALL);
            return module;
        } finally {
            long allocated = threads.getCurrentThreadAllocatedBytes() - before;
            assertTrue(
                    allocated < MOST_AT_LEAST + MOST_PER_BYTE * bytes.length,
                    allocated + " bytes allocated for " + bytes.length + ": " + excerpt(bytes));
        }
    }

    private static void run(Module module, ScheduledExecutorService watch) {
        try (var interrupt = new Interrupt()) {
            var stop = watch.schedule(() -> interrupt.stop("time is up"), 100, TimeUnit.MILLISECONDS);
            try {
                CoreInstance instance = new CoreEngine(EngineOptions.DEFAULT)
                        .compile(module)
                        .link()
                        .instantiate(imports(module), interrupt, new ResourceLimits(64 << 20, 100_000));
                int calls = 0;
                for (CoreExtern export : instance.exports().values()) {
                    if (export instanceof CoreFunction function && calls++ < CALLS) {
                        call(function);
                    }
                }
            } finally {
                stop.cancel(false);
            }
        }
    }

    private static void call(CoreFunction function) {
        var arguments = new ArrayList<@Nullable Object>();
        function.type().params().forEach(type -> arguments.add(zero(type)));
        try {
            function.handle().invokeWithArguments(arguments);
        } catch (TenonException _) {
            // a trap, which other exports need not share
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /** Functions that give zeros, and memories, tables and globals as they are asked for. */
    private static Imports imports(Module module) {
        var values = new ArrayList<ImportValue>();
        for (Module.Import wanted : module.imports()) {
            switch (wanted.type()) {
                case FuncTypeUse(int index) -> {
                    var type = (FuncType) module.compositeType(index);
                    values.add(CoreFunction.of(type, zero(type)));
                }
                case MemoryType memory -> values.add(CoreMemory.of(memory));
                case TableType table -> values.add(CoreTable.of(table));
                case GlobalType global ->
                    values.add(
                            global.value() instanceof NumType ? CoreGlobal.of(global, 0) : CoreGlobal.of(global, null));
                case TagType _ -> throw new LinkException("no tag is offered");
            }
        }
        return new Imports(values);
    }

    private static MethodHandle zero(FuncType type) {
        List<Class<?>> params =
                type.params().stream().<Class<?>>map(ModuleFuzzTest::javaType).toList();
        if (type.results().size() < 2) {
            Class<?> result = type.results().isEmpty()
                    ? void.class
                    : javaType(type.results().getFirst());
            return MethodHandles.empty(MethodType.methodType(result, params));
        }
        int count = type.results().size();
        boolean numbers = type.results().stream().allMatch(NumType.class::isInstance);
        MethodHandle zeros = numbers
                ? MethodHandles.constant(long[].class, new long[count])
                : MethodHandles.constant(Object[].class, boxedZeros(type));
        return MethodHandles.dropArguments(zeros, 0, params);
    }

    private static @Nullable Object[] boxedZeros(FuncType type) {
        return type.results().stream().map(ModuleFuzzTest::zero).toArray();
    }

    private static @Nullable Object zero(ValType type) {
        return switch (type) {
            case NumType.I32 -> 0;
            case NumType.I64 -> 0L;
            case NumType.F32 -> 0f;
            case NumType.F64 -> 0d;
            default -> null;
        };
    }

    private static Class<?> javaType(ValType type) {
        return switch (type) {
            case NumType.I32 -> int.class;
            case NumType.I64 -> long.class;
            case NumType.F32 -> float.class;
            case NumType.F64 -> double.class;
            default -> Object.class;
        };
    }

    private static byte[] mutate(byte[] seed, Random random) {
        if (random.nextInt(5) == 0) {
            return Arrays.copyOf(seed, random.nextInt(seed.length));
        }
        byte[] bytes = seed.clone();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            // mistakes in front hit the sections that all others stand on
            int span = random.nextInt(3) == 0 ? Math.min(2_000, bytes.length) : bytes.length;
            int at = random.nextInt(span);
            bytes[at] = random.nextBoolean() ? (byte) (bytes[at] ^ 1 << random.nextInt(8)) : (byte) random.nextInt();
        }
        return bytes;
    }

    private static String excerpt(byte[] bytes) {
        return bytes.length + " bytes, " + HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, 2_000));
    }
}

package tenon.conformance.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import run.endive.runtime.Instance;
import run.endive.runtime.WasmException;
import run.endive.wasm.Parser;
import run.endive.wasm.WasmEngineException;
import tenon.core.CoreEngine;
import tenon.core.CoreFunction;
import tenon.core.CoreGlobal;
import tenon.core.CoreInstance;
import tenon.core.CoreMemory;
import tenon.core.EngineOptions;
import tenon.core.Imports;
import tenon.core.Trap;
import tenon.text.Wat;
import tenon.types.core.FuncType;
import tenon.types.core.NumType;
import tenon.types.core.ValType;
import tenon.wasm.Module;
import tenon.wasm.ModuleDecoder;
import tenon.wasm.ModuleValidator;

/**
 * Random modules do the same in the compiler and in an interpreter by other people: results, traps, memory and globals after
 * each call. {@code -Dtenon.differential=N} tries N modules, {@code -Dtenon.differential.seed=S} begins at another one.
 */
@Tag("suite")
class DifferentialTest {
    private static final int MODULES = Integer.getInteger("tenon.differential", 60);
    private static final long FIRST = Long.getLong("tenon.differential.seed", 1);
    private static final int CALLS = 4;

    /** Stands for a call that trapped. */
    private static final String TRAPPED = "trap";

    /** Stands for a call that ended with an exception of the guest's. */
    private static final String RAISED = "exception";

    /** Stands for a call that went deeper than the stack allows: how deep that is, each engine decides for itself. */
    private static final String EXHAUSTED = "exhausted";

    @Test
    void enginesAgree() {
        int calls = 0;
        int traps = 0;
        for (long seed = FIRST; seed < FIRST + MODULES; seed++) {
            var source = new RandomModule(seed);
            String text = source.text();
            try {
                byte[] binary = Wat.parse("seed " + seed, text);
                Module module = ModuleDecoder.decode(binary);
                ModuleValidator.validate(module);
                var ours = new CoreEngine(EngineOptions.DEFAULT)
                        .compile(module)
                        .link()
                        .instantiate(Imports.NONE);
                try (var theirs = Instance.builder(Parser.parse(binary)).build()) {
                    traps += compare(source.functions(), ours, theirs, new Random(seed));
                }
                calls += CALLS * source.functions().size();
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + seed + System.lineSeparator() + text, e);
            }
        }
        assertTrue(traps < calls / 2, "too many calls trap to compare much: " + traps + " of " + calls);
    }

    /** How many calls trapped in both, or were not made because the stack was exhausted. */
    private static int compare(List<FuncType> functions, CoreInstance ours, Instance theirs, Random random) {
        int traps = 0;
        for (int i = 0; i < CALLS; i++) {
            for (int f = 0; f < functions.size(); f++) {
                long[] arguments = arguments(functions.get(f).params(), random);
                call(ours, "refuel", new FuncType(List.of(), List.of()), new long[0]);
                theirs.export("refuel").apply();
                String call = "f" + f + Arrays.toString(arguments);
                String mine = call(ours, "f" + f, functions.get(f), arguments);
                if (mine.equals(EXHAUSTED)) {
                    // the two have different states from here on
                    return traps + (CALLS - i) * functions.size();
                }
                assertEquals(call(theirs, "f" + f, functions.get(f), arguments), mine, call);
                traps += mine.equals(TRAPPED) ? 1 : 0;
                assertEquals(globals(theirs), globals(ours), call);
                assertArrayEquals(memory(theirs), memory(ours), call);
            }
        }
        return traps;
    }

    private static long[] arguments(List<ValType> types, Random random) {
        return types.stream()
                .mapToLong(type -> switch (type) {
                    case NumType.I32 -> random.nextInt();
                    case NumType.I64 -> random.nextLong();
                    case NumType.F32 -> Float.floatToIntBits(random.nextInt(100) / 4f) & 0xffff_ffffL;
                    default -> Double.doubleToLongBits(random.nextInt() / 16d);
                })
                .toArray();
    }

    private static String call(CoreInstance instance, String name, FuncType type, long[] arguments) {
        if (!(instance.export(name) instanceof CoreFunction function)) {
            throw new AssertionError(name);
        }
        var values = new ArrayList<@Nullable Object>();
        for (int i = 0; i < arguments.length; i++) {
            values.add(value((NumType) type.params().get(i), arguments[i]));
        }
        try {
            return text(type.results(), function.handle().invokeWithArguments(values));
        } catch (Trap trap) {
            return switch (trap.kind()) {
                case STACK_EXHAUSTED -> EXHAUSTED;
                case UNHANDLED_EXCEPTION -> RAISED;
                default -> TRAPPED;
            };
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private static String text(List<ValType> types, @Nullable Object returned) {
        var results = new ArrayList<String>();
        for (int i = 0; i < types.size(); i++) {
            NumType type = (NumType) types.get(i);
            results.add(text(returned instanceof long[] bits ? value(type, bits[i]) : returned));
        }
        return results.toString();
    }

    private static String call(Instance instance, String name, FuncType type, long[] arguments) {
        long[] returned;
        try {
            returned = instance.export(name).apply(arguments);
        } catch (WasmEngineException _) {
            return TRAPPED;
        } catch (WasmException _) {
            return RAISED;
        }
        var results = new ArrayList<String>();
        for (int i = 0; i < type.results().size(); i++) {
            results.add(text(value((NumType) type.results().get(i), returned[i])));
        }
        return results.toString();
    }

    private static Object value(NumType type, long bits) {
        return switch (type) {
            case I32 -> (int) bits;
            case I64 -> bits;
            case F32 -> Float.intBitsToFloat((int) bits);
            case F64 -> Double.longBitsToDouble(bits);
        };
    }

    /** With its class, and all NaNs alike. */
    private static String text(@Nullable Object value) {
        assertNotNull(value);
        return value.getClass().getSimpleName() + " " + value;
    }

    private static List<String> globals(CoreInstance instance) {
        var values = new ArrayList<String>();
        for (int i = 0; i < RandomModule.GLOBALS.size(); i++) {
            if (!(instance.export("g" + i) instanceof CoreGlobal global)) {
                throw new AssertionError(i);
            }
            values.add(text(value(RandomModule.GLOBALS.get(i), global.bits())));
        }
        return values;
    }

    private static List<String> globals(Instance instance) {
        var values = new ArrayList<String>();
        for (int i = 0; i < RandomModule.GLOBALS.size(); i++) {
            values.add(text(value(
                    RandomModule.GLOBALS.get(i),
                    instance.exports().global("g" + i).getValue())));
        }
        return values;
    }

    private static byte[] memory(CoreInstance instance) {
        return instance.export("memory") instanceof CoreMemory memory ? memory.bytes() : new byte[0];
    }

    private static byte[] memory(Instance instance) {
        return instance.memory().readBytes(0, instance.memory().pages() * 65_536);
    }
}

package tenon.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tenon.core.compile.SplitLimits;
import tenon.wasm.Module;
import tenon.wasm.ModuleDecoder;
import tenon.wasm.ModuleValidator;

/**
 * Random functions do the same in one method each and split into as many as can be: results, traps, exceptions, memory.
 * {@code -Dtenon.split=N} tries N modules, {@code -Dtenon.split.seed=S} begins at another one.
 */
class SplitTest {
    private static final int MODULES = Integer.getInteger("tenon.split", 150);
    private static final long FIRST = Long.getLong("tenon.split.seed", 1);
    private static final int CALLS = 4;

    private static final CoreEngine WHOLE = new CoreEngine(EngineOptions.DEFAULT);

    /** Random limits, so low that small functions become many methods. */
    private static SplitLimits low(Random random) {
        if (random.nextBoolean()) {
            // so that several cases of a branch table go into one method
            int most = 100 + random.nextInt(800);
            int kept = 40 + random.nextInt(most);
            int table = kept + random.nextInt(600);
            int leastInFrame = 1 + random.nextInt(3);
            return new SplitLimits(
                    0, 100, kept, table, table + 200, 4, most / 3, most, random.nextInt(2000), 4, leastInFrame);
        }
        return new SplitLimits(
                0,
                random.nextInt(100),
                20 + random.nextInt(80),
                20 + random.nextInt(200),
                20 + random.nextInt(300),
                1 + random.nextInt(6),
                4 + random.nextInt(30),
                40 + random.nextInt(250),
                40 + random.nextInt(600),
                2 + random.nextInt(8),
                1 + random.nextInt(3));
    }

    /** So low that cases of branch tables share methods. */
    private static final SplitLimits FEW = new SplitLimits(0, 100, 100, 200, 400, 4, 150, 500, 200, 4, 4);

    /** So low that long nests of blocks are put into methods as a whole. */
    private static final SplitLimits LEVELS = new SplitLimits(0, 100, 315, 613, 478, 4, 130, 150, 493, 3, 2);

    private static Module module(ByteCode body) {
        return ModuleDecoder.decode(new ByteCode()
                .raw(0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00)
                .section(1, new ByteCode().raw(1, 0x60, 1, 0x7f, 1, 0x7f))
                .section(3, new ByteCode().raw(1, 0))
                .section(10, new ByteCode().raw(1).unsigned(body.size()).append(body))
                .bytes());
    }

    private static Object run(CoreEngine engine, Module module, int argument) throws Throwable {
        return engine.compile(module)
                .link()
                .instantiate(Imports.NONE)
                .function(0)
                .handle()
                .invokeWithArguments(argument);
    }

    /**
     * A branch table in {@code count} nested blocks, of which case c gives some value that tells c. Three more blocks are around
     * them; either cases branch to the innermost of these, or they return.
     */
    private static Module cases(int count, ByteCode dispatch, boolean returns) {
        var body = new ByteCode().raw(1, 1, 0x7f).raw(0x02, 0x40, 0x02, 0x40, 0x02, 0x40);
        for (int c = 0; c < count; c++) {
            body.raw(0x02, 0x40);
        }
        body.append(dispatch).raw(0x0e).unsigned(count);
        for (int c = 0; c <= count; c++) {
            body.unsigned(returns ? Math.min(c, count - 1) : c);
        }
        for (int c = 0; c < count; c++) {
            body.raw(0x0b, 0x41).signed(c);
            for (int n = 0; n < 12; n++) {
                body.raw(0x20, 0, 0x73, 0x41).signed(1000 * c + n).raw(0x6c);
            }
            body.raw(0x21, 1);
            if (returns) {
                body.raw(0x20, 1, 0x0f);
            } else {
                body.raw(0x0c).unsigned(count - 1 - c);
            }
        }
        Module module = module(body.raw(0x0b, 0x0b, 0x0b, 0x20, 1, 0x0b));
        ModuleValidator.validate(module);
        return module;
    }

    private static void assertSameCases(Module module, int count, SplitLimits limits) throws Throwable {
        var split = new CoreEngine(EngineOptions.DEFAULT, limits);
        for (int c = -1; c <= count; c++) {
            assertEquals(run(WHOLE, module, c), run(split, module, c), "case " + c);
        }
        assertTrue(split.codeCounts().methods() > 3L * (count + 2), "nothing was split");
    }

    @Test
    void sharedCasesAreFoundByTheIndex() throws Throwable {
        assertSameCases(cases(20, new ByteCode().raw(0x20, 0), false), 20, FEW);
    }

    @Test
    void sharedCasesAreFoundWhereTheTableDropsAnOperand() throws Throwable {
        assertSameCases(cases(20, new ByteCode().raw(0x42, 7, 0x20, 0), false), 20, FEW);
    }

    @Test
    void sharedCasesMayEndWhereNothingGoes() throws Throwable {
        assertSameCases(cases(27, new ByteCode().raw(0x20, 0), true), 27, LEVELS);
    }

    @Test
    void longTableMayHaveItsDefaultOnly() throws Throwable {
        var body = new ByteCode().raw(0, 0x02, 0x40, 0x20, 0, 0x0e).unsigned(300);
        for (int i = 0; i <= 300; i++) {
            body.unsigned(0);
        }
        assertEquals(5, run(WHOLE, module(body.raw(0x0b, 0x41, 5, 0x0b)), 3));
    }

    @Test
    void splitFunctionsDoTheSame() {
        int returned = 0;
        long splitMethods = 0;
        for (long seed = FIRST; seed < FIRST + MODULES; seed++) {
            try {
                var random = new Random(seed);
                EngineOptions options = EngineOptions.DEFAULT
                        .withInterruptible(random.nextBoolean())
                        .withResettable(random.nextInt(4) == 0)
                        .withLargeMemories(random.nextInt(3) == 0);
                var engine = new CoreEngine(options, low(random));
                returned += compare(new RandomFunctions(seed), engine, random);
                splitMethods += engine.codeCounts().methods();
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
        assertTrue(returned > MODULES, "too few calls return to compare much: " + returned);
        assertTrue(splitMethods > 4 * WHOLE.codeCounts().methods(), splitMethods + " methods are too few");
    }

    /** How many calls returned in both. */
    private static int compare(RandomFunctions source, CoreEngine engine, Random random) {
        Module module = ModuleDecoder.decode(source.binary());
        ModuleValidator.validate(module);
        CoreInstance whole = WHOLE.compile(module).link().instantiate(Imports.NONE);
        CoreInstance split = engine.compile(module).link().instantiate(Imports.NONE);
        int returned = 0;
        for (int i = 0; i < CALLS; i++) {
            for (int f = 0; f < source.functions().size(); f++) {
                int[] seeds =
                        random.ints(source.functions().get(f).params().size()).toArray();
                String call = "call " + i + " of f" + f + Arrays.toString(seeds);
                String expected = call(whole, source, f, seeds);
                assertEquals(expected, call(split, source, f, seeds), call);
                assertArrayEquals(memory(whole), memory(split), call);
                returned += expected.startsWith("[") ? 1 : 0;
            }
        }
        return returned;
    }

    private static String call(CoreInstance instance, RandomFunctions source, int function, int[] seeds) {
        RandomFunctions.Signature signature = source.functions().get(function);
        var values = new ArrayList<@Nullable Object>();
        for (int i = 0; i < seeds.length; i++) {
            values.add(value(instance, signature.params().get(i), seeds[i]));
        }
        try {
            export(instance, "refuel").handle().invokeWithArguments();
            Object result = export(instance, "f" + function).handle().invokeWithArguments(values);
            return text(instance, result);
        } catch (Trap trap) {
            return trap.kind().toString();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private static CoreFunction export(CoreInstance instance, String name) {
        if (instance.export(name) instanceof CoreFunction function) {
            return function;
        }
        throw new AssertionError(name);
    }

    private static @Nullable Object value(CoreInstance instance, RandomFunctions.Type type, int seed) {
        return switch (type) {
            case I32 -> seed % 2 == 0 ? seed & 15 : seed;
            case I64 -> (long) seed;
            case F32 -> seed / 4f;
            case F64 -> seed / 8d;
            case FUNC -> seed % 2 == 0 ? null : instance.function(seed & 1);
            case EXCEPTION -> null;
        };
    }

    /** References as what they are to the instance. */
    private static String text(CoreInstance instance, @Nullable Object result) {
        return switch (result) {
            case null -> "[null]";
            case long[] bits -> Arrays.toString(bits);
            case @Nullable Object[] boxed ->
                Arrays.stream(boxed).map(each -> text(instance, each)).toList().toString();
            case CoreFunction function -> "[function " + index(instance, function) + "]";
            default -> "[" + result + "]";
        };
    }

    private static int index(CoreInstance instance, CoreFunction function) {
        for (int i = 0; ; i++) {
            if (instance.function(i) == function) {
                return i;
            }
        }
    }

    private static byte[] memory(CoreInstance instance) {
        return instance.export("memory") instanceof CoreMemory memory
                ? memory.read(0, (int) memory.size())
                : new byte[0];
    }
}

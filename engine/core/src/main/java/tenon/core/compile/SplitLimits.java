package tenon.core.compile;

/**
 * From where on functions are split, and into how big methods: in bytes of JVM bytecode as {@link BytecodeSize} estimates them,
 * where nothing else is said. Others than {@link #DEFAULT} are for tests, which split small functions. Immutable.
 *
 * @param shortestFunction modules all of whose functions are shorter, in bytes of WebAssembly, have no {@link Scratch} fields
 * @param whole a function of so many bytes stays one method
 * @param kept what stays in a block or in the function itself
 * @param table what stays around a branch table and the blocks nested in front of its cases: each method around it costs every turn
 * @param aroundTable what stays in the loop around that, so that one method holds an interpreter's loop and its table
 * @param longTable a branch table of so many targets is taken for the heart of an interpreter
 * @param least bytes of a run that becomes a method
 * @param most bytes of a run that becomes a method
 * @param tooBig if a plan leaves a method of more bytes, nests of many cases are put into methods as a whole
 * @param longNest that many
 * @param leastInFrame fewer methods than this share no {@link Frame}
 */
public record SplitLimits(
        int shortestFunction,
        int whole,
        int kept,
        int table,
        int aroundTable,
        int longTable,
        int least,
        int most,
        int tooBig,
        int longNest,
        int leastInFrame) {

    public static final SplitLimits DEFAULT = new SplitLimits(700, 4000, 1800, 6000, 7500, 16, 500, 1500, 6000, 64, 4);
}

package tenon.core.compile;

import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import tenon.wasm.Opcode;

/**
 * What crosses the border of a region. Immutable.
 *
 * @param consumed kinds of the values that the region takes from the operand stack, deepest first
 * @param produced kinds of the values that it leaves there when it falls through, deepest first
 * @param inputs locals whose value comes in, ascending
 * @param outputs locals that it may set and that may be read behind it, ascending
 * @param exits opening instructions of the blocks outside of it that it branches to, ascending; 0 is a return. Clauses of
 *     {@code try_table} are branches, also of those around the region
 * @param falls whether control can fall through to {@code region.to()}
 * @param table the branch table by whose index, as {@code ~index}, the region may be entered; −1 if there is none
 * @param frame where all inputs and outputs live, which are no parameters and results then; null if there is none
 */
@SuppressWarnings("ArrayRecordComponent")
record RegionBorder(
        Region region,
        Kind[] consumed,
        Kind[] produced,
        int[] inputs,
        int[] outputs,
        int[] exits,
        boolean falls,
        int table,
        @Nullable Frame frame) {

    private static final int[] NONE = {};

    /** Finds the border of a region; time grows with its length. */
    public static RegionBorder of(FunctionBody body, Liveness liveness, Region region) {
        int from = region.from();
        int to = region.to();
        body.effort().take(to - from);
        var touched = new BitSet();
        var set = new BitSet();
        var exits = new BitSet();
        boolean raises = false;
        for (int i = from; i < to; i++) {
            switch (body.opcode(i)) {
                case LOCAL_GET -> touched.set(body.index(i));
                case LOCAL_SET, LOCAL_TEE -> set.set(body.index(i));
                case BR, BR_IF, BR_ON_NULL, BR_ON_NON_NULL -> exits.set(body.index(i));
                case BR_TABLE -> Arrays.stream(body.targets(i)).forEach(exits::set);
                case RETURN_CALL, RETURN_CALL_INDIRECT, RETURN_CALL_REF -> exits.set(0);
                case TRY_TABLE -> body.block(i).catches().forEach(clause -> exits.set(clause.target()));
                default -> {}
            }
            raises |= body.raises(i);
        }
        if (raises) {
            body.handlers(from).forEach(clause -> exits.set(clause.target()));
        }
        exits.clear(from, Math.max(from, exits.length()));
        region.entries().forEach(exits::clear);
        touched.or(set);
        boolean falls = falls(body, region);
        var inputs = liveness.locals(from);
        region.entries().forEach(entry -> inputs.or(liveness.atLabel(entry)));
        inputs.and(touched);
        var outputs = falls ? liveness.locals(to) : new BitSet();
        exits.stream().forEach(target -> outputs.or(liveness.atLabel(target)));
        outputs.and(set);
        Stack in = body.before(from);
        int lowest = lowest(body, region);
        int height = falls ? body.before(to).height() : lowest;
        return new RegionBorder(
                region,
                in.topmost(in.height() - lowest),
                falls ? body.before(to).topmost(height - lowest) : new Kind[0],
                inputs.stream().toArray(),
                outputs.stream().toArray(),
                exits.stream().toArray(),
                falls,
                -1,
                null);
    }

    /** The same, entered by the index of a table, −1 for none; its locals cross in a frame, null for none. */
    RegionBorder called(int table, @Nullable Frame frame) {
        return new RegionBorder(region, consumed, produced, inputs, outputs, exits, falls, table, frame);
    }

    /** Locals that are parameters of the method. */
    int[] parameters() {
        return frame == null ? inputs : NONE;
    }

    /** Locals that are results of the method. */
    int[] results() {
        return frame == null ? outputs : NONE;
    }

    /** Whether control falls out of the region's last instruction. */
    private static boolean falls(FunctionBody body, Region region) {
        if (region.to() >= body.size()) {
            return false;
        }
        Opcode next = body.opcode(region.to());
        return next != Opcode.END && next != Opcode.ELSE || body.falls(region.to());
    }

    /** The lowest height that the operand stack reaches at the region's own level: what lies below is not touched. */
    private static int lowest(FunctionBody body, Region region) {
        if (!region.entries().isEmpty()) {
            return body.before(region.from()).height();
        }
        int lowest = body.before(region.from()).height();
        for (int i = region.from(); i < region.to(); i = body.next(i)) {
            lowest = Math.min(lowest, body.before(i).height() - Operands.count(body, i));
        }
        return lowest;
    }
}

package tenon.core.compile;

import tenon.wasm.Opcode;

/**
 * How long the nests of a body are: blocks each of which stands in front of the code of the one around it, as compilers
 * write the cases of a branch table. Immutable.
 */
final class NestLengths {
    private final FunctionBody body;
    private final int[] lengths;

    private NestLengths(FunctionBody body) {
        this.body = body;
        this.lengths = new int[body.size()];
    }

    static NestLengths of(FunctionBody body) {
        var nests = new NestLengths(body);
        nests.measure();
        return nests;
    }

    /** Whether a block may stand in front of a case of the block around: no values cross their ends. */
    static boolean isNest(FunctionBody body, int opening, int around) {
        if (body.opcode(opening) != Opcode.BLOCK || body.opcode(around) != Opcode.BLOCK) {
            return false;
        }
        Block block = body.block(opening);
        return block.labelKinds().length == 0
                && block.params().length == 0
                && body.block(around).results().length == 0
                && block.base().height() == body.block(around).base().height();
    }

    /** Whether a block is in the nest that the block around it belongs to. */
    boolean isInner(int opening) {
        return body.parent(opening) >= 0 && isNest(body, opening, body.parent(opening));
    }

    /** How many blocks the longest nest has that goes through a block. */
    int length(int opening) {
        return lengths[opening];
    }

    private void measure() {
        // first how deep each block lies in its nest, then how deep what is inside of it goes
        for (int i = 0; i < lengths.length; i++) {
            if (body.opens(i)) {
                lengths[i] = isInner(i) ? lengths[body.parent(i)] + 1 : 1;
            }
        }
        for (int i = lengths.length - 1; i > 0; i--) {
            if (body.opens(i) && isInner(i)) {
                lengths[body.parent(i)] = Math.max(lengths[body.parent(i)], lengths[i]);
            }
        }
    }
}

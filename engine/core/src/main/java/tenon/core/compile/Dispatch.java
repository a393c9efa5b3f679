package tenon.core.compile;

import java.util.Arrays;
import tenon.wasm.Opcode;

/**
 * Which branch tables lead to which blocks of a body. Where regions hold the ends of many blocks that one table leads to,
 * they are entered by its index, with one jump for all. Immutable.
 */
final class Dispatch {
    private static final int NONE = -1;
    private static final int SEVERAL = -2;

    private final FunctionBody body;
    private final int[] tables;
    /** How many entries of the table name the block, the default left out. */
    private final int[] entries;

    private Dispatch(FunctionBody body) {
        this.body = body;
        this.tables = new int[body.size()];
        this.entries = new int[body.size()];
        Arrays.fill(tables, NONE);
    }

    static Dispatch of(FunctionBody body) {
        var dispatch = new Dispatch(body);
        for (int i = 0; i < body.size(); i++) {
            if (body.opcode(i) == Opcode.BR_TABLE) {
                dispatch.add(i);
            }
        }
        return dispatch;
    }

    private void add(int table) {
        int[] targets = body.targets(table);
        for (int k = 0; k < targets.length - 1; k++) {
            int target = targets[k];
            tables[target] = tables[target] == NONE || tables[target] == table ? table : SEVERAL;
            entries[target]++;
        }
    }

    /** The table that leads to entries of a region, −1 if there is none. */
    int table(Region region) {
        for (int entry : region.entries()) {
            if (tables[entry] >= 0) {
                return tables[entry];
            }
        }
        return NONE;
    }

    /** Whether nothing but entries of this table leads to a block, the default left out. */
    boolean isOnly(int table, int opening) {
        return table >= 0
                && tables[opening] == table
                && entries[opening] == body.block(opening).branches();
    }
}

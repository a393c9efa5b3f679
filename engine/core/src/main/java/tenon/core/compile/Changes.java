package tenon.core.compile;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * Which locals a region may have set by the time control leaves it, for each way out. A branch is counted with what may have
 * been set in front of it; exceptions, which leave from anywhere, with all that the region sets. Immutable.
 */
final class Changes {
    /** The way out at the region's end. */
    private static final int FALLING = -1;

    private final FunctionBody body;
    private final Region region;
    private final BitSet all = new BitSet();
    /** What loops set, by their opening instructions. */
    private final Map<Integer, BitSet> loops = new HashMap<>();

    private final Map<Integer, BitSet> labels = new HashMap<>();
    private final Map<Integer, BitSet> elses = new HashMap<>();

    private Changes(FunctionBody body, Region region) {
        this.body = body;
        this.region = region;
    }

    /** Finds the changes of a region that control enters at its first instruction only; time grows with its length. */
    static Changes of(FunctionBody body, Region region) {
        assert region.entries().isEmpty();
        var changes = new Changes(body, region);
        changes.collect();
        changes.follow();
        return changes;
    }

    /** What may have been set when a branch leaves to the label of a block outside. */
    BitSet at(int target) {
        return labels.getOrDefault(target, new BitSet());
    }

    /** What may have been set when control falls out of the region's end. */
    BitSet falling() {
        return at(FALLING);
    }

    private void collect() {
        var open = new ArrayDeque<BitSet>();
        for (int i = region.from(); i < region.to(); i++) {
            switch (body.opcode(i)) {
                case LOOP -> {
                    var set = new BitSet();
                    loops.put(i, set);
                    open.push(set);
                }
                case LOCAL_SET, LOCAL_TEE -> {
                    all.set(body.index(i));
                    if (!open.isEmpty()) {
                        open.element().set(body.index(i));
                    }
                }
                case END -> {
                    if (body.block(body.parent(i)).isLoop()) {
                        BitSet set = open.pop();
                        if (!open.isEmpty()) {
                            open.element().or(set);
                        }
                    }
                }
                default -> {}
            }
        }
    }

    private void follow() {
        body.handlers(region.from()).forEach(clause -> leave(clause.target(), all));
        var changed = new BitSet();
        for (int i = region.from(); i < region.to(); i++) {
            switch (body.opcode(i)) {
                case LOCAL_SET, LOCAL_TEE -> changed.set(body.index(i));
                case LOOP -> changed.or(loops.getOrDefault(i, new BitSet()));
                case IF -> elses.put(i, (BitSet) changed.clone());
                case BR, BR_IF, BR_ON_NULL, BR_ON_NON_NULL -> leave(body.index(i), changed);
                case BR_TABLE -> {
                    for (int target : body.targets(i)) {
                        leave(target, changed);
                    }
                }
                case TRY_TABLE -> body.block(i).catches().forEach(clause -> leave(clause.target(), all));
                case ELSE -> {
                    if (body.falls(i)) {
                        leave(body.parent(i), changed);
                    }
                    changed = taken(elses, body.parent(i));
                }
                case END -> {
                    Block block = body.block(body.parent(i));
                    var behind = body.falls(i) ? changed : new BitSet();
                    if (!block.isLoop()) {
                        behind.or(at(block.opening()));
                    }
                    if (block.isIf()) {
                        behind.or(taken(elses, block.opening()));
                    }
                    changed = behind;
                }
                default -> {}
            }
        }
        leave(FALLING, changed);
    }

    private void leave(int target, BitSet changed) {
        labels.computeIfAbsent(target, _ -> new BitSet()).or(changed);
    }

    private static BitSet taken(Map<Integer, BitSet> sets, int opening) {
        BitSet set = sets.remove(opening);
        return set == null ? new BitSet() : set;
    }
}

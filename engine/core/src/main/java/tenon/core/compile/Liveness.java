package tenon.core.compile;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tenon.wasm.Opcode;

/**
 * Which locals are live where: whose value may still be read. The array of memory {@code m} counts as local {@code
 * body.locals() + m}, read by every access and replaced by every call. Immutable. Time and space grow with instructions times
 * locals / 64; sets are kept for every sixteenth instruction and replayed between them.
 */
public final class Liveness {
    private static final int STRIDE = 16;
    /** After so many passes over a body with deeply nested loops everything counts as live at their heads. */
    private static final int MOST_PASSES = 12;

    /** Longs for kept sets; a body that would need more is taken as one whose locals are live everywhere. */
    private static final long MOST_WORDS = 8_000_000;

    /** Steps from block to block around it in search of catch clauses, and targets of branch tables, times words of sets. */
    private static final long MOST_STEPS = 100_000_000;

    private final FunctionBody body;
    private final int memories;
    private final int words;
    private final boolean catches;
    private final long[] @Nullable [] checkpoints;
    private final long[] @Nullable [] labels;
    private final long[] @Nullable [] elses;
    private final int[] counts;
    /** The one set that stands for all, in a body too big to be analysed; else null. */
    private long @Nullable [] all;
    /** Whether what is live at the heads of loops stays as it is, so that all questions get answers that fit together. */
    private boolean settled;

    private Liveness(FunctionBody body) {
        this.body = body;
        this.memories = body.module().spaces().memories().size();
        this.words = (body.locals() + memories + 63) >>> 6;
        this.catches = body.has(Opcode.TRY_TABLE);
        this.checkpoints = new long[body.size() / STRIDE + 1][];
        this.labels = new long[body.size()][];
        this.elses = new long[body.size()][];
        this.counts = new int[body.size()];
    }

    /** Analyses a body. */
    public static Liveness of(FunctionBody body) {
        var liveness = new Liveness(body);
        if ((long) liveness.checkpoints.length * liveness.words > MOST_WORDS
                || liveness.steps() * Math.max(1, liveness.words) > MOST_STEPS) {
            liveness.assumeAllLive();
            return liveness;
        }
        int passes = 1;
        while (liveness.pass()) {
            if (++passes > MOST_PASSES) {
                liveness.assumeAllLiveAtLoops();
                liveness.pass();
                break;
            }
        }
        return liveness;
    }

    /** How many blocks and targets a pass looks at. */
    private long steps() {
        long steps = 0;
        var depths = new int[catches ? body.size() : 0];
        for (int i = 0; i < body.size(); i++) {
            if (body.opcode(i) == Opcode.BR_TABLE) {
                steps += body.targets(i).length;
            } else if (catches && body.opens(i)) {
                int clauses = body.block(i).catches().size();
                depths[i] = (i == 0 ? 0 : depths[body.parent(i)]) + 1 + clauses;
                steps += depths[i];
            }
        }
        return steps;
    }

    /** The locals live before an instruction. A fresh set. */
    public BitSet before(int i) {
        if (all != null) {
            return BitSet.valueOf(all);
        }
        int checkpoint = i / STRIDE + 1;
        int from = checkpoint * STRIDE;
        long[] live;
        if (from >= body.size()) {
            from = body.size();
            live = new long[words];
        } else {
            live = known(checkpoints[checkpoint]).clone();
        }
        long @Nullable [] handled = handledAt(from - 1);
        for (int k = from - 1; k >= i; k--) {
            if (body.opcode(k) == Opcode.END) {
                handled = handledAt(k);
            }
            step(k, live, handled);
            if (body.opens(k)) {
                handled = handledAt(body.parent(k));
            }
        }
        return BitSet.valueOf(live);
    }

    /** How many locals are live before an instruction. */
    public int count(int i) {
        return all != null ? body.locals() : counts[i];
    }

    /** The locals live before an instruction, without memories. A fresh set. */
    public BitSet locals(int i) {
        BitSet live = before(i);
        live.clear(body.locals(), body.locals() + memories);
        return live;
    }

    /** Whether the array of a memory is live before an instruction. */
    public boolean memory(int i, int memory) {
        return before(i).get(body.locals() + memory);
    }

    /** The locals live where a branch to the block's label goes. A fresh set. */
    public BitSet atLabel(int opening) {
        return BitSet.valueOf(label(opening));
    }

    private long[] label(int opening) {
        if (all != null) {
            return all;
        }
        long[] found = labels[opening];
        return found != null ? found : new long[words];
    }

    private static long[] known(long @Nullable [] set) {
        return Objects.requireNonNull(set);
    }

    /** One backward pass; whether what is live at the head of a loop has changed. */
    private boolean pass() {
        boolean changed = false;
        var live = new long[words];
        long @Nullable [] handled = null;
        for (int i = body.size() - 1; i >= 0; i--) {
            Opcode opcode = body.opcode(i);
            if (opcode == Opcode.END) {
                Block block = body.block(body.parent(i));
                elses[block.opening()] = null;
                if (!block.isLoop()) {
                    labels[block.opening()] = live.clone();
                }
                handled = handledAt(i);
            } else if (opcode == Opcode.ELSE) {
                elses[body.parent(i)] = live.clone();
            }
            step(i, live, handled);
            if (body.opens(i)) {
                handled = handledAt(body.parent(i));
            }
            if (opcode == Opcode.LOOP && !settled && !Arrays.equals(live, labels[i])) {
                labels[i] = live.clone();
                changed = true;
            }
            counts[i] = count(live);
            if (i % STRIDE == 0) {
                checkpoints[i / STRIDE] = live.clone();
            }
        }
        return changed;
    }

    private long[] allLocals() {
        var set = new BitSet();
        set.set(0, body.locals() + memories);
        return Arrays.copyOf(set.toLongArray(), words);
    }

    private void assumeAllLive() {
        all = allLocals();
    }

    private void assumeAllLiveAtLoops() {
        settled = true;
        long[] set = allLocals();
        for (int i = 0; i < body.size(); i++) {
            if (body.opcode(i) == Opcode.LOOP) {
                labels[i] = set;
            }
        }
    }

    /** The live set before an instruction from that behind it. */
    private void step(int i, long[] live, long @Nullable [] handled) {
        switch (body.opcode(i)) {
            case LOCAL_GET -> live[body.index(i) >>> 6] |= 1L << body.index(i);
            case LOCAL_SET, LOCAL_TEE -> live[body.index(i) >>> 6] &= ~(1L << body.index(i));
            case ELSE -> become(live, label(body.parent(i)));
            case IF -> {
                long[] otherwise = elses[i];
                add(live, otherwise != null ? otherwise : label(i));
            }
            case BR -> become(live, label(body.index(i)));
            case BR_IF, BR_ON_NULL, BR_ON_NON_NULL -> add(live, label(body.index(i)));
            case BR_TABLE -> {
                Arrays.fill(live, 0);
                for (int target : body.targets(i)) {
                    add(live, label(target));
                }
            }
            case UNREACHABLE, THROW, THROW_REF, RETURN_CALL, RETURN_CALL_INDIRECT, RETURN_CALL_REF ->
                Arrays.fill(live, 0);
            case CALL, CALL_INDIRECT, CALL_REF, MEMORY_GROW -> {
                for (int m = body.locals(); m < body.locals() + memories; m++) {
                    live[m >>> 6] &= ~(1L << m);
                }
            }
            default -> {
                if (body.opcode(i).immediate() == Opcode.Immediate.MEMARG) {
                    int m = body.locals() + body.index(i);
                    live[m >>> 6] |= 1L << m;
                }
            }
        }
        if (handled != null) {
            add(live, handled);
        }
    }

    /** What catch clauses around an instruction keep alive: an exception may leave from anywhere. Null for nothing. */
    private long @Nullable [] handledAt(int i) {
        if (!catches || i < 0) {
            return null;
        }
        long[] set = null;
        for (int at = body.opens(i) ? i : body.parent(i); at > 0; at = body.parent(at)) {
            for (Catch clause : body.block(at).catches()) {
                set = set == null ? new long[words] : set;
                add(set, label(clause.target()));
            }
        }
        return set;
    }

    private static void add(long[] live, long[] more) {
        for (int w = 0; w < live.length; w++) {
            live[w] |= more[w];
        }
    }

    private static void become(long[] live, long[] other) {
        System.arraycopy(other, 0, live, 0, live.length);
    }

    private static int count(long[] live) {
        int count = 0;
        for (long word : live) {
            count += Long.bitCount(word);
        }
        return count;
    }
}

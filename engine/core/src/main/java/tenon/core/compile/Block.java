package tenon.core.compile;

import java.util.List;
import tenon.wasm.Opcode;

/**
 * A structured instruction of a {@link FunctionBody}: {@code block}, {@code loop}, {@code if} or {@code try_table}, or the
 * body itself. Immutable once the body is decoded.
 */
public final class Block {
    private final int opening;
    private final Opcode opcode;
    private final Stack base;
    private final Kind[] params;
    private final Kind[] results;
    private final List<Catch> catches;
    private int otherwise = -1;
    private int end = -1;
    private int branches;
    private boolean thenFalls;

    Block(int opening, Opcode opcode, Stack base, Kind[] params, Kind[] results, List<Catch> catches) {
        this.opening = opening;
        this.opcode = opcode;
        this.base = base;
        this.params = params;
        this.results = results;
        this.catches = List.copyOf(catches);
    }

    /** Index of the opening instruction. */
    public int opening() {
        return opening;
    }

    public boolean isLoop() {
        return opcode == Opcode.LOOP;
    }

    public boolean isIf() {
        return opcode == Opcode.IF;
    }

    /** Whether exceptions raised inside are handled here. */
    public boolean handles() {
        return !catches.isEmpty();
    }

    /** What lies below the parameters, and later below the results. */
    public Stack base() {
        return base;
    }

    public Kind[] params() {
        return params;
    }

    public Kind[] results() {
        return results;
    }

    /** What a branch to the label carries: parameters of a loop, else results. */
    public Kind[] labelKinds() {
        return isLoop() ? params : results;
    }

    /** The clauses of {@code try_table}. */
    public List<Catch> catches() {
        return catches;
    }

    /** Index of {@code else}, −1 if there is none. */
    public int otherwise() {
        return otherwise;
    }

    /** Index of {@code end}. */
    public int end() {
        return end;
    }

    /** How many branches, entries of branch tables and catch clauses that can be reached name the label. */
    public int branches() {
        return branches;
    }

    /** Whether control falls out of the first arm of an {@code if} with {@code else}. */
    public boolean thenFalls() {
        return thenFalls;
    }

    void branchedTo() {
        branches++;
    }

    void otherwiseAt(int index, boolean falls) {
        otherwise = index;
        thenFalls = falls;
    }

    void endAt(int index) {
        end = index;
    }
}

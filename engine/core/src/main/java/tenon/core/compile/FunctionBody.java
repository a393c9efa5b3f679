package tenon.core.compile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tenon.types.core.FuncType;
import tenon.types.core.Limits;
import tenon.types.core.TagType;
import tenon.wasm.Module;
import tenon.wasm.Opcode;

/**
 * A function decoded once for compilation: its instructions that can be reached, in order, with immediates, nesting and
 * the operand stack at each point. Immutable, but for its {@link Effort}.
 *
 * <p>Differences from the binary: instruction 0 is a {@code block} that opens the body and the last one is its {@code
 * end}, so {@code return} is a {@code br} to block 0; labels are given as the index of the opening instruction of the block
 * that they belong to; code that cannot be reached is left out ({@code else} and {@code end} of blocks that can be entered
 * always stand); {@code br_on_cast} and {@code br_on_cast_fail} push whether to branch, and a {@code br_if} that belongs to
 * them follows; typed {@code select} is {@link Opcode#SELECT}, since the stack tells the kind.
 *
 * <p>Confined to the thread that compiles it, since it counts what that takes.
 */
public final class FunctionBody {
    private final Module module;
    private final int functionIndex;
    private final FuncType type;
    private final Kind[] locals;
    private final int size;
    private final Opcode[] opcodes;
    private final int[] first;
    private final int[] second;
    private final long[] bits;
    private final int[] positions;
    private final Stack[] before;
    private final int[] parents;
    private final boolean[] falls;
    private final @Nullable Block[] blocks;
    private final int[] @Nullable [] targets;
    private final Effort effort;
    private final int[] nextCall;
    private final BitSet counting;

    FunctionBody(BodyDecoder from, int size) {
        this.module = from.module;
        this.functionIndex = from.functionIndex;
        this.type = from.type;
        this.locals = from.locals;
        this.size = size;
        this.opcodes = Arrays.copyOf(from.opcodes, size);
        this.first = Arrays.copyOf(from.first, size);
        this.second = Arrays.copyOf(from.second, size);
        this.bits = Arrays.copyOf(from.bits, size);
        this.positions = Arrays.copyOf(from.positions, size);
        this.before = Arrays.copyOf(from.before, size);
        this.parents = Arrays.copyOf(from.parents, size);
        this.falls = Arrays.copyOf(from.falls, size);
        this.blocks = Arrays.copyOf(from.blocks, size);
        this.targets = Arrays.copyOf(from.targets, size);
        this.effort = new Effort(functionIndex, positions[1], size);
        this.nextCall = nextCalls();
        this.counting = LoopCheck.counting(this);
    }

    /** Decodes a function that the module defines; {@code functionIndex} counts in the function index space. */
    public static FunctionBody decode(Module module, int functionIndex) {
        return new BodyDecoder(module, functionIndex).decode();
    }

    public Module module() {
        return module;
    }

    /** Index in the function index space. */
    public int functionIndex() {
        return functionIndex;
    }

    /** What its compilation may still take. */
    Effort effort() {
        return effort;
    }

    public FuncType type() {
        return type;
    }

    /** How many locals there are, parameters included. */
    public int locals() {
        return locals.length;
    }

    /** Whether a load or store has an address of 64 bits. */
    boolean hasWideAddress(int i) {
        return module.spaces().memories().get(first[i]).limits().address() == Limits.AddressType.I64;
    }

    public Kind local(int index) {
        return locals[index];
    }

    /** How many parameters there are: the first locals. */
    public int params() {
        return type.params().size();
    }

    /** How many instructions there are. */
    public int size() {
        return size;
    }

    public Opcode opcode(int i) {
        return opcodes[i];
    }

    /**
     * The first index among the immediates: function, local, global, type, table, memory, tag or segment; of a branch the
     * opening instruction of its target; of a cast the defined type that it is to, or −1.
     */
    public int index(int i) {
        return first[i];
    }

    /**
     * The second index: table of an indirect call, source of a copy, memory or table that a segment goes to; behind a type
     * the field, the number of elements, or the segment; of a cast the ordinal of the abstract heap type that it is to.
     */
    public int secondIndex(int i) {
        return second[i];
    }

    /**
     * A constant's value or its floating-point bits, or the constant offset of a memory access; of a cast 1 if null is of
     * the type that it is to.
     */
    public long bits(int i) {
        return bits[i];
    }

    /** The opening instructions that a {@code br_table} branches to; the last is the default. */
    public int[] targets(int i) {
        return Objects.requireNonNull(targets[i]);
    }

    /** Offset of the instruction in the binary, in bytes from the start of the outermost file. */
    public int position(int i) {
        return positions[i];
    }

    /** The operand stack before an instruction. Before {@code else} and {@code end}: the block's base and results. */
    public Stack before(int i) {
        return before[i];
    }

    /** Opening instruction of the innermost block around an instruction, −1 for instruction 0; an {@code end} is inside. */
    public int parent(int i) {
        return parents[i];
    }

    /** Whether control falls into an {@code else} or {@code end} from the instruction before it; true for all others. */
    public boolean falls(int i) {
        return falls[i];
    }

    /** Whether an instruction opens a block. */
    public boolean opens(int i) {
        return blocks[i] != null;
    }

    /** The block that an instruction opens. */
    public Block block(int i) {
        return Objects.requireNonNull(blocks[i]);
    }

    /** The next instruction of the same sequence: behind the whole block if {@code i} opens one. */
    public int next(int i) {
        Block found = blocks[i];
        return found != null ? found.end() + 1 : i + 1;
    }

    /** Whether an instruction occurs. */
    public boolean has(Opcode opcode) {
        for (Opcode each : opcodes) {
            if (each == opcode) {
                return true;
            }
        }
        return false;
    }

    /** Whether the instruction ends its sequence: nothing falls out of it. */
    public boolean leaves(int i) {
        return switch (opcodes[i]) {
            case UNREACHABLE, BR, BR_TABLE, RETURN_CALL, RETURN_CALL_INDIRECT, RETURN_CALL_REF, THROW, THROW_REF ->
                true;
            default -> false;
        };
    }

    /** Whether the instruction calls in place of this function. */
    public boolean isTailCall(int i) {
        return switch (opcodes[i]) {
            case RETURN_CALL, RETURN_CALL_INDIRECT, RETURN_CALL_REF -> true;
            default -> false;
        };
    }

    /** Whether an exception of the guest's may come out of the instruction and be handled in this function. */
    public boolean raises(int i) {
        return switch (opcodes[i]) {
            case CALL, CALL_INDIRECT, CALL_REF, THROW, THROW_REF -> true;
            default -> false;
        };
    }

    /**
     * The clauses that see an exception which is raised at an instruction, in the order in which they are tried, the last
     * perhaps one that catches all.
     */
    public List<Catch> handlers(int i) {
        var handlers = new ArrayList<Catch>();
        for (int at = parents[i]; at >= 0; at = parents[at]) {
            effort.take(1);
            for (Catch clause : block(at).catches()) {
                handlers.add(clause);
                if (!clause.kind().hasTag()) {
                    return handlers;
                }
            }
        }
        return handlers;
    }

    /** What exceptions of a tag carry. */
    public Kind[] tagKinds(int tag) {
        TagType type = module.spaces().tags().get(tag);
        return Kind.of(((FuncType) module.compositeType(type.typeIndex())).params());
    }

    /** Whether the instruction may run other code of a guest or the host, or replace a memory's array. */
    public boolean calls(int i) {
        return switch (opcodes[i]) {
            case CALL, CALL_INDIRECT, CALL_REF, MEMORY_GROW -> true;
            default -> false;
        };
    }

    /** Whether a loop counts: {@link LoopCheck#counting}. */
    boolean counts(int loop) {
        return counting.get(loop);
    }

    /** Whether some instruction of a range may run other code. */
    public boolean calls(int from, int to) {
        return from < size && nextCall[from] < to;
    }

    /** For each instruction the first one, itself or behind, that may run other code: loops in loops would be searched again and again. */
    private int[] nextCalls() {
        var next = new int[size];
        int found = size;
        for (int i = size - 1; i >= 0; i--) {
            found = calls(i) ? i : found;
            next[i] = found;
        }
        return next;
    }
}

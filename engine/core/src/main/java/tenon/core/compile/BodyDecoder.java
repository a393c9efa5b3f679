package tenon.core.compile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tenon.types.UnsupportedException;
import tenon.types.core.FuncType;
import tenon.types.core.HeapType;
import tenon.types.core.ValType;
import tenon.wasm.InstructionReader;
import tenon.wasm.Module;
import tenon.wasm.Opcode;

/** Builds a {@link FunctionBody}: one pass over the instructions of a valid body. */
final class BodyDecoder {
    /** Locals beyond these do not fit a JVM frame. */
    private static final int MOST_LOCALS = 30_000;

    final Module module;
    final int functionIndex;
    final FuncType type;
    final Kind[] locals;
    Opcode[] opcodes;
    int[] first;
    int[] second;
    long[] bits;
    int[] positions;
    Stack[] before;
    int[] parents;
    boolean[] falls;

    @Nullable Block[] blocks;

    int[] @Nullable [] targets;

    private final InstructionReader reader;
    private final ArrayList<Block> open = new ArrayList<>();
    private int size;
    private Stack stack = Stack.EMPTY;
    /** Whether the instructions being read cannot be reached, and how many blocks were opened since. */
    private boolean dead;

    private int deadDepth;

    BodyDecoder(Module module, int functionIndex) {
        this.module = module;
        this.functionIndex = functionIndex;
        this.type = module.functionType(functionIndex);
        Module.Code code = module.code().get(functionIndex - module.importedFunctions());
        this.reader = InstructionReader.of(module, code);
        this.locals = locals(code);
        int capacity = Math.max(16, (code.end() - code.start()) / 2);
        this.opcodes = new Opcode[capacity];
        this.first = new int[capacity];
        this.second = new int[capacity];
        this.bits = new long[capacity];
        this.positions = new int[capacity];
        this.before = new Stack[capacity];
        this.parents = new int[capacity];
        this.falls = new boolean[capacity];
        this.blocks = new Block[capacity];
        this.targets = new int[capacity][];
    }

    private Kind[] locals(Module.Code code) {
        long count = type.params().size();
        for (Module.Locals run : code.locals()) {
            count += Integer.toUnsignedLong(run.count());
        }
        if (count > MOST_LOCALS) {
            throw new UnsupportedException(
                    code.start(),
                    "function " + functionIndex + " has " + count + " locals, at most " + MOST_LOCALS
                            + " are supported");
        }
        var kinds = new Kind[(int) count];
        int n = 0;
        for (ValType param : type.params()) {
            kinds[n++] = Kind.of(param);
        }
        for (Module.Locals run : code.locals()) {
            Arrays.fill(kinds, n, n + run.count(), Kind.of(run.type()));
            n += run.count();
        }
        return kinds;
    }

    FunctionBody decode() {
        open(Opcode.BLOCK, new Kind[0], Kind.of(type.results()), List.of());
        while (!open.isEmpty()) {
            Opcode opcode = reader.next();
            if (dead) {
                skip(opcode);
            } else {
                read(opcode);
            }
        }
        return new FunctionBody(this, size);
    }

    private void skip(Opcode opcode) {
        switch (opcode) {
            case BLOCK, LOOP, IF, TRY_TABLE -> deadDepth++;
            case ELSE -> {
                if (deadDepth == 0) {
                    otherwise();
                }
            }
            case END -> {
                if (deadDepth == 0) {
                    end();
                } else {
                    deadDepth--;
                }
            }
            default -> {}
        }
    }

    private void read(Opcode opcode) {
        switch (opcode) {
            case NOP -> {}
            case BLOCK, LOOP -> open(opcode, blockParams(), blockResults(), List.of());
            case IF -> {
                int at = add(opcode);
                stack = stack.pop();
                enter(at, opcode, blockParams(), blockResults(), List.of());
            }
            case TRY_TABLE -> {
                var catches = catches();
                open(opcode, blockParams(), blockResults(), catches);
            }
            case ELSE -> otherwise();
            case END -> end();
            case BR -> {
                branch(add(opcode), reader.index());
                dead = true;
            }
            case RETURN -> {
                branch(add(Opcode.BR), open.size() - 1);
                dead = true;
            }
            case BR_IF, BR_ON_NULL -> {
                branch(add(opcode), reader.index());
                stack = opcode == Opcode.BR_IF ? stack.pop() : stack;
            }
            case BR_ON_NON_NULL -> {
                branch(add(opcode), reader.index());
                stack = stack.pop();
            }
            case BR_TABLE -> branchTable();
            case BR_ON_CAST, BR_ON_CAST_FAIL -> {
                simple(opcode);
                branch(add(Opcode.BR_IF), reader.index());
                stack = stack.pop();
            }
            case SELECT_T -> simple(Opcode.SELECT);
            default -> simple(opcode);
        }
    }

    private void simple(Opcode opcode) {
        if (opcode.isAtomic()) {
            throw new UnsupportedException(
                    reader.offset(), "`" + opcode.mnemonic() + "` of the proposal `threads` does not run yet");
        }
        int at = add(opcode);
        stack = StackEffect.apply(module, opcode, reader, locals, stack);
        immediates(at, opcode);
        dead = switch (opcode) {
            case UNREACHABLE, RETURN_CALL, RETURN_CALL_INDIRECT, RETURN_CALL_REF, THROW, THROW_REF -> true;
            default -> false;
        };
    }

    private void immediates(int at, Opcode opcode) {
        switch (opcode.immediate()) {
            case FUNC, TYPE, LOCAL, GLOBAL, TABLE, TAG, MEMORY, DATA, ELEM -> first[at] = reader.index();
            case TYPE_TABLE,
                    MEMORY_MEMORY,
                    DATA_MEMORY,
                    ELEM_TABLE,
                    TABLE_TABLE,
                    TYPE_FIELD,
                    TYPE_COUNT,
                    TYPE_DATA,
                    TYPE_ELEM,
                    TYPE_TYPE -> {
                first[at] = reader.index();
                second[at] = reader.secondIndex();
            }
            case MEMARG -> {
                first[at] = reader.index();
                bits[at] = reader.memoryOffset();
            }
            case I32, F32 -> bits[at] = reader.i32();
            case I64, F64 -> bits[at] = reader.i64();
            case CAST -> cast(at, reader.heapType(), opcode == Opcode.REF_TEST_NULL || opcode == Opcode.REF_CAST_NULL);
            case CAST_LABEL -> cast(at, reader.castTo().heap(), reader.castTo().nullable());
            case NONE, FENCE, TYPES, HEAP, BLOCK, TRY_TABLE, LABEL, LABELS -> {}
        }
    }

    private void cast(int at, HeapType target, boolean nullable) {
        bits[at] = nullable ? 1 : 0;
        switch (target) {
            case HeapType.Defined(int typeIndex) -> first[at] = typeIndex;
            case HeapType.Abstract heap -> {
                first[at] = -1;
                second[at] = heap.ordinal();
            }
        }
    }

    private Kind[] blockParams() {
        return Kind.of(reader.blockParams(module));
    }

    private Kind[] blockResults() {
        return Kind.of(reader.blockResults(module));
    }

    private List<Catch> catches() {
        var catches = new ArrayList<Catch>();
        for (int i = 0; i < reader.catchCount(); i++) {
            Block target = target(reader.catchLabel(i));
            target.branchedTo();
            catches.add(new Catch(reader.catchKind(i), reader.catchTag(i), target.opening()));
        }
        return catches;
    }

    private Block target(int label) {
        return open.get(open.size() - 1 - label);
    }

    private void branch(int at, int label) {
        Block target = target(label);
        target.branchedTo();
        first[at] = target.opening();
    }

    private void branchTable() {
        int at = add(Opcode.BR_TABLE);
        int count = reader.labelCount();
        var openings = new int[count + 1];
        for (int i = 0; i <= count; i++) {
            Block target = target(i < count ? reader.label(i) : reader.index());
            target.branchedTo();
            openings[i] = target.opening();
        }
        targets[at] = openings;
        dead = true;
    }

    private void open(Opcode opcode, Kind[] params, Kind[] results, List<Catch> catches) {
        enter(add(opcode), opcode, params, results, catches);
    }

    private void enter(int at, Opcode opcode, Kind[] params, Kind[] results, List<Catch> catches) {
        var block = new Block(at, opcode, stack.pop(params.length), params, results, catches);
        blocks[at] = block;
        open.add(block);
    }

    private void otherwise() {
        Block block = open.getLast();
        boolean falls = !dead;
        stack = block.base().push(block.results());
        block.otherwiseAt(add(Opcode.ELSE), falls);
        this.falls[size - 1] = falls;
        stack = block.base().push(block.params());
        dead = false;
    }

    private void end() {
        Block block = open.getLast();
        boolean fallsIn = !dead;
        stack = block.base().push(block.results());
        block.endAt(add(Opcode.END));
        falls[size - 1] = fallsIn;
        open.removeLast();
        boolean skipped = block.isIf() && block.otherwise() < 0;
        boolean joined = !block.isLoop() && block.branches() > 0;
        dead = !(fallsIn || skipped || joined || block.thenFalls());
    }

    private int add(Opcode opcode) {
        if (size == opcodes.length) {
            grow(2 * size);
        }
        opcodes[size] = opcode;
        positions[size] = reader.offset();
        before[size] = stack;
        parents[size] = open.isEmpty() ? -1 : open.getLast().opening();
        falls[size] = true;
        return size++;
    }

    private void grow(int capacity) {
        opcodes = Arrays.copyOf(opcodes, capacity);
        first = Arrays.copyOf(first, capacity);
        second = Arrays.copyOf(second, capacity);
        bits = Arrays.copyOf(bits, capacity);
        positions = Arrays.copyOf(positions, capacity);
        before = Arrays.copyOf(before, capacity);
        parents = Arrays.copyOf(parents, capacity);
        falls = Arrays.copyOf(falls, capacity);
        blocks = Arrays.copyOf(blocks, capacity);
        targets = Arrays.copyOf(targets, capacity);
    }
}

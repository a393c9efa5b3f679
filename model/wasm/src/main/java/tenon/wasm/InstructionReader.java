package tenon.wasm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import tenon.types.MalformedException;
import tenon.types.UnsupportedException;
import tenon.types.core.FuncType;
import tenon.types.core.HeapType;
import tenon.types.core.NumType;
import tenon.types.core.RefType;
import tenon.types.core.ValType;

/**
 * A cursor over instructions: each {@link #next} reads one with all its immediates, which the accessors then give until
 * the next call. WebAssembly 3.0, section "Binary Format / Instructions". Confined to one thread; reads the same bytes as
 * often as wanted through {@link #moveTo}; allocates nothing per instruction but for reference types with an index.
 *
 * <p>It knows no nesting: {@code block}, {@code else} and {@code end} are instructions like others. An accessor has a
 * meaning only for instructions whose {@link Opcode.Immediate} says so.
 */
public final class InstructionReader {
    /** {@link #blockType} of a block without parameters and results. */
    public static final int BLOCK_EMPTY = -1;
    /** {@link #blockType} of a block without parameters and with one result, {@link #blockValue}. */
    public static final int BLOCK_VALUE = -2;

    private static final Map<NumType, List<ValType>> SINGLE = Map.of(
            NumType.I32, List.of(NumType.I32),
            NumType.I64, List.of(NumType.I64),
            NumType.F32, List.of(NumType.F32),
            NumType.F64, List.of(NumType.F64));

    /** What a clause of {@code try_table} catches, in the order of the binary. */
    public enum CatchKind {
        CATCH,
        CATCH_REF,
        CATCH_ALL,
        CATCH_ALL_REF;

        private static final CatchKind[] ALL = values();

        /** Whether the clause names a tag. */
        public boolean hasTag() {
            return this == CATCH || this == CATCH_REF;
        }

        /** Whether the branch gets the exception itself, as its last value. */
        public boolean hasReference() {
            return this == CATCH_REF || this == CATCH_ALL_REF;
        }
    }

    private final BinaryReader in;
    private int offset;
    private int index;
    private int second;
    private int alignment;
    private long bits;
    private int blockType;
    private ValType blockValue = NumType.I32;
    private HeapType heapType = HeapType.Abstract.NONE;
    private RefType castFrom = RefType.FUNCREF;
    private RefType castTo = RefType.FUNCREF;
    private List<ValType> types = List.of();
    private int count;
    private int[] labels = new int[16];
    private int[] tags = new int[4];
    private CatchKind[] catchKinds = new CatchKind[4];

    public InstructionReader(BinaryReader in) {
        this.in = in;
    }

    /** The instructions of a body. */
    public static InstructionReader of(Module module, Module.Code code) {
        return new InstructionReader(new BinaryReader(module.binary().bytes(), code.start(), code.end()));
    }

    /** The instructions of a constant expression. */
    public static InstructionReader of(Module module, Module.ConstantExpression expression) {
        return new InstructionReader(new BinaryReader(module.binary().bytes(), expression.start(), expression.end()));
    }

    /** Whether {@link #next} may be called. */
    public boolean hasNext() {
        return !in.atEnd();
    }

    /** Offset of the instruction that {@link #next} gave last, in bytes from the start of the outermost file. */
    public int offset() {
        return offset;
    }

    /** Offset behind it: of the instruction to come. */
    public int position() {
        return in.position();
    }

    /** Goes to an instruction's offset. */
    public void moveTo(int position) {
        in.moveTo(position);
    }

    /** Reads an instruction. */
    public Opcode next() {
        offset = in.position();
        int code = in.u8();
        var opcode = code < 0xfb ? Opcode.plain(code) : null;
        if (opcode == null) {
            opcode = prefixed(code);
        }
        readImmediate(opcode.immediate());
        return opcode;
    }

    private Opcode prefixed(int prefix) {
        if (prefix < 0xfb || prefix == 0xff) {
            throw new MalformedException(offset, "illegal opcode " + Integer.toHexString(prefix));
        }
        int code = in.u32();
        var opcode = Opcode.prefixed(prefix, code);
        if (opcode != null) {
            return opcode;
        }
        var text = "opcode " + Integer.toHexString(prefix) + " " + Integer.toHexString(code);
        if (prefix != 0xfd || Integer.compareUnsigned(code, 0x113) > 0) {
            throw new MalformedException(offset, "illegal " + text);
        }
        throw new UnsupportedException(offset, text + ": instructions of vectors (SIMD) are not supported");
    }

    private void readImmediate(Opcode.Immediate immediate) {
        switch (immediate) {
            case NONE -> {}
            case LABEL, FUNC, TYPE, LOCAL, GLOBAL, TABLE, TAG, MEMORY, DATA, ELEM -> index = in.u32();
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
                index = in.u32();
                second = in.u32();
            }
            case MEMARG -> readMemoryArgument();
            case I32 -> bits = in.s32();
            case I64 -> bits = in.s64();
            case F32 -> bits = in.fixed32();
            case F64 -> bits = in.fixed64();
            case BLOCK -> readBlockType();
            case TRY_TABLE -> {
                readBlockType();
                readCatches();
            }
            case LABELS -> readLabels();
            case TYPES -> readTypes();
            case HEAP, CAST -> heapType = TypeReader.heapType(in);
            case CAST_LABEL -> readCast();
            case FENCE -> {
                if (in.u8() != 0) {
                    throw new MalformedException(offset, "zero byte expected behind `atomic.fence`");
                }
            }
        }
    }

    /** "Control Instructions": bit 0 of the flags makes the type before the cast nullable, bit 1 that behind it. */
    private void readCast() {
        int at = in.position();
        int flags = in.u8();
        if (flags > 3) {
            throw new MalformedException(at, "malformed br_on_cast flags: 0x" + Integer.toHexString(flags));
        }
        index = in.u32();
        castFrom = new RefType((flags & 1) != 0, TypeReader.heapType(in));
        castTo = new RefType((flags & 2) != 0, TypeReader.heapType(in));
    }

    private void readMemoryArgument() {
        int at = in.position();
        int flags = in.u32();
        if (flags < 0 || flags >= 0x80) {
            throw new MalformedException(at, "malformed memop flags: 0x" + Integer.toHexString(flags));
        }
        alignment = flags & 0x3f;
        index = (flags & 0x40) != 0 ? in.u32() : 0;
        bits = in.u64();
    }

    private void readBlockType() {
        int b = in.peek();
        if (b == 0x40) {
            in.u8();
            blockType = BLOCK_EMPTY;
        } else if (b > 0x40 && b < 0x80) {
            blockType = BLOCK_VALUE;
            blockValue = TypeReader.valType(in);
        } else {
            int at = in.position();
            long typeIndex = in.s33();
            if (typeIndex < 0) {
                throw new MalformedException(at, "malformed block type");
            }
            // an index beyond 31 bits is no index of any type, and must not look like one of the two constants
            blockType = (int) Math.min(typeIndex, Integer.MAX_VALUE);
        }
    }

    private void readCatches() {
        count = in.length();
        if (count > labels.length) {
            labels = new int[count];
        }
        if (count > tags.length) {
            tags = new int[count];
            catchKinds = new CatchKind[count];
        }
        for (int i = 0; i < count; i++) {
            int at = in.position();
            int kind = in.u8();
            if (kind >= CatchKind.ALL.length) {
                throw new MalformedException(at, "malformed catch clause: 0x" + Integer.toHexString(kind));
            }
            catchKinds[i] = CatchKind.ALL[kind];
            tags[i] = catchKinds[i].hasTag() ? in.u32() : -1;
            labels[i] = in.u32();
        }
    }

    private void readLabels() {
        count = in.length();
        if (count > labels.length) {
            labels = new int[Math.max(count, 2 * labels.length)];
        }
        for (int i = 0; i < count; i++) {
            labels[i] = in.u32();
        }
        index = in.u32();
    }

    private void readTypes() {
        int n = in.length();
        if (n == 1) {
            types = listOf(TypeReader.valType(in));
            return;
        }
        var list = new ArrayList<ValType>();
        for (int i = 0; i < n; i++) {
            list.add(TypeReader.valType(in));
        }
        types = list;
    }

    private static List<ValType> listOf(ValType type) {
        List<ValType> known = type instanceof NumType num ? SINGLE.get(num) : null;
        return known != null ? known : List.of(type);
    }

    /**
     * The first index: label (also of a cast), function, type, local, global, table, tag, memory, data or element segment; of {@code
     * br_table} the default label; of two memories or tables the destination. Unsigned 32 bits.
     */
    public int index() {
        return index;
    }

    /**
     * The second index: table of an indirect call or initialisation, memory of an initialisation, source of a copy; behind
     * a type the field, the number of elements (unsigned), or the segment.
     */
    public int secondIndex() {
        return second;
    }

    /** Exponent of the alignment that a memory access promises, 0 to 63. Its memory is {@link #index}. */
    public int alignment() {
        return alignment;
    }

    /** Constant offset of a memory access in bytes, unsigned. */
    public long memoryOffset() {
        return bits;
    }

    public int i32() {
        return (int) bits;
    }

    public long i64() {
        return bits;
    }

    /** A 32-bit floating-point constant; NaN payloads may not survive as {@code float}, so prefer {@link #i32}. */
    public float f32() {
        return Float.intBitsToFloat((int) bits);
    }

    /** A 64-bit floating-point constant; its bits are {@link #i64}. */
    public double f64() {
        return Double.longBitsToDouble(bits);
    }

    /** A type index, {@link #BLOCK_EMPTY} or {@link #BLOCK_VALUE}. */
    public int blockType() {
        return blockType;
    }

    /** The result of a block of type {@link #BLOCK_VALUE}. */
    public ValType blockValue() {
        return blockValue;
    }

    /** The parameters of the block; {@code module} is valid. */
    public List<ValType> blockParams(Module module) {
        return blockType >= 0 ? ((FuncType) module.compositeType(blockType)).params() : List.of();
    }

    /** The results of the block; {@code module} is valid. */
    public List<ValType> blockResults(Module module) {
        return switch (blockType) {
            case BLOCK_EMPTY -> List.of();
            case BLOCK_VALUE -> listOf(blockValue());
            default -> ((FuncType) module.compositeType(blockType)).results();
        };
    }

    /** The types of a typed {@code select}. */
    public List<ValType> types() {
        return types;
    }

    /** The heap type of {@code ref.null}, {@code ref.test} or {@code ref.cast}. */
    public HeapType heapType() {
        return heapType;
    }

    /** The type of the operand that a branch casts. */
    public RefType castFrom() {
        return castFrom;
    }

    /** The type that a branch casts to. */
    public RefType castTo() {
        return castTo;
    }

    /** How many labels a {@code br_table} has besides its default, {@link #index}. */
    public int labelCount() {
        return count;
    }

    /** A label of {@code br_table}. */
    public int label(int i) {
        return labels[i];
    }

    /** The labels of {@code br_table} without the default, as a copy. */
    public int[] labels() {
        return Arrays.copyOf(labels, count);
    }

    /** How many clauses a {@code try_table} has. */
    public int catchCount() {
        return count;
    }

    public CatchKind catchKind(int i) {
        return catchKinds[i];
    }

    /** The tag of a clause that has one. */
    public int catchTag(int i) {
        return tags[i];
    }

    /** The label of a clause, counted from outside of the {@code try_table}. */
    public int catchLabel(int i) {
        return labels[i];
    }
}

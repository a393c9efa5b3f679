package tenon.wasm;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tenon.types.MalformedException;
import tenon.types.UnsupportedException;
import tenon.types.core.ArrayType;
import tenon.types.core.CompositeType;
import tenon.types.core.FieldType;
import tenon.types.core.FuncType;
import tenon.types.core.GlobalType;
import tenon.types.core.HeapType;
import tenon.types.core.Limits;
import tenon.types.core.MemoryType;
import tenon.types.core.NumType;
import tenon.types.core.RecGroup;
import tenon.types.core.RefType;
import tenon.types.core.StructType;
import tenon.types.core.SubType;
import tenon.types.core.TableType;
import tenon.types.core.TagType;
import tenon.types.core.ValType;
import tenon.types.core.VecType;

/** Reads types: WebAssembly 3.0, section "Binary Format / Types". */
final class TypeReader {
    /** Heap types by their byte, {@code 0x40} to {@code 0x7f}; the gaps are null. */
    private static final HeapType.@Nullable Abstract[] HEAP_TYPES = new HeapType.@Nullable Abstract[0x40];

    /** Nullable references to them. */
    private static final @Nullable RefType[] SHORTHANDS = new @Nullable RefType[0x40];

    static {
        HeapType.Abstract[] downFrom0x74 = {
            HeapType.Abstract.NOEXN,
            HeapType.Abstract.NOFUNC,
            HeapType.Abstract.NOEXTERN,
            HeapType.Abstract.NONE,
            HeapType.Abstract.FUNC,
            HeapType.Abstract.EXTERN,
            HeapType.Abstract.ANY,
            HeapType.Abstract.EQ,
            HeapType.Abstract.I31,
            HeapType.Abstract.STRUCT,
            HeapType.Abstract.ARRAY,
            HeapType.Abstract.EXN
        };
        for (int i = 0; i < downFrom0x74.length; i++) {
            HEAP_TYPES[0x34 - i] = downFrom0x74[i];
            SHORTHANDS[0x34 - i] = new RefType(true, downFrom0x74[i]);
        }
        SHORTHANDS[0x30] = RefType.FUNCREF;
        SHORTHANDS[0x2f] = RefType.EXTERNREF;
    }

    private TypeReader() {}

    static ValType valType(BinaryReader in) {
        return switch (in.peek()) {
            case 0x7f -> take(in, NumType.I32);
            case 0x7e -> take(in, NumType.I64);
            case 0x7d -> take(in, NumType.F32);
            case 0x7c -> take(in, NumType.F64);
            case 0x7b -> take(in, VecType.V128);
            default -> refType(in);
        };
    }

    private static ValType take(BinaryReader in, ValType type) {
        in.u8();
        return type;
    }

    static RefType refType(BinaryReader in) {
        int at = in.position();
        int b = in.u8();
        if (b == 0x64 || b == 0x63) {
            return new RefType(b == 0x63, heapType(in));
        }
        RefType shorthand = b >= 0x40 && b < 0x80 ? SHORTHANDS[b - 0x40] : null;
        if (shorthand == null) {
            throw new MalformedException(at, "malformed value or reference type: 0x" + Integer.toHexString(b));
        }
        return shorthand;
    }

    static HeapType heapType(BinaryReader in) {
        int at = in.position();
        int b = in.peek();
        if (b >= 0x40 && b < 0x80) {
            HeapType heap = HEAP_TYPES[b - 0x40];
            if (heap == null) {
                throw new MalformedException(at, "malformed heap type: 0x" + Integer.toHexString(b));
            }
            in.u8();
            return heap;
        }
        long index = in.s33();
        if (index < 0) {
            throw new MalformedException(at, "malformed heap type");
        }
        return new HeapType.Defined((int) index);
    }

    /** "Recursive Types". */
    static RecGroup recGroup(BinaryReader in) {
        if (in.peek() != 0x4e) {
            return new RecGroup(List.of(subType(in)));
        }
        in.u8();
        int count = in.length();
        var types = new ArrayList<SubType>();
        for (int i = 0; i < count; i++) {
            types.add(subType(in));
        }
        return new RecGroup(types);
    }

    private static SubType subType(BinaryReader in) {
        int b = in.peek();
        if (b != 0x50 && b != 0x4f) {
            return SubType.of(compositeType(in));
        }
        in.u8();
        int count = in.length();
        var supers = new ArrayList<Integer>();
        for (int i = 0; i < count; i++) {
            supers.add(in.u32());
        }
        return new SubType(b == 0x4f, supers, compositeType(in));
    }

    private static CompositeType compositeType(BinaryReader in) {
        int at = in.position();
        int b = in.u8();
        return switch (b) {
            case 0x60 ->
                new FuncType(
                        valTypes(in, ImplementationLimits.PARAMETERS, "parameters"),
                        valTypes(in, ImplementationLimits.RESULTS, "results"));
            case 0x5f -> structType(in);
            case 0x5e -> new ArrayType(fieldType(in));
            default -> throw new MalformedException(at, "malformed definition type: 0x" + Integer.toHexString(b));
        };
    }

    private static List<ValType> valTypes(BinaryReader in, int limit, String what) {
        int count = limited(in, limit, what);
        var types = new ArrayList<ValType>(count);
        for (int i = 0; i < count; i++) {
            types.add(valType(in));
        }
        return types;
    }

    private static StructType structType(BinaryReader in) {
        int count = limited(in, ImplementationLimits.FIELDS, "fields");
        var fields = new ArrayList<FieldType>();
        for (int i = 0; i < count; i++) {
            fields.add(fieldType(in));
        }
        return new StructType(fields);
    }

    private static FieldType fieldType(BinaryReader in) {
        FieldType.Storage storage = switch (in.peek()) {
            case 0x78 -> FieldType.Storage.Packed.I8;
            case 0x77 -> FieldType.Storage.Packed.I16;
            default -> new FieldType.Storage.Value(valType(in));
        };
        if (storage instanceof FieldType.Storage.Packed) {
            in.u8();
        }
        return new FieldType(mutable(in), storage);
    }

    private static boolean mutable(BinaryReader in) {
        int at = in.position();
        return switch (in.u8()) {
            case 0 -> false;
            case 1 -> true;
            default -> throw new MalformedException(at, "malformed mutability, expected 0 or 1");
        };
    }

    static GlobalType globalType(BinaryReader in) {
        ValType value = valType(in);
        return new GlobalType(value, mutable(in));
    }

    static TableType tableType(BinaryReader in) {
        RefType element = refType(in);
        int at = in.position();
        int flags = in.u8();
        if ((flags & ~0b101) != 0) {
            throw new MalformedException(at, "malformed limits flags: 0x" + Integer.toHexString(flags));
        }
        return new TableType(limits(in, flags), element);
    }

    /** A memory's type, with the flags of the proposals "threads" and "custom page sizes". */
    static MemoryType memoryType(BinaryReader in) {
        int at = in.position();
        int flags = in.u8();
        if ((flags & ~0b1111) != 0) {
            throw new MalformedException(at, "malformed limits flags: 0x" + Integer.toHexString(flags));
        }
        Limits limits = limits(in, flags);
        return new MemoryType(
                limits, (flags & 0b010) != 0, (flags & 0b1000) != 0 ? pageSizeLog2(in) : MemoryType.PAGE_SIZE_LOG2);
    }

    private static int pageSizeLog2(BinaryReader in) {
        int at = in.position();
        int log2 = in.u32();
        if (log2 < 0 || log2 >= Long.SIZE) {
            throw new MalformedException(at, "invalid custom page size 2^" + Integer.toUnsignedString(log2));
        }
        return log2;
    }

    private static Limits limits(BinaryReader in, int flags) {
        var address = (flags & 0b100) != 0 ? Limits.AddressType.I64 : Limits.AddressType.I32;
        long min = in.u64();
        return new Limits(address, min, (flags & 1) != 0 ? OptionalLong.of(in.u64()) : OptionalLong.empty());
    }

    static TagType tagType(BinaryReader in) {
        int at = in.position();
        if (in.u8() != 0) {
            throw new MalformedException(at, "zero byte expected in a tag's type");
        }
        return new TagType(in.u32());
    }

    /** The length of a vector, which the implementation limits to {@code limit}. */
    static int limited(BinaryReader in, int limit, String what) {
        int at = in.position();
        int count = in.length();
        if (count > limit) {
            throw new UnsupportedException(at, count + " " + what + ", expected at most " + limit);
        }
        return count;
    }
}

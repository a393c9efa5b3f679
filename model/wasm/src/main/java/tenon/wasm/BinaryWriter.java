package tenon.wasm;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
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
import tenon.types.core.ValType;
import tenon.types.core.VecType;

/**
 * Bytes in the making, in the conventions of the binary format: WebAssembly 3.0, "Values" and "Types" of chapter "Binary
 * Format". Integers take the fewest bytes. Confined to one thread.
 */
public final class BinaryWriter {
    private byte[] bytes = new byte[64];
    private int size;

    /** An empty writer. */
    public BinaryWriter() {}

    /** How many bytes have been written. */
    public int size() {
        return size;
    }

    /** A copy of what has been written. */
    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    /** One byte; only the low eight bits count. */
    public BinaryWriter writeByte(int value) {
        room(1);
        bytes[size++] = (byte) value;
        return this;
    }

    /** Bytes as they are. */
    public BinaryWriter write(byte[] source) {
        return write(source, 0, source.length);
    }

    /** The bytes of {@code source} from {@code start} up to {@code end}. */
    public BinaryWriter write(byte[] source, int start, int end) {
        room(end - start);
        System.arraycopy(source, start, bytes, size, end - start);
        size += end - start;
        return this;
    }

    /** What another writer holds. */
    public BinaryWriter write(BinaryWriter other) {
        return write(other.bytes, 0, other.size);
    }

    /** {@code u32}, LEB128; the argument is taken as unsigned. */
    public BinaryWriter writeU32(int value) {
        return writeU64(Integer.toUnsignedLong(value));
    }

    /** {@code u64}, LEB128; the argument is taken as unsigned. */
    public BinaryWriter writeU64(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            writeByte((int) (rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        return writeByte((int) rest);
    }

    /** {@code s32}, {@code s33} or {@code s64}: signed LEB128 is the same for all of them. */
    public BinaryWriter writeSigned(long value) {
        long rest = value;
        while (rest < -64 || rest > 63) {
            writeByte((int) (rest & 0x7f) | 0x80);
            rest >>= 7;
        }
        return writeByte((int) rest & 0x7f);
    }

    /** Four bytes, little-endian. */
    public BinaryWriter writeFixed32(int value) {
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            writeByte(value >>> shift);
        }
        return this;
    }

    /** Eight bytes, little-endian. */
    public BinaryWriter writeFixed64(long value) {
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            writeByte((int) (value >>> shift));
        }
        return this;
    }

    /** A name: its length in bytes, then UTF-8. */
    public BinaryWriter writeName(String name) {
        return writeVector(name.getBytes(StandardCharsets.UTF_8));
    }

    /** A vector of bytes: the length, then the bytes. */
    public BinaryWriter writeVector(byte[] content) {
        return writeU32(content.length).write(content);
    }

    /** The size of what {@code content} holds, then the content. */
    public BinaryWriter writeSized(BinaryWriter content) {
        return writeU32(content.size).write(content);
    }

    /** A section: id, size, content. */
    public BinaryWriter writeSection(int id, BinaryWriter content) {
        return writeByte(id).writeSized(content);
    }

    /** The instruction's own bytes: prefix, if it has one, and code; immediates are for the caller. */
    public BinaryWriter writeOpcode(Opcode opcode) {
        if (opcode.prefix() == 0) {
            return writeByte(opcode.code());
        }
        return writeByte(opcode.prefix()).writeU32(opcode.code());
    }

    /** A value type. */
    public BinaryWriter writeValType(ValType type) {
        return switch (type) {
            case NumType number ->
                writeByte(
                        switch (number) {
                            case I32 -> 0x7f;
                            case I64 -> 0x7e;
                            case F32 -> 0x7d;
                            case F64 -> 0x7c;
                        });
            case VecType _ -> writeByte(0x7b);
            case RefType ref -> writeRefType(ref);
        };
    }

    /** A reference type, in one byte where there is such a form. */
    public BinaryWriter writeRefType(RefType type) {
        if (type.nullable() && type.heap() instanceof HeapType.Abstract) {
            return writeHeapType(type.heap());
        }
        return writeByte(type.nullable() ? 0x63 : 0x64).writeHeapType(type.heap());
    }

    /** A heap type. */
    public BinaryWriter writeHeapType(HeapType type) {
        return switch (type) {
            case HeapType.Defined defined -> writeSigned(Integer.toUnsignedLong(defined.index()));
            case HeapType.Abstract abs ->
                writeByte(
                        switch (abs) {
                            case NOEXN -> 0x74;
                            case NOFUNC -> 0x73;
                            case NOEXTERN -> 0x72;
                            case NONE -> 0x71;
                            case FUNC -> 0x70;
                            case EXTERN -> 0x6f;
                            case ANY -> 0x6e;
                            case EQ -> 0x6d;
                            case I31 -> 0x6c;
                            case STRUCT -> 0x6b;
                            case ARRAY -> 0x6a;
                            case EXN -> 0x69;
                        });
        };
    }

    /** A group of types; a group of one needs no frame. */
    public BinaryWriter writeRecGroup(RecGroup group) {
        if (group.types().size() != 1) {
            writeByte(0x4e).writeU32(group.types().size());
        }
        group.types().forEach(this::writeSubType);
        return this;
    }

    /** A defined type; a final one without supertypes needs no frame. */
    public BinaryWriter writeSubType(SubType type) {
        if (!type.isFinal() || !type.supers().isEmpty()) {
            writeByte(type.isFinal() ? 0x4f : 0x50).writeU32(type.supers().size());
            type.supers().forEach(this::writeU32);
        }
        return writeCompositeType(type.composite());
    }

    /** A function, structure or array type. */
    public BinaryWriter writeCompositeType(CompositeType type) {
        return switch (type) {
            case ArrayType array -> writeByte(0x5e).writeFieldType(array.element());
            case StructType struct -> {
                writeByte(0x5f).writeU32(struct.fields().size());
                struct.fields().forEach(this::writeFieldType);
                yield this;
            }
            case FuncType func -> writeByte(0x60).writeValTypes(func.params()).writeValTypes(func.results());
        };
    }

    /** A vector of value types. */
    public BinaryWriter writeValTypes(List<ValType> types) {
        writeU32(types.size());
        types.forEach(this::writeValType);
        return this;
    }

    /** A global's type. */
    public BinaryWriter writeGlobalType(GlobalType type) {
        return writeValType(type.value()).writeByte(type.mutable() ? 1 : 0);
    }

    /** A table's type. */
    public BinaryWriter writeTableType(TableType type) {
        return writeRefType(type.element()).writeLimits(type.limits(), 0);
    }

    /** A memory's type; the page size is written where it is not the usual one. */
    public BinaryWriter writeMemoryType(MemoryType type) {
        boolean custom = type.pageSizeLog2() != MemoryType.PAGE_SIZE_LOG2;
        writeLimits(type.limits(), (type.shared() ? 0x02 : 0) | (custom ? 0x08 : 0));
        return custom ? writeU32(type.pageSizeLog2()) : this;
    }

    private BinaryWriter writeLimits(Limits limits, int flags) {
        boolean wide = limits.address() == Limits.AddressType.I64;
        writeByte(flags | (limits.max().isPresent() ? 0x01 : 0) | (wide ? 0x04 : 0));
        writeU64(limits.min());
        limits.max().ifPresent(this::writeU64);
        return this;
    }

    private BinaryWriter writeFieldType(FieldType field) {
        switch (field.storage()) {
            case FieldType.Storage.Value value -> writeValType(value.type());
            case FieldType.Storage.Packed packed ->
                writeByte(
                        switch (packed) {
                            case I8 -> 0x78;
                            case I16 -> 0x77;
                        });
        }
        return writeByte(field.mutable() ? 1 : 0);
    }

    private void room(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, more), bytes.length * 2));
        }
    }
}

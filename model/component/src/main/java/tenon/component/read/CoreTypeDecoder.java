package tenon.component.read;

import java.util.List;
import java.util.OptionalLong;
import tenon.component.CoreTypeDefinition;
import tenon.component.CoreTypeDefinition.ModuleDeclaration;
import tenon.types.core.ArrayType;
import tenon.types.core.CompositeType;
import tenon.types.core.ExternType;
import tenon.types.core.FieldType;
import tenon.types.core.FuncType;
import tenon.types.core.FuncTypeUse;
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

/** Reads core types where components have them: Binary.md, {@code core:type}. */
final class CoreTypeDecoder {
    private final BinaryReader in;

    CoreTypeDecoder(BinaryReader in) {
        this.in = in;
    }

    /** A {@code core:deftype}; a non-final {@code sub} at the top is prefixed, since {@code 0x50} is a module type. */
    CoreTypeDefinition readType() {
        int at = in.position();
        if (in.peek() == 0x50) {
            in.readByte();
            return new CoreTypeDefinition.ModuleType(in.readVector(this::readModuleDeclaration), at);
        }
        if (in.peek() == 0x00) {
            in.readByte();
            in.expect(0x50, "core type");
            return new CoreTypeDefinition.Group(new RecGroup(List.of(readSubTypeBody(false))), at);
        }
        return new CoreTypeDefinition.Group(readRecGroup(), at);
    }

    private ModuleDeclaration readModuleDeclaration() {
        int at = in.position();
        int code = in.readByte();
        return switch (code) {
            case 0x00 -> new CoreTypeDefinition.ModuleImport(in.readName(), in.readName(), readExternType(), at);
            // no module types in here, so that 0x50 is a non-final sub type
            case 0x01 -> new CoreTypeDefinition.Group(readRecGroup(), at);
            case 0x02 -> {
                in.expect(0x10, "sort of an alias in a module type");
                in.expect(0x01, "alias in a module type");
                yield new CoreTypeDefinition.ModuleOuterAlias(in.readIndex(), in.readIndex(), at);
            }
            case 0x03 -> new CoreTypeDefinition.ModuleExport(in.readName(), readExternType(), at);
            default -> throw BinaryReader.unexpected(at, code, "module type declaration", "0x0 to 0x3");
        };
    }

    private RecGroup readRecGroup() {
        if (in.peek() == 0x4e) {
            in.readByte();
            return new RecGroup(in.readVector(this::readSubType));
        }
        return new RecGroup(List.of(readSubType()));
    }

    private SubType readSubType() {
        return switch (in.peek()) {
            case 0x50 -> {
                in.readByte();
                yield readSubTypeBody(false);
            }
            case 0x4f -> {
                in.readByte();
                yield readSubTypeBody(true);
            }
            default -> SubType.of(readCompositeType());
        };
    }

    private SubType readSubTypeBody(boolean isFinal) {
        return new SubType(isFinal, in.readVector(in::readIndex), readCompositeType());
    }

    private CompositeType readCompositeType() {
        int at = in.position();
        int code = in.readByte();
        return switch (code) {
            case 0x60 -> new FuncType(in.readVector(this::readValType), in.readVector(this::readValType));
            case 0x5f -> new StructType(in.readVector(this::readFieldType));
            case 0x5e -> new ArrayType(readFieldType());
            default -> throw BinaryReader.unexpected(at, code, "core type", "");
        };
    }

    private FieldType readFieldType() {
        FieldType.Storage storage = readStorage();
        return new FieldType(in.readFlag("mutability"), storage);
    }

    private FieldType.Storage readStorage() {
        return switch (in.peek()) {
            case 0x78 -> readPacked(FieldType.Storage.Packed.I8);
            case 0x77 -> readPacked(FieldType.Storage.Packed.I16);
            default -> new FieldType.Storage.Value(readValType());
        };
    }

    private FieldType.Storage readPacked(FieldType.Storage.Packed packed) {
        in.readByte();
        return packed;
    }

    ValType readValType() {
        int at = in.position();
        int code = in.readByte();
        return switch (code) {
            case 0x7f -> NumType.I32;
            case 0x7e -> NumType.I64;
            case 0x7d -> NumType.F32;
            case 0x7c -> NumType.F64;
            case 0x7b -> VecType.V128;
            default -> readRefType(at, code);
        };
    }

    private RefType readRefType() {
        int at = in.position();
        return readRefType(at, in.readByte());
    }

    private RefType readRefType(int at, int code) {
        return switch (code) {
            case 0x64 -> new RefType(false, readHeapType());
            case 0x63 -> new RefType(true, readHeapType());
            default -> new RefType(true, abstractHeapType(at, code));
        };
    }

    private HeapType readHeapType() {
        int at = in.position();
        long code = in.readSigned33();
        if (code >= 0) {
            return new HeapType.Defined((int) Math.min(code, Integer.MAX_VALUE));
        }
        return abstractHeapType(at, (int) (code & 0x7f));
    }

    private static HeapType.Abstract abstractHeapType(int at, int code) {
        return switch (code) {
            case 0x70 -> HeapType.Abstract.FUNC;
            case 0x6f -> HeapType.Abstract.EXTERN;
            case 0x6e -> HeapType.Abstract.ANY;
            case 0x6d -> HeapType.Abstract.EQ;
            case 0x6c -> HeapType.Abstract.I31;
            case 0x6b -> HeapType.Abstract.STRUCT;
            case 0x6a -> HeapType.Abstract.ARRAY;
            case 0x69 -> HeapType.Abstract.EXN;
            case 0x71 -> HeapType.Abstract.NONE;
            case 0x72 -> HeapType.Abstract.NOEXTERN;
            case 0x73 -> HeapType.Abstract.NOFUNC;
            case 0x74 -> HeapType.Abstract.NOEXN;
            default -> throw BinaryReader.unexpected(at, code, "core value type", "");
        };
    }

    private ExternType readExternType() {
        int at = in.position();
        int code = in.readByte();
        return switch (code) {
            case 0x00 -> new FuncTypeUse(in.readIndex());
            case 0x01 -> {
                RefType element = readRefType();
                LimitsAndFlags read = readLimits();
                yield new TableType(read.limits, element);
            }
            case 0x02 -> {
                LimitsAndFlags read = readLimits();
                yield new MemoryType(read.limits, read.shared, read.pageSizeLog2);
            }
            case 0x03 -> new GlobalType(readValType(), in.readFlag("mutability"));
            case 0x04 -> {
                in.expect(0x00, "tag attribute");
                yield new TagType(in.readIndex());
            }
            default -> throw BinaryReader.unexpected(at, code, "core extern type", "0x0 to 0x4");
        };
    }

    private record LimitsAndFlags(Limits limits, boolean shared, int pageSizeLog2) {}

    /** Limits, whose flags are: 1 maximum, 2 shared, 4 64-bit, 8 page size. */
    private LimitsAndFlags readLimits() {
        int at = in.position();
        int flags = in.readByte();
        if (flags > 0x0f) {
            throw BinaryReader.unexpected(at, flags, "limits flags", "at most 0xf");
        }
        boolean wide = (flags & 4) != 0;
        long min = wide ? in.readUnsigned64() : in.readUnsigned32();
        OptionalLong max = (flags & 1) == 0
                ? OptionalLong.empty()
                : OptionalLong.of(wide ? in.readUnsigned64() : in.readUnsigned32());
        int pageSizeLog2 = (flags & 8) == 0 ? MemoryType.PAGE_SIZE_LOG2 : in.readIndex();
        Limits.AddressType address = wide ? Limits.AddressType.I64 : Limits.AddressType.I32;
        return new LimitsAndFlags(new Limits(address, min, max), (flags & 2) != 0, pageSizeLog2);
    }
}

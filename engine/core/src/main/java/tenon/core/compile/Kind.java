package tenon.core.compile;

import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.util.List;
import tenon.types.UnsupportedException;
import tenon.types.core.FieldType;
import tenon.types.core.Limits;
import tenon.types.core.NumType;
import tenon.types.core.RefType;
import tenon.types.core.ValType;
import tenon.types.core.VecType;

/** How the JVM holds a value: every reference is one kind. */
public enum Kind {
    I32(TypeKind.INT, ConstantDescs.CD_int),
    I64(TypeKind.LONG, ConstantDescs.CD_long),
    F32(TypeKind.FLOAT, ConstantDescs.CD_float),
    F64(TypeKind.DOUBLE, ConstantDescs.CD_double),
    REF(TypeKind.REFERENCE, ConstantDescs.CD_Object);

    private static final Kind[] NONE = {};

    private final TypeKind typeKind;
    private final ClassDesc descriptor;

    Kind(TypeKind typeKind, ClassDesc descriptor) {
        this.typeKind = typeKind;
        this.descriptor = descriptor;
    }

    public TypeKind typeKind() {
        return typeKind;
    }

    public ClassDesc descriptor() {
        return descriptor;
    }

    /** JVM slots that a value takes: 1 or 2. */
    public int slots() {
        return typeKind.slotSize();
    }

    /** The kind of a type. */
    public static Kind of(ValType type) {
        return switch (type) {
            case NumType.I32 -> I32;
            case NumType.I64 -> I64;
            case NumType.F32 -> F32;
            case NumType.F64 -> F64;
            case RefType _ -> REF;
            case VecType _ -> throw new UnsupportedException(0, "vectors (SIMD) are not supported");
        };
    }

    /** The kind of what a field holds, seen unpacked. */
    static Kind of(FieldType field) {
        return switch (field.storage()) {
            case FieldType.Storage.Packed _ -> I32;
            case FieldType.Storage.Value(var type) -> of(type);
        };
    }

    /** The kinds of a list of types. */
    public static Kind[] of(List<ValType> types) {
        if (types.isEmpty()) {
            return NONE;
        }
        var kinds = new Kind[types.size()];
        for (int i = 0; i < kinds.length; i++) {
            kinds[i] = of(types.get(i));
        }
        return kinds;
    }

    /** The kind of an address in what has these limits. */
    static Kind ofAddress(Limits limits) {
        return of(limits.address().type());
    }

    /** The kind of a signature letter of {@link tenon.wasm.Opcode#signature} that is no address. */
    static Kind of(char letter) {
        return switch (letter) {
            case 'i' -> I32;
            case 'I' -> I64;
            case 'f' -> F32;
            case 'F' -> F64;
            default -> throw new AssertionError(letter);
        };
    }
}

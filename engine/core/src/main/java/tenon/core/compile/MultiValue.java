package tenon.core.compile;

import static java.lang.constant.ConstantDescs.CD_Double;
import static java.lang.constant.ConstantDescs.CD_Float;
import static java.lang.constant.ConstantDescs.CD_Integer;
import static java.lang.constant.ConstantDescs.CD_Long;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.Arrays;

/** Several values in an array, as the results of a function or what an exception carries: {@code long[]} of bits, or boxed in {@code Object[]} with a reference. */
record MultiValue(CodeBuilder code) {

    /** The type of the array that holds values of these kinds. */
    static ClassDesc array(Kind[] kinds) {
        return Arrays.asList(kinds).contains(Kind.REF) ? Runtime.OBJECTS : Runtime.LONGS;
    }

    /** Makes the array of values that lie in slots. */
    void pack(Kind[] kinds, int[] slots) {
        boolean boxed = Arrays.asList(kinds).contains(Kind.REF);
        code.loadConstant(kinds.length);
        if (boxed) {
            code.anewarray(CD_Object);
        } else {
            code.newarray(TypeKind.LONG);
        }
        for (int k = 0; k < kinds.length; k++) {
            code.dup().loadConstant(k).loadLocal(kinds[k].typeKind(), slots[k]);
            if (boxed) {
                box(kinds[k]);
                code.aastore();
            } else {
                toBits(kinds[k]);
                code.lastore();
            }
        }
    }

    /** Pushes the values of the array in a slot. */
    void unpack(Kind[] kinds, int slot) {
        boolean boxed = Arrays.asList(kinds).contains(Kind.REF);
        for (int k = 0; k < kinds.length; k++) {
            code.aload(slot).loadConstant(k);
            if (boxed) {
                code.aaload();
                unbox(kinds[k]);
            } else {
                code.laload();
                fromBits(kinds[k]);
            }
        }
    }

    void toBits(Kind kind) {
        switch (kind) {
            case I32 -> code.i2l();
            case I64 -> {}
            case F32 ->
                code.invokestatic(CD_Float, "floatToRawIntBits", MethodTypeDesc.of(CD_int, CD_float))
                        .i2l();
            case F64 -> code.invokestatic(CD_Double, "doubleToRawLongBits", MethodTypeDesc.of(CD_long, CD_double));
            case REF -> throw new AssertionError(kind);
        }
    }

    void fromBits(Kind kind) {
        switch (kind) {
            case I32 -> code.l2i();
            case I64 -> {}
            case F32 -> code.l2i().invokestatic(CD_Float, "intBitsToFloat", MethodTypeDesc.of(CD_float, CD_int));
            case F64 -> code.invokestatic(CD_Double, "longBitsToDouble", MethodTypeDesc.of(CD_double, CD_long));
            case REF -> throw new AssertionError(kind);
        }
    }

    private static ClassDesc wrapper(Kind kind) {
        return switch (kind) {
            case I32 -> CD_Integer;
            case I64 -> CD_Long;
            case F32 -> CD_Float;
            case F64 -> CD_Double;
            case REF -> CD_Object;
        };
    }

    private void box(Kind kind) {
        if (kind != Kind.REF) {
            code.invokestatic(wrapper(kind), "valueOf", MethodTypeDesc.of(wrapper(kind), kind.descriptor()));
        }
    }

    private void unbox(Kind kind) {
        if (kind != Kind.REF) {
            code.checkcast(wrapper(kind))
                    .invokevirtual(
                            wrapper(kind),
                            kind.descriptor().displayName() + "Value",
                            MethodTypeDesc.of(kind.descriptor()));
        }
    }
}

package tenon.core.compile;

import static java.lang.constant.ConstantDescs.CD_Integer;
import static java.lang.constant.ConstantDescs.CD_Long;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.MethodTypeDesc;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tenon.wasm.Opcode;

/**
 * Comparisons and tests: as a jump where a branch, {@code if} or {@code select} follows, else as 0 or 1. WebAssembly 3.0,
 * "Numeric Instructions", relops and testops.
 */
final class ComparisonEmitter {
    private static final MethodTypeDesc INTS = MethodTypeDesc.of(CD_int, CD_int, CD_int);
    private static final MethodTypeDesc LONGS = MethodTypeDesc.of(CD_int, CD_long, CD_long);

    private final MethodContext context;
    private final CodeBuilder code;

    ComparisonEmitter(MethodContext context) {
        this.context = context;
        this.code = context.code;
    }

    /** The instruction behind the comparison that starts at {@code i}, with a constant 0 before it; −1 if none does. */
    int behind(int i, int limit) {
        if (isComparison(context.body.opcode(i))) {
            return i + 1;
        }
        boolean zero = context.body.opcode(i) == Opcode.I32_CONST && context.body.bits(i) == 0;
        return zero && i + 1 < limit && withZero(context.body.opcode(i + 1)) != null ? i + 2 : -1;
    }

    private static boolean isComparison(Opcode opcode) {
        return opcode.ordinal() >= Opcode.I32_EQZ.ordinal() && opcode.ordinal() <= Opcode.F64_GE.ordinal()
                || opcode == Opcode.REF_IS_NULL;
    }

    /** Emits the comparison that starts at {@code i} up to the jump. */
    Jump jump(int i) {
        Opcode opcode = context.body.opcode(i);
        if (opcode == Opcode.I32_CONST) {
            java.lang.classfile.Opcode jump = withZero(context.body.opcode(i + 1));
            return new Jump(Objects.requireNonNull(jump));
        }
        return new Jump(
                switch (opcode) {
                    case I32_EQZ -> java.lang.classfile.Opcode.IFEQ;
                    case I32_EQ -> java.lang.classfile.Opcode.IF_ICMPEQ;
                    case I32_NE -> java.lang.classfile.Opcode.IF_ICMPNE;
                    case I32_LT_S -> java.lang.classfile.Opcode.IF_ICMPLT;
                    case I32_GT_S -> java.lang.classfile.Opcode.IF_ICMPGT;
                    case I32_LE_S -> java.lang.classfile.Opcode.IF_ICMPLE;
                    case I32_GE_S -> java.lang.classfile.Opcode.IF_ICMPGE;
                    case REF_IS_NULL -> java.lang.classfile.Opcode.IFNULL;
                    default -> compareFirst(opcode);
                });
    }

    private java.lang.classfile.Opcode compareFirst(Opcode opcode) {
        switch (opcode) {
            case I32_LT_U, I32_GT_U, I32_LE_U, I32_GE_U -> code.invokestatic(CD_Integer, "compareUnsigned", INTS);
            case I64_LT_U, I64_GT_U, I64_LE_U, I64_GE_U -> code.invokestatic(CD_Long, "compareUnsigned", LONGS);
            case I64_EQZ -> code.lconst_0().lcmp();
            case I64_EQ, I64_NE, I64_LT_S, I64_GT_S, I64_LE_S, I64_GE_S -> code.lcmp();
            // with NaN the difference must come out as false: 1 where less is asked for, −1 where greater is
            case F32_LT, F32_LE -> code.fcmpg();
            case F32_EQ, F32_NE, F32_GT, F32_GE -> code.fcmpl();
            case F64_LT, F64_LE -> code.dcmpg();
            case F64_EQ, F64_NE, F64_GT, F64_GE -> code.dcmpl();
            default -> throw new AssertionError(opcode);
        }
        return switch (opcode) {
            case I64_EQZ, I64_EQ, F32_EQ, F64_EQ -> java.lang.classfile.Opcode.IFEQ;
            case I64_NE, F32_NE, F64_NE -> java.lang.classfile.Opcode.IFNE;
            case I32_LT_U, I64_LT_U, I64_LT_S, F32_LT, F64_LT -> java.lang.classfile.Opcode.IFLT;
            case I32_GT_U, I64_GT_U, I64_GT_S, F32_GT, F64_GT -> java.lang.classfile.Opcode.IFGT;
            case I32_LE_U, I64_LE_U, I64_LE_S, F32_LE, F64_LE -> java.lang.classfile.Opcode.IFLE;
            default -> java.lang.classfile.Opcode.IFGE;
        };
    }

    private static java.lang.classfile.@Nullable Opcode withZero(Opcode opcode) {
        return switch (opcode) {
            case I32_EQ -> java.lang.classfile.Opcode.IFEQ;
            case I32_NE -> java.lang.classfile.Opcode.IFNE;
            case I32_LT_S -> java.lang.classfile.Opcode.IFLT;
            case I32_GT_S -> java.lang.classfile.Opcode.IFGT;
            case I32_LE_S -> java.lang.classfile.Opcode.IFLE;
            case I32_GE_S -> java.lang.classfile.Opcode.IFGE;
            default -> null;
        };
    }

    /** Emits one comparison as 0 or 1. */
    void value(int i) {
        Opcode opcode = context.body.opcode(i);
        Kind operand = context.body.before(i).top();
        boolean single = opcode == Opcode.I32_EQZ || opcode == Opcode.I64_EQZ || opcode == Opcode.REF_IS_NULL;
        var type = single
                ? MethodTypeDesc.of(CD_int, operand.descriptor())
                : MethodTypeDesc.of(CD_int, operand.descriptor(), operand.descriptor());
        code.invokestatic(Runtime.COMPARISONS, Names.camel(opcode), type);
    }
}

package tenon.core.compile;

import static java.lang.constant.ConstantDescs.CD_Double;
import static java.lang.constant.ConstantDescs.CD_Float;
import static java.lang.constant.ConstantDescs.CD_Integer;
import static java.lang.constant.ConstantDescs.CD_Long;
import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import tenon.wasm.Opcode;

/**
 * Arithmetic, bits and conversions: one JVM instruction or intrinsic method where it means the same, else a method of
 * {@code tenon.core.guest.Numerics} named as the instruction. WebAssembly 3.0, "Numeric Instructions".
 */
final class NumericEmitter {
    private static final ClassDesc CD_MATH = ClassDesc.of("java.lang.Math");
    private static final MethodTypeDesc I_I = MethodTypeDesc.of(CD_int, CD_int);
    private static final MethodTypeDesc II_I = MethodTypeDesc.of(CD_int, CD_int, CD_int);
    private static final MethodTypeDesc J_I = MethodTypeDesc.of(CD_int, CD_long);
    private static final MethodTypeDesc JI_J = MethodTypeDesc.of(CD_long, CD_long, CD_int);
    private static final MethodTypeDesc JJ_J = MethodTypeDesc.of(CD_long, CD_long, CD_long);
    private static final MethodTypeDesc FF_F = MethodTypeDesc.of(CD_float, CD_float, CD_float);
    private static final MethodTypeDesc DD_D = MethodTypeDesc.of(CD_double, CD_double, CD_double);

    private final CodeBuilder code;

    NumericEmitter(MethodContext context) {
        this.code = context.code;
    }

    /** Emits a constant. NaNs go by their bits: the JVM keeps no payload of a floating-point constant. */
    void constant(Opcode opcode, long bits) {
        switch (opcode) {
            case I32_CONST -> code.loadConstant((int) bits);
            case I64_CONST -> code.loadConstant(bits);
            case F32_CONST -> {
                float value = Float.intBitsToFloat((int) bits);
                if (Float.isNaN(value)) {
                    code.loadConstant((int) bits)
                            .invokestatic(CD_Float, "intBitsToFloat", MethodTypeDesc.of(CD_float, CD_int));
                } else {
                    code.loadConstant(value);
                }
            }
            case F64_CONST -> {
                double value = Double.longBitsToDouble(bits);
                if (Double.isNaN(value)) {
                    code.loadConstant(bits)
                            .invokestatic(CD_Double, "longBitsToDouble", MethodTypeDesc.of(CD_double, CD_long));
                } else {
                    code.loadConstant(value);
                }
            }
            default -> throw new AssertionError(opcode);
        }
    }

    /**
     * Emits an unsigned division by a constant, where {@code opcode} is one; whether it is. The JIT turns signed divisions by
     * constants into multiplications, but not unsigned ones.
     */
    boolean divideBy(long divisor, Opcode opcode) {
        switch (opcode) {
            case I32_DIV_U, I32_REM_U -> {
                if ((int) divisor == 0) {
                    return false;
                }
                code.i2l().loadConstant(0xffff_ffffL).land().loadConstant(divisor & 0xffff_ffffL);
                if (opcode == Opcode.I32_DIV_U) {
                    code.ldiv();
                } else {
                    code.lrem();
                }
                code.l2i();
            }
            case I64_DIV_U, I64_REM_U -> {
                if (divisor == 0) {
                    return false;
                }
                divide64By(divisor, opcode == Opcode.I64_REM_U);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void divide64By(long divisor, boolean remainder) {
        int log = 63 - Long.numberOfLeadingZeros(divisor);
        if (Long.bitCount(divisor) == 1) {
            if (remainder) {
                code.loadConstant(divisor - 1).land();
            } else {
                code.loadConstant(log).lushr();
            }
            return;
        }
        if (remainder) {
            code.dup2();
        }
        Reciprocal reciprocal = Reciprocal.of(divisor);
        code.loadConstant(reciprocal.multiplier())
                .loadConstant(reciprocal.shift())
                .invokestatic(
                        Runtime.NUMERICS,
                        reciprocal.wide() ? "divideByWideReciprocal" : "divideByReciprocal",
                        MethodTypeDesc.of(CD_long, CD_long, CD_long, CD_int));
        if (remainder) {
            code.loadConstant(divisor).lmul().lsub();
        }
    }

    /** Emits any other numeric instruction that is no comparison. */
    void emit(Opcode opcode) {
        switch (opcode) {
            case I32_CLZ -> code.invokestatic(CD_Integer, "numberOfLeadingZeros", I_I);
            case I32_CTZ -> code.invokestatic(CD_Integer, "numberOfTrailingZeros", I_I);
            case I32_POPCNT -> code.invokestatic(CD_Integer, "bitCount", I_I);
            case I32_ADD -> code.iadd();
            case I32_SUB -> code.isub();
            case I32_MUL -> code.imul();
            case I32_DIV_U -> code.invokestatic(CD_Integer, "divideUnsigned", II_I);
            // the JVM's remainder of the least integer and -1 is 0, as here; only the quotient traps
            case I32_REM_S -> code.irem();
            case I32_REM_U -> code.invokestatic(CD_Integer, "remainderUnsigned", II_I);
            case I32_AND -> code.iand();
            case I32_OR -> code.ior();
            case I32_XOR -> code.ixor();
            case I32_SHL -> code.ishl();
            case I32_SHR_S -> code.ishr();
            case I32_SHR_U -> code.iushr();
            case I32_ROTL -> code.invokestatic(CD_Integer, "rotateLeft", II_I);
            case I32_ROTR -> code.invokestatic(CD_Integer, "rotateRight", II_I);
            case I32_EXTEND8_S -> code.i2b();
            case I32_EXTEND16_S -> code.i2s();
            case I32_WRAP_I64 -> code.l2i();
            default -> emit64(opcode);
        }
    }

    private void emit64(Opcode opcode) {
        switch (opcode) {
            case I64_CLZ ->
                code.invokestatic(CD_Long, "numberOfLeadingZeros", J_I).i2l();
            case I64_CTZ ->
                code.invokestatic(CD_Long, "numberOfTrailingZeros", J_I).i2l();
            case I64_POPCNT -> code.invokestatic(CD_Long, "bitCount", J_I).i2l();
            case I64_ADD -> code.ladd();
            case I64_SUB -> code.lsub();
            case I64_MUL -> code.lmul();
            case I64_DIV_U -> code.invokestatic(CD_Long, "divideUnsigned", JJ_J);
            case I64_REM_S -> code.lrem();
            case I64_REM_U -> code.invokestatic(CD_Long, "remainderUnsigned", JJ_J);
            case I64_AND -> code.land();
            case I64_OR -> code.lor();
            case I64_XOR -> code.lxor();
            case I64_SHL -> code.l2i().lshl();
            case I64_SHR_S -> code.l2i().lshr();
            case I64_SHR_U -> code.l2i().lushr();
            case I64_ROTL -> code.l2i().invokestatic(CD_Long, "rotateLeft", JI_J);
            case I64_ROTR -> code.l2i().invokestatic(CD_Long, "rotateRight", JI_J);
            case I64_EXTEND8_S -> code.l2i().i2b().i2l();
            case I64_EXTEND16_S -> code.l2i().i2s().i2l();
            case I64_EXTEND32_S -> code.l2i().i2l();
            case I64_EXTEND_I32_S -> code.i2l();
            case I64_EXTEND_I32_U -> code.i2l().loadConstant(0xffff_ffffL).land();
            default -> emitFloat(opcode);
        }
    }

    private void emitFloat(Opcode opcode) {
        switch (opcode) {
            case F32_ADD -> code.fadd();
            case F32_SUB -> code.fsub();
            case F32_MUL -> code.fmul();
            case F32_DIV -> code.fdiv();
            case F32_SQRT ->
                code.f2d()
                        .invokestatic(CD_MATH, "sqrt", MethodTypeDesc.of(CD_double, CD_double))
                        .d2f();
            case F32_COPYSIGN -> code.invokestatic(CD_MATH, "copySign", FF_F);
            case F64_ADD -> code.dadd();
            case F64_SUB -> code.dsub();
            case F64_MUL -> code.dmul();
            case F64_DIV -> code.ddiv();
            case F64_SQRT -> code.invokestatic(CD_MATH, "sqrt", MethodTypeDesc.of(CD_double, CD_double));
            case F64_COPYSIGN -> code.invokestatic(CD_MATH, "copySign", DD_D);
            case F32_CONVERT_I32_S -> code.i2f();
            case F32_CONVERT_I64_S -> code.l2f();
            case F64_CONVERT_I32_S -> code.i2d();
            case F64_CONVERT_I64_S -> code.l2d();
            case F32_CONVERT_I32_U ->
                code.i2l().loadConstant(0xffff_ffffL).land().l2f();
            case F64_CONVERT_I32_U ->
                code.i2l().loadConstant(0xffff_ffffL).land().l2d();
            case F32_DEMOTE_F64 -> code.d2f();
            case F64_PROMOTE_F32 -> code.f2d();
            case I32_REINTERPRET_F32 ->
                code.invokestatic(CD_Float, "floatToRawIntBits", MethodTypeDesc.of(CD_int, CD_float));
            case I64_REINTERPRET_F64 ->
                code.invokestatic(CD_Double, "doubleToRawLongBits", MethodTypeDesc.of(CD_long, CD_double));
            case F32_REINTERPRET_I32 ->
                code.invokestatic(CD_Float, "intBitsToFloat", MethodTypeDesc.of(CD_float, CD_int));
            case F64_REINTERPRET_I64 ->
                code.invokestatic(CD_Double, "longBitsToDouble", MethodTypeDesc.of(CD_double, CD_long));
            // Java's casts saturate and take NaN to 0
            case I32_TRUNC_SAT_F32_S -> code.f2i();
            case I32_TRUNC_SAT_F64_S -> code.d2i();
            case I64_TRUNC_SAT_F32_S -> code.f2l();
            case I64_TRUNC_SAT_F64_S -> code.d2l();
            default -> call(opcode);
        }
    }

    private void call(Opcode opcode) {
        String signature = opcode.signature().orElseThrow(() -> new AssertionError(opcode));
        int colon = signature.indexOf(':');
        var params = new ClassDesc[colon];
        for (int i = 0; i < colon; i++) {
            params[i] = Kind.of(signature.charAt(i)).descriptor();
        }
        ClassDesc result = Kind.of(signature.charAt(colon + 1)).descriptor();
        assert !result.equals(ConstantDescs.CD_void);
        code.invokestatic(Runtime.NUMERICS, Names.camel(opcode), MethodTypeDesc.of(result, params));
    }
}

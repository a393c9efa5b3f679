package tenon.core.compile;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_boolean;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.MethodTypeDesc;
import tenon.types.core.HeapType;
import tenon.wasm.Opcode;

/** Tests and casts of references. WebAssembly 3.0, "Reference Instructions"; {@code br_on_cast} without its branch. */
final class CastEmitter {
    private final MethodContext context;
    private final FunctionBody body;
    private final CodeBuilder code;

    CastEmitter(MethodContext context) {
        this.context = context;
        this.body = context.body;
        this.code = context.code;
    }

    void emit(int i) {
        switch (body.opcode(i)) {
            case REF_TEST, REF_TEST_NULL -> test(i);
            case REF_CAST, REF_CAST_NULL -> {
                Label right = code.newLabel();
                code.dup();
                test(i);
                code.ifne(right)
                        .invokestatic(Runtime.CASTS, "failure", MethodTypeDesc.of(Runtime.TRAP))
                        .athrow()
                        .labelBinding(right);
            }
            case BR_ON_CAST, BR_ON_CAST_FAIL -> {
                code.dup();
                test(i);
                if (body.opcode(i) == Opcode.BR_ON_CAST_FAIL) {
                    code.iconst_1().ixor();
                }
            }
            default -> throw new AssertionError(body.opcode(i));
        }
    }

    /** Takes a reference; pushes whether it is of the type. */
    private void test(int i) {
        boolean defined = body.index(i) >= 0;
        if (defined) {
            context.loadType(body.index(i));
        }
        context.constant((int) body.bits(i));
        var type = defined
                ? MethodTypeDesc.of(CD_boolean, CD_Object, Runtime.SIGNATURE, CD_boolean)
                : MethodTypeDesc.of(CD_boolean, CD_Object, CD_boolean);
        code.invokestatic(
                Runtime.CASTS, defined ? "isDefined" : test(HeapType.Abstract.values()[body.secondIndex(i)]), type);
    }

    private static String test(HeapType.Abstract heap) {
        return switch (heap) {
            case ANY, FUNC, EXTERN, EXN -> "isAny";
            case NONE, NOFUNC, NOEXTERN, NOEXN -> "isNone";
            case EQ -> "isEq";
            case I31 -> "isI31";
            case STRUCT -> "isStruct";
            case ARRAY -> "isArray";
        };
    }
}

package tenon.wasm;

import tenon.types.InvalidException;
import tenon.types.core.RefType;

/** WebAssembly 3.0, section "Validation / Instructions / Reference Instructions". */
final class ReferenceInstructions {
    private final Context context;
    private final TypeSpace types;
    private final TypingStack stack;

    ReferenceInstructions(Context context) {
        this.context = context;
        this.types = context.types();
        this.stack = context.stack();
    }

    void validate(Opcode opcode, InstructionReader in) {
        switch (opcode) {
            case REF_NULL -> {
                var type = new RefType(true, in.heapType());
                types.checkValue(type, in.offset(), context.features());
                stack.push(types.code(type, in.offset()));
            }
            case REF_IS_NULL -> {
                stack.popReference();
                stack.push(TypeSpace.I32);
            }
            case REF_FUNC -> {
                int function = context.function(in.index(), in.offset());
                if (context.isConstant()) {
                    context.declare(function);
                } else if (!context.isDeclared(function)) {
                    throw new InvalidException(in.offset(), "undeclared function reference " + function);
                }
                stack.push(types.reference(context.module().spaces().functions().get(function)));
            }
            case REF_EQ -> {
                context.need(Feature.GC, opcode, in);
                stack.pop(TypeSpace.EQREF);
                stack.pop(TypeSpace.EQREF);
                stack.push(TypeSpace.I32);
            }
            case REF_AS_NON_NULL -> {
                context.need(Feature.FUNCTION_REFERENCES, opcode, in);
                stack.push(TypeSpace.nonNull(stack.popReference()));
            }
            case REF_TEST, REF_TEST_NULL -> {
                castTarget(opcode, in);
                stack.push(TypeSpace.I32);
            }
            case REF_CAST, REF_CAST_NULL -> stack.push(castTarget(opcode, in));
            default -> throw new AssertionError(opcode);
        }
    }

    /** Takes a reference of the target's hierarchy; gives the target. */
    private int castTarget(Opcode opcode, InstructionReader in) {
        context.need(Feature.GC, opcode, in);
        boolean nullable = opcode == Opcode.REF_TEST_NULL || opcode == Opcode.REF_CAST_NULL;
        var target = new RefType(nullable, in.heapType());
        types.checkValue(target, in.offset(), context.features());
        int code = types.code(target, in.offset());
        stack.pop(types.topOf(code));
        return code;
    }
}

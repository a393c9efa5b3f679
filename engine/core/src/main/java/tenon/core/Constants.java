package tenon.core;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import tenon.types.UnsupportedException;
import tenon.wasm.InstructionReader;
import tenon.wasm.Module;
import tenon.wasm.Opcode;

/** Evaluates constant expressions of an instance whose globals so far are set: WebAssembly 3.0, "Constant Expressions". */
record Constants(CoreInstance instance) {

    /** A value of a number type as bits: an i32 sign-extended. */
    long bits(Module.ConstantExpression expression) {
        var numbers = new ArrayDeque<Long>();
        evaluate(expression, numbers);
        return numbers.pop();
    }

    /** A value of a reference type. */
    @Nullable Object reference(Module.ConstantExpression expression) {
        return evaluate(expression, new ArrayDeque<>());
    }

    private @Nullable Object evaluate(Module.ConstantExpression expression, ArrayDeque<Long> numbers) {
        Module module = instance.linked().source();
        InstructionReader reader = InstructionReader.of(module, expression);
        Object reference = null;
        while (true) {
            Opcode opcode = reader.next();
            switch (opcode) {
                case END -> {
                    return reference;
                }
                case I32_CONST, F32_CONST -> numbers.push((long) reader.i32());
                case I64_CONST, F64_CONST -> numbers.push(reader.i64());
                case I32_ADD, I32_SUB, I32_MUL, I64_ADD, I64_SUB, I64_MUL -> {
                    long right = numbers.pop();
                    numbers.push(compute(opcode, numbers.pop(), right));
                }
                case REF_NULL -> reference = null;
                case REF_FUNC -> reference = instance.function(reader.index());
                case GLOBAL_GET -> {
                    CoreGlobal cell = instance.globals[reader.index()];
                    boolean number = JvmTypes.of(module.spaces()
                                    .globals()
                                    .get(reader.index())
                                    .value())
                            .isPrimitive();
                    if (number) {
                        numbers.push(cell != null ? cell.bits() : instance.getNumber(reader.index()));
                    } else {
                        reference = cell != null ? cell.reference() : instance.getReference(reader.index());
                    }
                }
                default ->
                    throw new UnsupportedException(
                            reader.offset(),
                            "instruction `" + opcode.mnemonic() + "` in a constant expression is not supported yet");
            }
        }
    }

    private static long compute(Opcode opcode, long left, long right) {
        return switch (opcode) {
            case I32_ADD -> (int) (left + right);
            case I32_SUB -> (int) (left - right);
            case I32_MUL -> (int) (left * right);
            case I64_ADD -> left + right;
            case I64_SUB -> left - right;
            case I64_MUL -> left * right;
            default -> throw new AssertionError(opcode);
        };
    }
}

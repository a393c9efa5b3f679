package tenon.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tenon.core.compile.StructSlots;
import tenon.types.UnsupportedException;
import tenon.types.core.ArrayType;
import tenon.types.core.FieldType;
import tenon.types.core.StructType;
import tenon.wasm.InstructionReader;
import tenon.wasm.Module;
import tenon.wasm.Opcode;

/**
 * Evaluates constant expressions of an instance whose globals so far are set: WebAssembly 3.0, "Constant Expressions". Numbers
 * are the {@link Long}s of their bits, an i32 sign-extended.
 */
record Constants(CoreInstance instance) {

    /** A value of a number type as bits: an i32 sign-extended. */
    long bits(Module.ConstantExpression expression) {
        return number(evaluate(expression));
    }

    /** A value of a reference type. */
    @Nullable Object reference(Module.ConstantExpression expression) {
        return evaluate(expression);
    }

    private static long number(@Nullable Object value) {
        return (Long) Objects.requireNonNull(value);
    }

    private @Nullable Object evaluate(Module.ConstantExpression expression) {
        Module module = instance.linked().source();
        InstructionReader reader = InstructionReader.of(module, expression);
        var stack = new ArrayList<@Nullable Object>();
        for (Opcode opcode = reader.next(); opcode != Opcode.END; opcode = reader.next()) {
            switch (opcode) {
                case I32_CONST, F32_CONST -> stack.add((long) reader.i32());
                case I64_CONST, F64_CONST -> stack.add(reader.i64());
                case I32_ADD, I32_SUB, I32_MUL, I64_ADD, I64_SUB, I64_MUL -> {
                    long right = number(stack.removeLast());
                    stack.add(compute(opcode, number(stack.removeLast()), right));
                }
                case REF_NULL -> stack.add(null);
                case REF_FUNC -> stack.add(instance.function(reader.index()));
                case GLOBAL_GET -> stack.add(global(reader.index()));
                case REF_I31 -> stack.add(CoreI31.of((int) number(stack.removeLast())));
                // both sorts of references look the same
                case ANY_CONVERT_EXTERN, EXTERN_CONVERT_ANY -> {}
                case STRUCT_NEW, STRUCT_NEW_DEFAULT -> stack.add(struct(opcode, type(reader), stack));
                case ARRAY_NEW, ARRAY_NEW_DEFAULT -> {
                    int length = (int) number(stack.removeLast());
                    CoreArray array = CoreArray.of(instance, type(reader), length);
                    if (opcode == Opcode.ARRAY_NEW) {
                        fill(array, 0, stack.removeLast(), length);
                    }
                    stack.add(array);
                }
                case ARRAY_NEW_FIXED -> stack.add(fixed(type(reader), reader.secondIndex(), stack));
                default ->
                    throw new UnsupportedException(
                            reader.offset(),
                            "instruction `" + opcode.mnemonic() + "` in a constant expression is not supported yet");
            }
        }
        return stack.removeLast();
    }

    private Signature type(InstructionReader reader) {
        return instance.linked().module().signatures().get(reader.index());
    }

    private @Nullable Object global(int index) {
        CoreGlobal cell = instance.globals[index];
        var type = instance.linked().source().spaces().globals().get(index).value();
        if (JvmTypes.of(type).isPrimitive()) {
            return cell != null ? cell.bits() : instance.getNumber(index);
        }
        return cell != null ? cell.reference() : instance.getReference(index);
    }

    private CoreStruct struct(Opcode opcode, Signature type, ArrayList<@Nullable Object> stack) {
        List<FieldType> fields = ((StructType) type.composite()).fields();
        StructSlots slots = StructSlots.of((StructType) type.composite());
        var numbers = new long[slots.numbers()];
        var references = new @Nullable Object[slots.references()];
        for (int i = fields.size() - 1; i >= 0 && opcode == Opcode.STRUCT_NEW; i--) {
            if (StructSlots.isReference(fields.get(i))) {
                references[slots.slot(i)] = stack.removeLast();
            } else {
                numbers[slots.slot(i)] = number(stack.removeLast());
            }
        }
        return CoreStruct.of(instance, type, numbers, references);
    }

    private CoreArray fixed(Signature type, int length, ArrayList<@Nullable Object> stack) {
        CoreArray array = CoreArray.of(instance, type, length);
        for (int i = length - 1; i >= 0; i--) {
            fill(array, i, stack.removeLast(), 1);
        }
        return array;
    }

    private static void fill(CoreArray array, int at, @Nullable Object value, int count) {
        if (StructSlots.isReference(((ArrayType) array.type().composite()).element())) {
            array.fill(at, value, count);
        } else {
            array.fill(at, number(value), count);
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

package tenon.wasm;

import java.util.List;
import tenon.types.InvalidException;
import tenon.types.UnsupportedException;
import tenon.types.core.ArrayType;
import tenon.types.core.FieldType;
import tenon.types.core.StructType;
import tenon.types.core.VecType;

/**
 * Structures, arrays, scalar references and external ones: WebAssembly 3.0, section "Validation / Instructions / Aggregate
 * Instructions" ff.
 */
final class AggregateInstructions {
    private final Context context;
    private final TypeSpace types;
    private final TypingStack stack;

    AggregateInstructions(Context context) {
        this.context = context;
        this.types = context.types();
        this.stack = context.stack();
    }

    void validate(Opcode opcode, InstructionReader in) {
        context.need(Feature.GC, opcode, in);
        switch (opcode) {
            case STRUCT_NEW, STRUCT_NEW_DEFAULT, STRUCT_GET, STRUCT_GET_S, STRUCT_GET_U, STRUCT_SET ->
                structure(opcode, in);
            case ARRAY_NEW, ARRAY_NEW_DEFAULT, ARRAY_NEW_FIXED, ARRAY_NEW_DATA, ARRAY_NEW_ELEM -> newArray(opcode, in);
            case ARRAY_GET, ARRAY_GET_S, ARRAY_GET_U, ARRAY_SET -> element(opcode, in);
            case ARRAY_LEN -> {
                stack.pop(TypeSpace.ARRAYREF);
                stack.push(TypeSpace.I32);
            }
            case ARRAY_FILL, ARRAY_COPY, ARRAY_INIT_DATA, ARRAY_INIT_ELEM -> range(opcode, in);
            case REF_I31 -> {
                stack.pop(TypeSpace.I32);
                stack.push(TypeSpace.nonNull(TypeSpace.I31REF));
            }
            case I31_GET_S, I31_GET_U -> {
                stack.pop(TypeSpace.I31REF);
                stack.push(TypeSpace.I32);
            }
            case ANY_CONVERT_EXTERN -> convert(TypeSpace.EXTERNREF, TypeSpace.ANYREF);
            case EXTERN_CONVERT_ANY -> convert(TypeSpace.ANYREF, TypeSpace.EXTERNREF);
            default -> throw new AssertionError(opcode);
        }
    }

    /** Null stays null, and what is none stays none. */
    private void convert(int from, int to) {
        int actual = stack.pop(from);
        boolean nullable = actual != TypeSpace.BOTTOM && TypeSpace.nullable(actual) == actual;
        stack.push(nullable ? to : TypeSpace.nonNull(to));
    }

    private void structure(Opcode opcode, InstructionReader in) {
        List<FieldType> fields = structType(in).fields();
        int reference = types.reference(in.index());
        switch (opcode) {
            case STRUCT_NEW -> {
                for (FieldType field : fields.reversed()) {
                    stack.pop(value(field, in));
                }
                stack.push(reference);
            }
            case STRUCT_NEW_DEFAULT -> {
                fields.forEach(field -> needDefault(field, opcode, in));
                stack.push(reference);
            }
            case STRUCT_GET, STRUCT_GET_S, STRUCT_GET_U -> {
                FieldType field = field(fields, in);
                checkPacked(field, opcode == Opcode.STRUCT_GET, in);
                stack.pop(TypeSpace.nullable(reference));
                stack.push(value(field, in));
            }
            case STRUCT_SET -> {
                FieldType field = field(fields, in);
                if (!field.mutable()) {
                    throw new InvalidException(in.offset(), "immutable field " + in.secondIndex());
                }
                stack.pop(value(field, in));
                stack.pop(TypeSpace.nullable(reference));
            }
            default -> throw new AssertionError(opcode);
        }
    }

    private StructType structType(InstructionReader in) {
        if (types.composite(in.index(), in.offset()) instanceof StructType type) {
            return type;
        }
        throw new InvalidException(in.offset(), "type mismatch: type " + in.index() + " is no structure type");
    }

    private ArrayType arrayType(int typeIndex, InstructionReader in) {
        if (types.composite(typeIndex, in.offset()) instanceof ArrayType type) {
            return type;
        }
        throw new InvalidException(in.offset(), "type mismatch: type " + typeIndex + " is no array type");
    }

    private static FieldType field(List<FieldType> fields, InstructionReader in) {
        int field = in.secondIndex();
        if (Integer.compareUnsigned(field, fields.size()) >= 0) {
            throw new InvalidException(in.offset(), "unknown field " + Integer.toUnsignedString(field));
        }
        return fields.get(field);
    }

    /** "Unpacked": what a field's values are on the stack. */
    private int value(FieldType field, InstructionReader in) {
        return switch (field.storage()) {
            case FieldType.Storage.Packed _ -> TypeSpace.I32;
            case FieldType.Storage.Value(var type) -> types.code(type, in.offset());
        };
    }

    private static void checkPacked(FieldType field, boolean plain, InstructionReader in) {
        boolean packed = field.storage() instanceof FieldType.Storage.Packed;
        if (packed == plain) {
            throw new InvalidException(
                    in.offset(),
                    packed
                            ? "type mismatch: the field is packed, expected an instruction that extends it"
                            : "type mismatch: the field is not packed");
        }
    }

    private static void needDefault(FieldType field, Opcode opcode, InstructionReader in) {
        if (field.storage() instanceof FieldType.Storage.Value(var type) && !type.defaultable()) {
            throw new InvalidException(
                    in.offset(),
                    "type mismatch: `" + opcode.mnemonic() + "` of " + type.text() + ", which has no default value");
        }
    }

    private void newArray(Opcode opcode, InstructionReader in) {
        FieldType element = arrayType(in.index(), in).element();
        switch (opcode) {
            case ARRAY_NEW -> {
                stack.pop(TypeSpace.I32);
                stack.pop(value(element, in));
            }
            case ARRAY_NEW_DEFAULT -> {
                needDefault(element, opcode, in);
                stack.pop(TypeSpace.I32);
            }
            case ARRAY_NEW_FIXED -> {
                int count = in.secondIndex();
                if (count < 0 || count > ImplementationLimits.ARRAY_OPERANDS) {
                    throw new UnsupportedException(
                            in.offset(),
                            "`array.new_fixed` of " + Integer.toUnsignedString(count) + " elements, expected at most "
                                    + ImplementationLimits.ARRAY_OPERANDS);
                }
                int type = value(element, in);
                for (int i = 0; i < count; i++) {
                    stack.pop(type);
                }
            }
            case ARRAY_NEW_DATA -> {
                checkData(element, in);
                stack.pop(TypeSpace.I32);
                stack.pop(TypeSpace.I32);
            }
            case ARRAY_NEW_ELEM -> {
                checkElements(element, in);
                stack.pop(TypeSpace.I32);
                stack.pop(TypeSpace.I32);
            }
            default -> throw new AssertionError(opcode);
        }
        stack.push(types.reference(in.index()));
    }

    private void element(Opcode opcode, InstructionReader in) {
        FieldType element = arrayType(in.index(), in).element();
        if (opcode == Opcode.ARRAY_SET) {
            checkMutable(element, in.index(), in);
            stack.pop(value(element, in));
        } else {
            checkPacked(element, opcode == Opcode.ARRAY_GET, in);
        }
        stack.pop(TypeSpace.I32);
        stack.pop(TypeSpace.nullable(types.reference(in.index())));
        if (opcode != Opcode.ARRAY_SET) {
            stack.push(value(element, in));
        }
    }

    private void range(Opcode opcode, InstructionReader in) {
        FieldType element = arrayType(in.index(), in).element();
        checkMutable(element, in.index(), in);
        stack.pop(TypeSpace.I32);
        switch (opcode) {
            case ARRAY_FILL -> stack.pop(value(element, in));
            case ARRAY_COPY -> {
                FieldType source = arrayType(in.secondIndex(), in).element();
                if (!types.storageMatches(source.storage(), element.storage(), in.offset())) {
                    throw new InvalidException(
                            in.offset(),
                            "array types do not match: elements of type " + in.secondIndex() + " for type "
                                    + in.index());
                }
                stack.pop(TypeSpace.I32);
                stack.pop(TypeSpace.nullable(types.reference(in.secondIndex())));
            }
            case ARRAY_INIT_DATA -> {
                checkData(element, in);
                stack.pop(TypeSpace.I32);
            }
            case ARRAY_INIT_ELEM -> {
                checkElements(element, in);
                stack.pop(TypeSpace.I32);
            }
            default -> throw new AssertionError(opcode);
        }
        stack.pop(TypeSpace.I32);
        stack.pop(TypeSpace.nullable(types.reference(in.index())));
    }

    private static void checkMutable(FieldType element, int typeIndex, InstructionReader in) {
        if (!element.mutable()) {
            throw new InvalidException(in.offset(), "immutable array of type " + typeIndex);
        }
    }

    private void checkData(FieldType element, InstructionReader in) {
        context.data(in.secondIndex(), in);
        int type = value(element, in);
        boolean vector = element.storage() instanceof FieldType.Storage.Value(var value) && value instanceof VecType;
        if (TypeSpace.isReference(type) && !vector) {
            throw new InvalidException(
                    in.offset(), "array type is not numeric or vector: elements of type " + types.text(type));
        }
    }

    private void checkElements(FieldType element, InstructionReader in) {
        int segment = types.code(context.element(in.secondIndex(), in).type(), in.offset());
        int type = value(element, in);
        if (!types.matches(segment, type)) {
            throw new InvalidException(
                    in.offset(),
                    "type mismatch: elements of type " + types.text(segment) + " for an array of " + types.text(type));
        }
    }
}

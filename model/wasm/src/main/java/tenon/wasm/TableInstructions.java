package tenon.wasm;

import tenon.types.InvalidException;
import tenon.types.core.RefType;

/** WebAssembly 3.0, section "Validation / Instructions / Table Instructions". */
final class TableInstructions {
    private final Context context;
    private final TypeSpace types;
    private final TypingStack stack;

    TableInstructions(Context context) {
        this.context = context;
        this.types = context.types();
        this.stack = context.stack();
    }

    void validate(Opcode opcode, InstructionReader in) {
        int first = opcode == Opcode.TABLE_INIT ? in.secondIndex() : in.index();
        int address = Context.address(context.table(first, in).limits());
        int element = context.tableCode(first);
        switch (opcode) {
            case TABLE_GET -> {
                stack.pop(address);
                stack.push(element);
            }
            case TABLE_SET -> {
                stack.pop(element);
                stack.pop(address);
            }
            case TABLE_GROW -> {
                stack.pop(address);
                stack.pop(element);
                stack.push(address);
            }
            case TABLE_FILL -> {
                stack.pop(address);
                stack.pop(element);
                stack.pop(address);
            }
            case TABLE_COPY -> {
                int source = Context.address(context.table(in.secondIndex(), in).limits());
                checkElements(context.tableCode(in.secondIndex()), element, in);
                stack.pop(Math.min(address, source));
                stack.pop(source);
                stack.pop(address);
            }
            case TABLE_INIT -> {
                RefType segment = context.element(in.index(), in).type();
                checkElements(types.code(segment, in.offset()), element, in);
                stack.pop(TypeSpace.I32);
                stack.pop(TypeSpace.I32);
                stack.pop(address);
            }
            default -> throw new AssertionError(opcode);
        }
    }

    private void checkElements(int source, int target, InstructionReader in) {
        if (!types.matches(source, target)) {
            throw new InvalidException(
                    in.offset(),
                    "type mismatch: elements of type " + types.text(source) + " for a table of " + types.text(target));
        }
    }
}

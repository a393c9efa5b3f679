package tenon.wasm;

import java.util.Arrays;
import tenon.types.InvalidException;
import tenon.types.core.TableType;

/** Blocks, branches, calls and exceptions: WebAssembly 3.0, section "Validation / Instructions / Control Instructions". */
final class ControlInstructions {
    private final Context context;
    private final TypeSpace types;
    private final TypingStack stack;

    ControlInstructions(Context context) {
        this.context = context;
        this.types = context.types();
        this.stack = context.stack();
    }

    void open(Opcode opcode, InstructionReader in) {
        int[] start = TypeSpace.none();
        int[] end = TypeSpace.none();
        if (in.blockType() >= 0) {
            int type = types.function(in.blockType(), in.offset());
            start = types.params(type);
            end = types.results(type);
        } else if (in.blockType() == InstructionReader.BLOCK_VALUE) {
            types.checkValue(in.blockValue(), in.offset(), context.features());
            end = TypeSpace.single(types.code(in.blockValue(), in.offset()));
        }
        if (start.length > 0 || end.length > 1) {
            context.need(Feature.MULTI_VALUE, opcode, in);
        }
        if (opcode == Opcode.IF) {
            stack.pop(TypeSpace.I32);
        }
        stack.pop(start);
        if (opcode == Opcode.TRY_TABLE) {
            context.need(Feature.EXCEPTIONS, opcode, in);
            for (int i = 0; i < in.catchCount(); i++) {
                catches(i, in);
            }
        }
        stack.enter(opcode, start, end);
    }

    /** "Catch Clauses": the label takes the tag's parameters, then the exception. */
    private void catches(int i, InstructionReader in) {
        int[] caught = in.catchKind(i).hasTag() ? types.params(context.tagType(in.catchTag(i), in)) : TypeSpace.none();
        if (in.catchKind(i).hasReference()) {
            caught = Arrays.copyOf(caught, caught.length + 1);
            caught[caught.length - 1] = TypeSpace.nonNull(TypeSpace.EXNREF);
        }
        int[] label = stack.labelTypes(in.catchLabel(i));
        if (!types.matches(caught, label)) {
            throw new InvalidException(
                    in.offset(),
                    "type mismatch: catch clause brings " + types.text(caught) + ", its label expects "
                            + types.text(label));
        }
    }

    /** {@code else}: the frame of {@code if} ends, and one with the same types begins. */
    void otherwise() {
        int[] start = stack.startTypes();
        int[] end = stack.endTypes();
        stack.leave();
        stack.enter(Opcode.ELSE, start, end);
    }

    void end(InstructionReader in) {
        int[] end = stack.endTypes();
        if (stack.opcode() == Opcode.IF && !types.matches(stack.startTypes(), end)) {
            throw new InvalidException(
                    in.offset(),
                    "type mismatch: `if` without `else` takes " + types.text(stack.startTypes())
                            + ", so it can not give " + types.text(end));
        }
        stack.leave();
        if (stack.depth() > 0) {
            stack.push(end);
        }
    }

    void branch(Opcode opcode, InstructionReader in) {
        switch (opcode) {
            case BR -> {
                stack.pop(stack.labelTypes(in.index()));
                stack.unreachable();
            }
            case BR_IF -> {
                stack.pop(TypeSpace.I32);
                retype(stack.labelTypes(in.index()));
            }
            case BR_TABLE -> branchTable(in);
            case BR_ON_NULL -> {
                context.need(Feature.FUNCTION_REFERENCES, opcode, in);
                int reference = stack.popReference();
                retype(stack.labelTypes(in.index()));
                stack.push(TypeSpace.nonNull(reference));
            }
            case BR_ON_NON_NULL -> {
                context.need(Feature.FUNCTION_REFERENCES, opcode, in);
                branchOnNonNull(in);
            }
            case BR_ON_CAST, BR_ON_CAST_FAIL -> branchOnCast(opcode, in);
            case RETURN -> {
                stack.pop(stack.labelTypes(stack.depth() - 1));
                stack.unreachable();
            }
            default -> throw new AssertionError(opcode);
        }
    }

    /** A branch that may fall through leaves values of the label's types, not of those they had. */
    private void retype(int[] label) {
        stack.pop(label);
        stack.push(label);
    }

    private void branchTable(InstructionReader in) {
        stack.pop(TypeSpace.I32);
        int[] last = stack.labelTypes(in.index());
        stack.peek(last);
        int[] checked = last;
        for (int i = 0; i < in.labelCount(); i++) {
            int[] label = stack.labelTypes(in.label(i));
            if (label == checked) {
                continue;
            }
            if (label.length != last.length) {
                throw new InvalidException(
                        in.offset(),
                        "type mismatch: label " + in.label(i) + " takes " + types.text(label)
                                + ", the default label takes " + types.text(last));
            }
            stack.peek(label);
            checked = label;
        }
        stack.unreachable();
    }

    private void branchOnNonNull(InstructionReader in) {
        int[] label = stack.labelTypes(in.index());
        if (label.length == 0 || !TypeSpace.isReference(label[label.length - 1])) {
            throw new InvalidException(
                    in.offset(),
                    "type mismatch: expected a label that takes a reference last, found " + types.text(label));
        }
        stack.pop(TypeSpace.nullable(label[label.length - 1]));
        retype(Arrays.copyOf(label, label.length - 1));
    }

    /** {@code br_on_cast}: what has the target's type goes to the label, the rest on; or the other way round. */
    private void branchOnCast(Opcode opcode, InstructionReader in) {
        context.need(Feature.GC, opcode, in);
        types.checkValue(in.castFrom(), in.offset(), context.features());
        types.checkValue(in.castTo(), in.offset(), context.features());
        int from = types.code(in.castFrom(), in.offset());
        int to = types.code(in.castTo(), in.offset());
        if (!types.matches(to, from)) {
            throw new InvalidException(
                    in.offset(),
                    "type mismatch: a cast from " + types.text(from) + " to " + types.text(to)
                            + ", expected a subtype");
        }
        // "Type Difference": null is of the target's type if that is nullable
        int rest = in.castTo().nullable() ? TypeSpace.nonNull(from) : from;
        int taken = opcode == Opcode.BR_ON_CAST ? to : rest;
        int[] label = stack.labelTypes(in.index());
        if (label.length == 0 || !types.matches(taken, label[label.length - 1])) {
            throw new InvalidException(
                    in.offset(),
                    "type mismatch: expected a label that takes " + types.text(taken) + " last, found "
                            + types.text(label));
        }
        stack.pop(from);
        retype(Arrays.copyOf(label, label.length - 1));
        stack.push(opcode == Opcode.BR_ON_CAST ? rest : to);
    }

    void call(Opcode opcode, InstructionReader in) {
        switch (opcode) {
            case CALL -> call(context.functionType(in.index(), in));
            case RETURN_CALL -> tailCall(context.functionType(in.index(), in), opcode, in);
            case CALL_INDIRECT -> call(indirectType(in));
            case RETURN_CALL_INDIRECT -> tailCall(indirectType(in), opcode, in);
            case CALL_REF -> {
                context.need(Feature.FUNCTION_REFERENCES, opcode, in);
                call(referredType(in));
            }
            case RETURN_CALL_REF -> {
                context.need(Feature.FUNCTION_REFERENCES, opcode, in);
                tailCall(referredType(in), opcode, in);
            }
            default -> throw new AssertionError(opcode);
        }
    }

    private int indirectType(InstructionReader in) {
        TableType table = context.table(in.secondIndex(), in);
        int element = context.tableCode(in.secondIndex());
        if (!types.matches(element, TypeSpace.FUNCREF)) {
            throw new InvalidException(
                    in.offset(), "type mismatch: expected a table of functions, found one of " + types.text(element));
        }
        int type = types.function(in.index(), in.offset());
        stack.pop(Context.address(table.limits()));
        return type;
    }

    private int referredType(InstructionReader in) {
        int type = types.function(in.index(), in.offset());
        stack.pop(TypeSpace.nullable(types.reference(type)));
        return type;
    }

    private void call(int type) {
        stack.pop(types.params(type));
        stack.push(types.results(type));
    }

    private void tailCall(int type, Opcode opcode, InstructionReader in) {
        context.need(Feature.TAIL_CALL, opcode, in);
        int[] own = stack.labelTypes(stack.depth() - 1);
        if (!types.matches(types.results(type), own)) {
            throw new InvalidException(
                    in.offset(),
                    "type mismatch: the callee returns " + types.text(types.results(type)) + ", expected "
                            + types.text(own));
        }
        stack.pop(types.params(type));
        stack.unreachable();
    }

    void raise(Opcode opcode, InstructionReader in) {
        context.need(Feature.EXCEPTIONS, opcode, in);
        if (opcode == Opcode.THROW) {
            stack.pop(types.params(context.tagType(in.index(), in)));
        } else {
            stack.pop(TypeSpace.EXNREF);
        }
        stack.unreachable();
    }
}

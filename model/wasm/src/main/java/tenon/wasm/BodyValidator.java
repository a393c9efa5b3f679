package tenon.wasm;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import tenon.types.InvalidException;
import tenon.types.core.GlobalType;
import tenon.types.core.Limits;
import tenon.types.core.MemoryType;
import tenon.types.core.RefType;
import tenon.types.core.TableType;
import tenon.types.core.ValType;

/**
 * Validates instructions: WebAssembly 3.0, section "Validation / Instructions", by the algorithm of its appendix. One
 * object serves all bodies and constant expressions of a module, one after the other.
 */
final class BodyValidator {
    /** In {@link #OPERANDS} and {@link #RESULTS}: the address type of the memory or table. */
    private static final int ADDRESS = -1;

    private static final int[][] OPERANDS = new int[Opcode.values().length][];
    private static final int[][] RESULTS = new int[Opcode.values().length][];

    static {
        for (Opcode opcode : Opcode.values()) {
            opcode.signature().ifPresent(signature -> {
                int colon = signature.indexOf(':');
                OPERANDS[opcode.ordinal()] = codes(signature.substring(0, colon));
                RESULTS[opcode.ordinal()] = codes(signature.substring(colon + 1));
            });
        }
    }

    private final Module module;
    private final Features features;
    private final TypeSpace types;
    private final TypingStack stack;

    /** Functions that instructions may refer to: those that occur in the module outside of bodies. */
    private final BitSet declared = new BitSet();

    private final int[] globalCodes;
    private final int[] tableCodes;
    private final LocalTypes locals = new LocalTypes();

    /** Globals that a constant expression may use; −1 in a body. */
    private int constantGlobals = -1;

    BodyValidator(Module module, Features features, TypeSpace types) {
        this.module = module;
        this.features = features;
        this.types = types;
        this.stack = new TypingStack(types);
        List<GlobalType> globals = module.spaces().globals();
        List<TableType> tables = module.spaces().tables();
        globalCodes = new int[globals.size()];
        tableCodes = new int[tables.size()];
    }

    private static int[] codes(String letters) {
        return letters.chars()
                .map(letter -> switch (letter) {
                    case 'i' -> TypeSpace.I32;
                    case 'I' -> TypeSpace.I64;
                    case 'f' -> TypeSpace.F32;
                    case 'F' -> TypeSpace.F64;
                    case 'a' -> ADDRESS;
                    default -> throw new AssertionError(letters);
                })
                .toArray();
    }

    /** A global's type has been checked. */
    void knowGlobal(int index) {
        globalCodes[index] = types.code(module.spaces().globals().get(index).value(), 0);
    }

    /** A table's type has been checked. */
    void knowTable(int index) {
        tableCodes[index] = types.code(module.spaces().tables().get(index).element(), 0);
    }

    /** A function occurs outside of bodies. */
    void declare(int function) {
        declared.set(function);
    }

    /**
     * "Constant Expressions".
     *
     * @param globals how many globals, from the first, the expression may use
     */
    void constant(Module.ConstantExpression expression, int expected, int globals) {
        constantGlobals = globals;
        locals.clear();
        stack.start(TypeSpace.single(expected), TypingStack.ALL_INITIALISED);
        run(InstructionReader.of(module, expression));
        constantGlobals = -1;
    }

    /** "Functions": the body of the module's {@code i}th own function. */
    void body(int i) {
        Module.Code code = module.code().get(i);
        int type = module.functions().get(i);
        boolean defaultable = true;
        locals.clear();
        for (int param : types.params(type)) {
            locals.add(1, param);
        }
        int params = locals.count();
        for (Module.Locals run : code.locals()) {
            types.checkValue(run.type(), code.start(), features);
            locals.add(run.count(), types.code(run.type(), code.start()));
            defaultable &= run.type().defaultable();
        }
        boolean[] initialised = defaultable ? TypingStack.ALL_INITIALISED : initialised(params, code);
        stack.start(types.results(type), initialised);
        run(InstructionReader.of(module, code));
    }

    /** Which locals have a value at the start of a body where not all have one. */
    private boolean[] initialised(int params, Module.Code code) {
        boolean[] initialised = new boolean[locals.count()];
        Arrays.fill(initialised, 0, params, true);
        int next = params;
        for (Module.Locals run : code.locals()) {
            Arrays.fill(initialised, next, next + run.count(), run.type().defaultable());
            next += run.count();
        }
        return initialised;
    }

    private void run(InstructionReader in) {
        while (stack.depth() > 0) {
            Opcode opcode = in.next();
            stack.at(in.offset());
            if (constantGlobals >= 0) {
                checkConstant(opcode, in);
            }
            int[] operands = OPERANDS[opcode.ordinal()];
            if (operands != null) {
                simple(opcode, operands, RESULTS[opcode.ordinal()], in);
            } else {
                special(opcode, in);
            }
        }
    }

    /** "Constant Expressions": the instructions that are constant. */
    private void checkConstant(Opcode opcode, InstructionReader in) {
        switch (opcode) {
            case I32_CONST, I64_CONST, F32_CONST, F64_CONST, REF_NULL, REF_FUNC, GLOBAL_GET, END -> {}
            case I32_ADD, I32_SUB, I32_MUL, I64_ADD, I64_SUB, I64_MUL -> need(Feature.EXTENDED_CONST, opcode, in);
            default ->
                throw new InvalidException(
                        in.offset(), "constant expression required, found `" + opcode.mnemonic() + "`");
        }
    }

    private void need(Feature feature, Opcode opcode, InstructionReader in) {
        if (!features.has(feature)) {
            throw new InvalidException(
                    in.offset(), "`" + opcode.mnemonic() + "` needs the feature " + feature + ", which is not enabled");
        }
    }

    /** An instruction whose type is in the table. */
    private void simple(Opcode opcode, int[] operands, int[] results, InstructionReader in) {
        int address = 0;
        switch (opcode.immediate()) {
            case MEMARG -> address = memoryAccess(opcode, in);
            case MEMORY -> address = address(memory(in.index(), in).limits());
            case TABLE -> address = address(table(in.index(), in).limits());
            case DATA -> data(in.index(), in);
            case ELEM -> element(in.index(), in);
            case NONE, I32, I64, F32, F64 -> {}
            default -> throw new AssertionError(opcode);
        }
        for (int i = operands.length - 1; i >= 0; i--) {
            stack.pop(operands[i] == ADDRESS ? address : operands[i]);
        }
        for (int result : results) {
            stack.push(result == ADDRESS ? address : result);
        }
    }

    /** "Memory Instructions": the common conditions of loads and stores; gives the address type. */
    private int memoryAccess(Opcode opcode, InstructionReader in) {
        MemoryType memory = memory(in.index(), in);
        if (in.alignment() > opcode.naturalAlignment()) {
            throw new InvalidException(
                    in.offset(),
                    "alignment must not be larger than natural: 2^" + in.alignment() + ", expected at most 2^"
                            + opcode.naturalAlignment());
        }
        if (memory.limits().address() == Limits.AddressType.I32 && in.memoryOffset() >>> 32 != 0) {
            throw new InvalidException(in.offset(), "offset out of range: " + Long.toUnsignedString(in.memoryOffset()));
        }
        return address(memory.limits());
    }

    private static int address(Limits limits) {
        return limits.address() == Limits.AddressType.I32 ? TypeSpace.I32 : TypeSpace.I64;
    }

    /** An instruction whose type depends on where it stands. */
    private void special(Opcode opcode, InstructionReader in) {
        switch (opcode) {
            case UNREACHABLE -> stack.unreachable();
            case BLOCK, LOOP, IF, TRY_TABLE -> open(opcode, in);
            case ELSE -> {
                int[] start = stack.startTypes();
                int[] end = stack.endTypes();
                stack.leave();
                stack.enter(Opcode.ELSE, start, end);
            }
            case END -> end(in);
            case BR, BR_IF, BR_TABLE, BR_ON_NULL, BR_ON_NON_NULL, RETURN -> branch(opcode, in);
            case CALL, CALL_INDIRECT, CALL_REF, RETURN_CALL, RETURN_CALL_INDIRECT, RETURN_CALL_REF -> call(opcode, in);
            case THROW, THROW_REF -> raise(opcode, in);
            case DROP -> stack.pop();
            case SELECT, SELECT_T -> select(opcode, in);
            case LOCAL_GET, LOCAL_SET, LOCAL_TEE -> local(opcode, in);
            case GLOBAL_GET, GLOBAL_SET -> global(opcode, in);
            case TABLE_GET, TABLE_SET, TABLE_GROW, TABLE_FILL, TABLE_COPY, TABLE_INIT -> table(opcode, in);
            case MEMORY_COPY, MEMORY_INIT -> memory(opcode, in);
            case REF_NULL, REF_IS_NULL, REF_FUNC, REF_EQ, REF_AS_NON_NULL -> reference(opcode, in);
            default -> throw new AssertionError(opcode);
        }
    }

    // blocks

    private void open(Opcode opcode, InstructionReader in) {
        int[] start = TypeSpace.none();
        int[] end = TypeSpace.none();
        if (in.blockType() >= 0) {
            int type = types.function(in.blockType(), in.offset());
            start = types.params(type);
            end = types.results(type);
        } else if (in.blockType() == InstructionReader.BLOCK_VALUE) {
            types.checkValue(in.blockValue(), in.offset(), features);
            end = TypeSpace.single(types.code(in.blockValue(), in.offset()));
        }
        if (opcode == Opcode.IF) {
            stack.pop(TypeSpace.I32);
        }
        stack.pop(start);
        if (opcode == Opcode.TRY_TABLE) {
            need(Feature.EXCEPTIONS, opcode, in);
            for (int i = 0; i < in.catchCount(); i++) {
                catches(i, in);
            }
        }
        stack.enter(opcode, start, end);
    }

    /** "Catch Clauses": the label takes the tag's parameters, then the exception. */
    private void catches(int i, InstructionReader in) {
        int[] caught = in.catchKind(i).hasTag() ? types.params(tagType(in.catchTag(i), in)) : TypeSpace.none();
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

    private void end(InstructionReader in) {
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

    // branches

    private void branch(Opcode opcode, InstructionReader in) {
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
                need(Feature.FUNCTION_REFERENCES, opcode, in);
                int reference = stack.popReference();
                retype(stack.labelTypes(in.index()));
                stack.push(TypeSpace.nonNull(reference));
            }
            case BR_ON_NON_NULL -> {
                need(Feature.FUNCTION_REFERENCES, opcode, in);
                branchOnNonNull(in);
            }
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

    // calls

    private void call(Opcode opcode, InstructionReader in) {
        switch (opcode) {
            case CALL -> call(functionType(in.index(), in));
            case RETURN_CALL -> tailCall(functionType(in.index(), in), opcode, in);
            case CALL_INDIRECT -> call(indirectType(in));
            case RETURN_CALL_INDIRECT -> tailCall(indirectType(in), opcode, in);
            case CALL_REF -> {
                need(Feature.FUNCTION_REFERENCES, opcode, in);
                call(referredType(in));
            }
            case RETURN_CALL_REF -> {
                need(Feature.FUNCTION_REFERENCES, opcode, in);
                tailCall(referredType(in), opcode, in);
            }
            default -> throw new AssertionError(opcode);
        }
    }

    private int functionType(int function, InstructionReader in) {
        return module.spaces().functions().get(function(function, in.offset()));
    }

    /** A function index that is known. */
    int function(int function, int at) {
        if (Integer.compareUnsigned(function, module.spaces().functions().size()) >= 0) {
            throw new InvalidException(at, "unknown function " + Integer.toUnsignedString(function));
        }
        return function;
    }

    private int indirectType(InstructionReader in) {
        TableType table = table(in.secondIndex(), in);
        int element = tableCodes[in.secondIndex()];
        if (!types.matches(element, TypeSpace.FUNCREF)) {
            throw new InvalidException(
                    in.offset(), "type mismatch: expected a table of functions, found one of " + types.text(element));
        }
        int type = types.function(in.index(), in.offset());
        stack.pop(address(table.limits()));
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
        need(Feature.TAIL_CALL, opcode, in);
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

    private void raise(Opcode opcode, InstructionReader in) {
        need(Feature.EXCEPTIONS, opcode, in);
        if (opcode == Opcode.THROW) {
            stack.pop(types.params(tagType(in.index(), in)));
        } else {
            stack.pop(TypeSpace.EXNREF);
        }
        stack.unreachable();
    }

    private int tagType(int tag, InstructionReader in) {
        if (Integer.compareUnsigned(tag, module.spaces().tags().size()) >= 0) {
            throw new InvalidException(in.offset(), "unknown tag " + Integer.toUnsignedString(tag));
        }
        return module.spaces().tags().get(tag).typeIndex();
    }

    // values

    private void select(Opcode opcode, InstructionReader in) {
        stack.pop(TypeSpace.I32);
        if (opcode == Opcode.SELECT_T) {
            List<ValType> list = in.types();
            if (list.size() != 1) {
                throw new InvalidException(
                        in.offset(), "invalid result arity " + list.size() + " of `select`, expected 1");
            }
            types.checkValue(list.getFirst(), in.offset(), features);
            int type = types.code(list.getFirst(), in.offset());
            stack.pop(type);
            stack.pop(type);
            stack.push(type);
            return;
        }
        int first = stack.pop();
        int second = stack.pop();
        if (TypeSpace.isReference(first) || TypeSpace.isReference(second)) {
            throw new InvalidException(
                    in.offset(),
                    "type mismatch: `select` without a type expected numbers, found " + types.text(second) + " and "
                            + types.text(first));
        }
        if (first != second && first != TypeSpace.BOTTOM && second != TypeSpace.BOTTOM) {
            throw new InvalidException(
                    in.offset(),
                    "type mismatch: `select` expected two values of one type, found " + types.text(second) + " and "
                            + types.text(first));
        }
        stack.push(first == TypeSpace.BOTTOM ? second : first);
    }

    private void local(Opcode opcode, InstructionReader in) {
        int local = in.index();
        if (Integer.compareUnsigned(local, locals.count()) >= 0) {
            throw new InvalidException(in.offset(), "unknown local " + Integer.toUnsignedString(local));
        }
        int type = locals.get(local);
        if (opcode == Opcode.LOCAL_GET) {
            if (!stack.isInitialised(local)) {
                throw new InvalidException(in.offset(), "uninitialized local " + local);
            }
            stack.push(type);
            return;
        }
        stack.pop(type);
        stack.initialise(local);
        if (opcode == Opcode.LOCAL_TEE) {
            stack.push(type);
        }
    }

    private void global(Opcode opcode, InstructionReader in) {
        int global = in.index();
        int known = constantGlobals >= 0 ? constantGlobals : globalCodes.length;
        if (Integer.compareUnsigned(global, known) >= 0) {
            throw new InvalidException(in.offset(), "unknown global " + Integer.toUnsignedString(global));
        }
        boolean mutable = module.spaces().globals().get(global).mutable();
        if (opcode == Opcode.GLOBAL_SET) {
            if (!mutable) {
                throw new InvalidException(in.offset(), "immutable global " + global);
            }
            stack.pop(globalCodes[global]);
            return;
        }
        if (mutable && constantGlobals >= 0) {
            throw new InvalidException(in.offset(), "constant expression required, found mutable global " + global);
        }
        stack.push(globalCodes[global]);
    }

    // tables and memories

    private void table(Opcode opcode, InstructionReader in) {
        int first = opcode == Opcode.TABLE_INIT ? in.secondIndex() : in.index();
        int address = address(table(first, in).limits());
        int element = tableCodes[first];
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
                int source = address(table(in.secondIndex(), in).limits());
                checkElements(tableCodes[in.secondIndex()], element, in);
                stack.pop(Math.min(address, source));
                stack.pop(source);
                stack.pop(address);
            }
            case TABLE_INIT -> {
                RefType segment = element(in.index(), in).type();
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

    private void memory(Opcode opcode, InstructionReader in) {
        if (opcode == Opcode.MEMORY_COPY) {
            int target = address(memory(in.index(), in).limits());
            int source = address(memory(in.secondIndex(), in).limits());
            stack.pop(Math.min(target, source));
            stack.pop(source);
            stack.pop(target);
        } else {
            int target = address(memory(in.secondIndex(), in).limits());
            data(in.index(), in);
            stack.pop(TypeSpace.I32);
            stack.pop(TypeSpace.I32);
            stack.pop(target);
        }
    }

    private MemoryType memory(int memory, InstructionReader in) {
        if (Integer.compareUnsigned(memory, module.spaces().memories().size()) >= 0) {
            throw new InvalidException(in.offset(), "unknown memory " + Integer.toUnsignedString(memory));
        }
        return module.spaces().memories().get(memory);
    }

    private TableType table(int table, InstructionReader in) {
        if (Integer.compareUnsigned(table, tableCodes.length) >= 0) {
            throw new InvalidException(in.offset(), "unknown table " + Integer.toUnsignedString(table));
        }
        return module.spaces().tables().get(table);
    }

    private void data(int data, InstructionReader in) {
        if (Integer.compareUnsigned(data, module.data().size()) >= 0) {
            throw new InvalidException(in.offset(), "unknown data segment " + Integer.toUnsignedString(data));
        }
    }

    private Module.ElementSegment element(int element, InstructionReader in) {
        if (Integer.compareUnsigned(element, module.elements().size()) >= 0) {
            throw new InvalidException(in.offset(), "unknown elem segment " + Integer.toUnsignedString(element));
        }
        return module.elements().get(element);
    }

    // references

    private void reference(Opcode opcode, InstructionReader in) {
        switch (opcode) {
            case REF_NULL -> {
                var type = new RefType(true, in.heapType());
                types.checkValue(type, in.offset(), features);
                stack.push(types.code(type, in.offset()));
            }
            case REF_IS_NULL -> {
                stack.popReference();
                stack.push(TypeSpace.I32);
            }
            case REF_FUNC -> {
                int function = function(in.index(), in.offset());
                if (constantGlobals >= 0) {
                    declared.set(function);
                } else if (!declared.get(function)) {
                    throw new InvalidException(in.offset(), "undeclared function reference " + function);
                }
                stack.push(types.reference(module.spaces().functions().get(function)));
            }
            case REF_EQ -> {
                need(Feature.GC, opcode, in);
                stack.pop(TypeSpace.EQREF);
                stack.pop(TypeSpace.EQREF);
                stack.push(TypeSpace.I32);
            }
            case REF_AS_NON_NULL -> {
                need(Feature.FUNCTION_REFERENCES, opcode, in);
                stack.push(TypeSpace.nonNull(stack.popReference()));
            }
            default -> throw new AssertionError(opcode);
        }
    }
}

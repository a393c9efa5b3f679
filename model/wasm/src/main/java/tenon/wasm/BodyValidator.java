package tenon.wasm;

import java.util.Arrays;
import java.util.List;
import tenon.types.InvalidException;
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

    private final Context context;
    private final TypeSpace types;
    private final TypingStack stack;
    private final LocalTypes locals = new LocalTypes();
    private final ControlInstructions control;
    private final TableInstructions tables;
    private final MemoryInstructions memories;
    private final ReferenceInstructions references;
    private final AggregateInstructions aggregates;
    private final boolean gated;

    BodyValidator(Context context) {
        this.context = context;
        this.types = context.types();
        this.stack = context.stack();
        this.control = new ControlInstructions(context);
        this.tables = new TableInstructions(context);
        this.memories = new MemoryInstructions(context);
        this.references = new ReferenceInstructions(context);
        this.aggregates = new AggregateInstructions(context);
        this.gated = !VersionTwo.isWholeIn(context.features());
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

    /**
     * "Constant Expressions".
     *
     * @param globals how many globals, from the first, the expression may use
     */
    void constant(Module.ConstantExpression expression, int expected, int globals) {
        context.constant(globals);
        locals.clear();
        stack.start(TypeSpace.single(expected), TypingStack.ALL_INITIALISED);
        run(InstructionReader.of(context.module(), expression));
        context.constant(-1);
    }

    /** "Functions": the body of the module's {@code i}th own function. */
    void body(int i) {
        Module module = context.module();
        Module.Code code = module.code().get(i);
        int type = module.functions().get(i);
        boolean defaultable = true;
        locals.clear();
        for (int param : types.params(type)) {
            locals.add(1, param);
        }
        int params = locals.count();
        for (Module.Locals run : code.locals()) {
            types.checkValue(run.type(), code.start(), context.features());
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
            if (context.isConstant()) {
                checkConstant(opcode, in);
            }
            if (gated) {
                VersionTwo.check(opcode, context, in);
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
            case I32_ADD, I32_SUB, I32_MUL, I64_ADD, I64_SUB, I64_MUL ->
                context.need(Feature.EXTENDED_CONST, opcode, in);
            case STRUCT_NEW, STRUCT_NEW_DEFAULT, ARRAY_NEW, ARRAY_NEW_DEFAULT, ARRAY_NEW_FIXED ->
                context.need(Feature.GC, opcode, in);
            case REF_I31, ANY_CONVERT_EXTERN, EXTERN_CONVERT_ANY -> context.need(Feature.GC, opcode, in);
            default ->
                throw new InvalidException(
                        in.offset(), "constant expression required, found `" + opcode.mnemonic() + "`");
        }
    }

    /** An instruction whose type is in the table. */
    private void simple(Opcode opcode, int[] operands, int[] results, InstructionReader in) {
        int address = 0;
        switch (opcode.immediate()) {
            case MEMARG -> address = memories.access(opcode, in);
            case MEMORY ->
                address = Context.address(context.memory(in.index(), in).limits());
            case TABLE ->
                address = Context.address(context.table(in.index(), in).limits());
            case DATA -> context.data(in.index(), in);
            case ELEM -> context.element(in.index(), in);
            case FENCE -> context.need(Feature.THREADS, opcode, in);
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

    /** An instruction whose type depends on where it stands. */
    private void special(Opcode opcode, InstructionReader in) {
        switch (opcode) {
            case UNREACHABLE -> stack.unreachable();
            case BLOCK, LOOP, IF, TRY_TABLE -> control.open(opcode, in);
            case ELSE -> control.otherwise();
            case END -> control.end(in);
            case BR, BR_IF, BR_TABLE, RETURN -> control.branch(opcode, in);
            case BR_ON_NULL, BR_ON_NON_NULL, BR_ON_CAST, BR_ON_CAST_FAIL -> control.branch(opcode, in);
            case CALL, CALL_INDIRECT, CALL_REF -> control.call(opcode, in);
            case RETURN_CALL, RETURN_CALL_INDIRECT, RETURN_CALL_REF -> control.call(opcode, in);
            case THROW, THROW_REF -> control.raise(opcode, in);
            case DROP -> stack.pop();
            case SELECT, SELECT_T -> select(opcode, in);
            case LOCAL_GET, LOCAL_SET, LOCAL_TEE -> local(opcode, in);
            case GLOBAL_GET, GLOBAL_SET -> global(opcode, in);
            case TABLE_GET, TABLE_SET, TABLE_GROW, TABLE_FILL, TABLE_COPY, TABLE_INIT -> tables.validate(opcode, in);
            case MEMORY_COPY, MEMORY_INIT -> memories.validate(opcode, in);
            case REF_NULL, REF_IS_NULL, REF_FUNC, REF_EQ, REF_AS_NON_NULL -> references.validate(opcode, in);
            case REF_TEST, REF_TEST_NULL, REF_CAST, REF_CAST_NULL -> references.validate(opcode, in);
            case STRUCT_NEW, STRUCT_NEW_DEFAULT, STRUCT_GET, STRUCT_GET_S, STRUCT_GET_U, STRUCT_SET ->
                aggregates.validate(opcode, in);
            case ARRAY_NEW, ARRAY_NEW_DEFAULT, ARRAY_NEW_FIXED, ARRAY_NEW_DATA, ARRAY_NEW_ELEM ->
                aggregates.validate(opcode, in);
            case ARRAY_GET, ARRAY_GET_S, ARRAY_GET_U, ARRAY_SET, ARRAY_LEN -> aggregates.validate(opcode, in);
            case ARRAY_FILL, ARRAY_COPY, ARRAY_INIT_DATA, ARRAY_INIT_ELEM -> aggregates.validate(opcode, in);
            case REF_I31, I31_GET_S, I31_GET_U, ANY_CONVERT_EXTERN, EXTERN_CONVERT_ANY ->
                aggregates.validate(opcode, in);
            default -> throw new AssertionError(opcode);
        }
    }

    private void select(Opcode opcode, InstructionReader in) {
        stack.pop(TypeSpace.I32);
        if (opcode == Opcode.SELECT_T) {
            List<ValType> list = in.types();
            if (list.size() != 1) {
                throw new InvalidException(
                        in.offset(), "invalid result arity " + list.size() + " of `select`, expected 1");
            }
            types.checkValue(list.getFirst(), in.offset(), context.features());
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
        int global = context.global(in.index(), in);
        boolean mutable = context.module().spaces().globals().get(global).mutable();
        if (opcode == Opcode.GLOBAL_SET) {
            if (!mutable) {
                throw new InvalidException(in.offset(), "immutable global " + global);
            }
            stack.pop(context.globalCode(global));
            return;
        }
        if (mutable && context.isConstant()) {
            throw new InvalidException(in.offset(), "constant expression required, found mutable global " + global);
        }
        stack.push(context.globalCode(global));
    }
}

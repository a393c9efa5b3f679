package tenon.core.compile;

import tenon.wasm.Opcode;

/** How many bytes of JVM bytecode an instruction becomes, roughly: what the plan of {@link Splitter} reckons with. */
final class BytecodeSize {
    /** Reading the memory's array again behind a call. */
    static final int RELOAD = 10;

    private BytecodeSize() {}

    /** Of one instruction without what it encloses; {@code end} and {@code else} included. */
    static int of(FunctionBody body, int i) {
        Opcode opcode = body.opcode(i);
        return switch (opcode) {
            case LOCAL_GET, LOCAL_SET, LOCAL_TEE -> local(body.index(i)) + (opcode == Opcode.LOCAL_TEE ? 1 : 0);
            case I32_CONST, I64_CONST, F32_CONST, F64_CONST -> 3;
            case NOP, BLOCK, END -> 1;
            case LOOP -> body.calls(i, body.block(i).end()) ? 8 : 22;
            case IF, ELSE -> 3;
            case TRY_TABLE -> 12 + 32 * body.block(i).catches().size();
            case THROW -> 14 + 8 * body.tagKinds(body.index(i)).length;
            case BR -> 3 + carried(body, body.index(i));
            case BR_IF, BR_ON_NULL, BR_ON_NON_NULL -> 4 + 2 * carried(body, body.index(i));
            case BR_TABLE -> branchTable(body, i);
            case CALL, CALL_REF -> 5 + RELOAD;
            case CALL_INDIRECT -> 45 + RELOAD;
            case RETURN_CALL, RETURN_CALL_INDIRECT, RETURN_CALL_REF -> 40 + 10 * Operands.count(body, i);
            case MEMORY_GROW, MEMORY_COPY, MEMORY_FILL, MEMORY_INIT -> 12 + RELOAD;
            case GLOBAL_GET, GLOBAL_SET -> 6;
            case SELECT -> 14;
            case STRUCT_NEW, ARRAY_NEW_FIXED -> 20 + 14 * Operands.count(body, i);
            case REF_TEST, REF_TEST_NULL, REF_CAST, REF_CAST_NULL, BR_ON_CAST, BR_ON_CAST_FAIL -> 16;
            default -> opcode.immediate() == Opcode.Immediate.MEMARG ? access(body, i) : other(opcode);
        };
    }

    private static int access(FunctionBody body, int i) {
        String name = body.opcode(i).mnemonic();
        // marks included; half of the offsets need no test of the sign
        return (name.contains("8") ? 4 : 10)
                + (body.bits(i) == 0 ? 0 : 8)
                + (body.hasWideAddress(i) ? 12 : 0)
                + (name.contains("store") ? 16 : 0)
                + (name.startsWith("f") ? 3 : 0);
    }

    private static int other(Opcode opcode) {
        return switch (opcode.immediate()) {
            case NONE -> {
                String signature = opcode.signature().orElse("");
                // a comparison makes its 0 or 1 by a branch
                boolean compares = signature.endsWith(":i")
                        && (signature.length() == 4 || opcode.mnemonic().endsWith("eqz"));
                yield compares && !arithmetic(opcode) ? 8 : 3;
            }
            default -> 8;
        };
    }

    private static boolean arithmetic(Opcode opcode) {
        return opcode.signature().orElse("").equals("ii:i")
                && opcode.code() >= Opcode.I32_ADD.code()
                && opcode.code() <= Opcode.I32_ROTR.code();
    }

    private static int local(int index) {
        return index < 4 ? 1 : index < 120 ? 2 : 4;
    }

    /** A branch that leaves values under its own moves them to variables and back. */
    private static int carried(FunctionBody body, int target) {
        return 4 * body.block(target).labelKinds().length;
    }

    private static int branchTable(FunctionBody body, int i) {
        return BranchTable.of(body.targets(i)).size();
    }

    /** Of the call that stands for a region, in the method around it. */
    static int ofCall(int parameters, int results, int outs, int exits) {
        return 2 * parameters + 5 + RELOAD + 7 * (results + outs) + (exits == 0 ? 0 : 8 + 10 * exits);
    }
}

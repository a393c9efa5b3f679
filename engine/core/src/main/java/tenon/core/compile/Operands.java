package tenon.core.compile;

import tenon.types.core.FuncType;
import tenon.types.core.TagType;

/** How many values an instruction takes from the operand stack. */
final class Operands {
    private Operands() {}

    /** Of a structured instruction: its parameters and condition. */
    static int count(FunctionBody body, int i) {
        return switch (body.opcode(i)) {
            case BLOCK, LOOP, TRY_TABLE -> body.block(i).params().length;
            case IF -> body.block(i).params().length + 1;
            case BR -> body.block(body.index(i)).labelKinds().length;
            case BR_IF, BR_ON_NULL -> body.block(body.index(i)).labelKinds().length + 1;
            case BR_ON_NON_NULL -> body.block(body.index(i)).labelKinds().length;
            case BR_TABLE -> body.block(body.targets(i)[0]).labelKinds().length + 1;
            case CALL, RETURN_CALL ->
                body.module().functionType(body.index(i)).params().size();
            case CALL_INDIRECT, RETURN_CALL_INDIRECT, CALL_REF, RETURN_CALL_REF ->
                ((FuncType) body.module().compositeType(body.index(i))).params().size() + 1;
            case THROW -> {
                TagType tag = body.module().spaces().tags().get(body.index(i));
                yield ((FuncType) body.module().compositeType(tag.typeIndex()))
                        .params()
                        .size();
            }
            case LOCAL_GET, GLOBAL_GET, REF_NULL, REF_FUNC, UNREACHABLE, ELSE, END -> 0;
            case LOCAL_SET, LOCAL_TEE, GLOBAL_SET, DROP, REF_IS_NULL, REF_AS_NON_NULL, TABLE_GET, THROW_REF -> 1;
            case REF_EQ, TABLE_SET, TABLE_GROW -> 2;
            case SELECT, TABLE_FILL, MEMORY_INIT, MEMORY_COPY, TABLE_INIT, TABLE_COPY -> 3;
            default ->
                body.opcode(i)
                        .signature()
                        .orElseThrow(() -> new AssertionError(body.opcode(i)))
                        .indexOf(':');
        };
    }
}

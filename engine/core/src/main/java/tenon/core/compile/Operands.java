package tenon.core.compile;

import tenon.types.core.FuncType;
import tenon.types.core.StructType;
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
            case STRUCT_NEW ->
                ((StructType) body.module().compositeType(body.index(i)))
                        .fields()
                        .size();
            case STRUCT_NEW_DEFAULT -> 0;
            case STRUCT_GET, STRUCT_GET_S, STRUCT_GET_U, ARRAY_NEW_DEFAULT, ARRAY_LEN -> 1;
            case REF_TEST, REF_TEST_NULL, REF_CAST, REF_CAST_NULL, BR_ON_CAST, BR_ON_CAST_FAIL -> 1;
            case REF_I31, I31_GET_S, I31_GET_U, ANY_CONVERT_EXTERN, EXTERN_CONVERT_ANY -> 1;
            case STRUCT_SET, ARRAY_NEW, ARRAY_NEW_DATA, ARRAY_NEW_ELEM, ARRAY_GET, ARRAY_GET_S, ARRAY_GET_U -> 2;
            case ARRAY_NEW_FIXED -> body.secondIndex(i);
            case ARRAY_SET -> 3;
            case ARRAY_FILL, ARRAY_INIT_DATA, ARRAY_INIT_ELEM -> 4;
            case ARRAY_COPY -> 5;
            case SELECT, TABLE_FILL, MEMORY_INIT, MEMORY_COPY, TABLE_INIT, TABLE_COPY -> 3;
            default ->
                body.opcode(i)
                        .signature()
                        .orElseThrow(() -> new AssertionError(body.opcode(i)))
                        .indexOf(':');
        };
    }
}

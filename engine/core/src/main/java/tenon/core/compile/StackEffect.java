package tenon.core.compile;

import tenon.types.core.ArrayType;
import tenon.types.core.FuncType;
import tenon.types.core.StructType;
import tenon.types.core.TagType;
import tenon.wasm.InstructionReader;
import tenon.wasm.Module;
import tenon.wasm.Opcode;

/** What instructions that are neither structured nor branches do to the operand stack; the body is valid. */
final class StackEffect {
    private StackEffect() {}

    static Stack apply(Module module, Opcode opcode, InstructionReader reader, Kind[] locals, Stack stack) {
        return switch (opcode) {
            case LOCAL_GET -> stack.push(locals[reader.index()]);
            case LOCAL_SET, GLOBAL_SET, DROP -> stack.pop();
            case LOCAL_TEE, REF_AS_NON_NULL -> stack;
            case GLOBAL_GET ->
                stack.push(Kind.of(module.spaces().globals().get(reader.index()).value()));
            case SELECT -> stack.pop(2);
            case CALL, RETURN_CALL -> call(module.functionType(reader.index()), stack);
            case CALL_INDIRECT, RETURN_CALL_INDIRECT, CALL_REF, RETURN_CALL_REF ->
                call((FuncType) module.compositeType(reader.index()), stack.pop());
            case REF_NULL, REF_FUNC -> stack.push(Kind.REF);
            case REF_IS_NULL -> stack.pop().push(Kind.I32);
            case REF_EQ -> stack.pop(2).push(Kind.I32);
            case TABLE_GET -> stack.pop().push(Kind.REF);
            case TABLE_SET -> stack.pop(2);
            case TABLE_GROW -> stack.pop(2).push(tableAddress(module, reader));
            case TABLE_SIZE -> stack.push(tableAddress(module, reader));
            case MEMORY_GROW -> stack.pop().push(memoryAddress(module, reader));
            case MEMORY_SIZE -> stack.push(memoryAddress(module, reader));
            case TABLE_FILL, MEMORY_INIT, MEMORY_COPY, TABLE_INIT, TABLE_COPY -> stack.pop(3);
            case STRUCT_NEW ->
                stack.pop(((StructType) module.compositeType(reader.index()))
                                .fields()
                                .size())
                        .push(Kind.REF);
            case STRUCT_NEW_DEFAULT -> stack.push(Kind.REF);
            case STRUCT_GET, STRUCT_GET_S, STRUCT_GET_U -> {
                var fields = ((StructType) module.compositeType(reader.index())).fields();
                yield stack.pop().push(Kind.of(fields.get(reader.secondIndex())));
            }
            case STRUCT_SET -> stack.pop(2);
            case ARRAY_NEW, ARRAY_NEW_DATA, ARRAY_NEW_ELEM -> stack.pop(2).push(Kind.REF);
            case ARRAY_NEW_DEFAULT -> stack.pop().push(Kind.REF);
            case ARRAY_NEW_FIXED -> stack.pop(reader.secondIndex()).push(Kind.REF);
            case ARRAY_GET, ARRAY_GET_S, ARRAY_GET_U ->
                stack.pop(2).push(Kind.of(((ArrayType) module.compositeType(reader.index())).element()));
            case ARRAY_SET -> stack.pop(3);
            case ARRAY_LEN, REF_TEST, REF_TEST_NULL, I31_GET_S, I31_GET_U ->
                stack.pop().push(Kind.I32);
            case ARRAY_FILL, ARRAY_INIT_DATA, ARRAY_INIT_ELEM -> stack.pop(4);
            case ARRAY_COPY -> stack.pop(5);
            case REF_CAST, REF_CAST_NULL, ANY_CONVERT_EXTERN, EXTERN_CONVERT_ANY -> stack;
            case REF_I31 -> stack.pop().push(Kind.REF);
            // the test; its BR_IF comes behind it
            case BR_ON_CAST, BR_ON_CAST_FAIL -> stack.push(Kind.I32);
            case UNREACHABLE -> stack;
            case THROW -> {
                TagType tag = module.spaces().tags().get(reader.index());
                yield stack.pop(((FuncType) module.compositeType(tag.typeIndex()))
                        .params()
                        .size());
            }
            case THROW_REF -> stack.pop();
            default -> {
                String signature = opcode.signature().orElseThrow(() -> new AssertionError(opcode));
                yield apply(signature, stack);
            }
        };
    }

    private static Kind tableAddress(Module module, InstructionReader reader) {
        return Kind.ofAddress(module.spaces().tables().get(reader.index()).limits());
    }

    private static Kind memoryAddress(Module module, InstructionReader reader) {
        return Kind.ofAddress(module.spaces().memories().get(reader.index()).limits());
    }

    private static Stack call(FuncType type, Stack stack) {
        return stack.pop(type.params().size()).push(Kind.of(type.results()));
    }

    private static Stack apply(String signature, Stack stack) {
        int colon = signature.indexOf(':');
        Stack result = stack.pop(colon);
        for (int i = colon + 1; i < signature.length(); i++) {
            result = result.push(Kind.of(signature.charAt(i)));
        }
        return result;
    }
}

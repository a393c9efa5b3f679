package tenon.wasm;

import static tenon.wasm.Feature.BULK_MEMORY;
import static tenon.wasm.Feature.MULTI_VALUE;
import static tenon.wasm.Feature.REFERENCE_TYPES;
import static tenon.wasm.Feature.SATURATING_FLOAT_TO_INT;
import static tenon.wasm.Feature.SIGN_EXTENSION;

import org.jspecify.annotations.Nullable;

/**
 * What of WebAssembly 2.0 is not in 1.0, as far as single instructions tell: WebAssembly 2.0, "Change History". Looked at only if
 * one of its features is off.
 */
final class VersionTwo {
    private static final @Nullable Feature[] NEEDED = new @Nullable Feature[Opcode.values().length];

    static {
        for (Opcode opcode : Opcode.values()) {
            NEEDED[opcode.ordinal()] = needed(opcode);
        }
    }

    private VersionTwo() {}

    private static @Nullable Feature needed(Opcode opcode) {
        return switch (opcode) {
            case I32_EXTEND8_S, I32_EXTEND16_S, I64_EXTEND8_S, I64_EXTEND16_S, I64_EXTEND32_S -> SIGN_EXTENSION;
            case I32_TRUNC_SAT_F32_S, I32_TRUNC_SAT_F32_U, I32_TRUNC_SAT_F64_S, I32_TRUNC_SAT_F64_U ->
                SATURATING_FLOAT_TO_INT;
            case I64_TRUNC_SAT_F32_S, I64_TRUNC_SAT_F32_U, I64_TRUNC_SAT_F64_S, I64_TRUNC_SAT_F64_U ->
                SATURATING_FLOAT_TO_INT;
            case MEMORY_INIT, MEMORY_COPY, MEMORY_FILL, DATA_DROP -> BULK_MEMORY;
            case TABLE_INIT, TABLE_COPY, ELEM_DROP -> BULK_MEMORY;
            case TABLE_GET, TABLE_SET, TABLE_GROW, TABLE_SIZE, TABLE_FILL -> REFERENCE_TYPES;
            case REF_NULL, REF_IS_NULL, REF_FUNC, SELECT_T -> REFERENCE_TYPES;
            default -> null;
        };
    }

    /** Whether features have all of it, so that nothing need be asked. */
    static boolean isWholeIn(Features features) {
        return features.has(SIGN_EXTENSION)
                && features.has(SATURATING_FLOAT_TO_INT)
                && features.has(BULK_MEMORY)
                && features.has(REFERENCE_TYPES)
                && features.has(MULTI_VALUE);
    }

    /** Checks that what an instruction needs is on. */
    static void check(Opcode opcode, Context context, InstructionReader in) {
        Feature needed = NEEDED[opcode.ordinal()];
        if (needed != null) {
            context.need(needed, opcode, in);
        }
    }
}

package tenon.wasm;

import tenon.types.InvalidException;
import tenon.types.core.Limits;
import tenon.types.core.MemoryType;

/** WebAssembly 3.0, section "Validation / Instructions / Memory Instructions". */
final class MemoryInstructions {
    private final Context context;
    private final TypingStack stack;

    MemoryInstructions(Context context) {
        this.context = context;
        this.stack = context.stack();
    }

    /** The common conditions of loads and stores; gives the address type. */
    int access(Opcode opcode, InstructionReader in) {
        MemoryType memory = context.memory(in.index(), in);
        if (opcode.isAtomic()) {
            context.need(Feature.THREADS, opcode, in);
            if (in.alignment() != opcode.naturalAlignment()) {
                throw new InvalidException(
                        in.offset(),
                        "alignment must be natural: 2^" + in.alignment() + ", expected 2^" + opcode.naturalAlignment());
            }
        }
        if (in.alignment() > opcode.naturalAlignment()) {
            throw new InvalidException(
                    in.offset(),
                    "alignment must not be larger than natural: 2^" + in.alignment() + ", expected at most 2^"
                            + opcode.naturalAlignment());
        }
        if (memory.limits().address() == Limits.AddressType.I32 && in.memoryOffset() >>> 32 != 0) {
            throw new InvalidException(in.offset(), "offset out of range: " + Long.toUnsignedString(in.memoryOffset()));
        }
        return Context.address(memory.limits());
    }

    void validate(Opcode opcode, InstructionReader in) {
        if (opcode == Opcode.MEMORY_COPY) {
            int target = Context.address(context.memory(in.index(), in).limits());
            int source = Context.address(context.memory(in.secondIndex(), in).limits());
            stack.pop(Math.min(target, source));
            stack.pop(source);
            stack.pop(target);
        } else {
            int target = Context.address(context.memory(in.secondIndex(), in).limits());
            context.data(in.index(), in);
            stack.pop(TypeSpace.I32);
            stack.pop(TypeSpace.I32);
            stack.pop(target);
        }
    }
}

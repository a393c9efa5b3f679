package tenon.make.core;

import tenon.types.core.ValType;
import tenon.wasm.BinaryWriter;
import tenon.wasm.Opcode;

/** A function body, or a constant expression, in the making. Confined to one run. */
public final class Body {
    private final BinaryWriter locals = new BinaryWriter();
    private final BinaryWriter code = new BinaryWriter();
    private int runs;

    /** No locals, no instructions. */
    public Body() {}

    /** Locals of one type. */
    public Body locals(int count, ValType type) {
        locals.writeU32(count).writeValType(type);
        runs++;
        return this;
    }

    /** An instruction without immediates. */
    public Body op(Opcode opcode) {
        code.writeOpcode(opcode);
        return this;
    }

    /** An instruction with an index. */
    public Body op(Opcode opcode, int index) {
        code.writeOpcode(opcode).writeU32(index);
        return this;
    }

    /** {@code i32.const}. */
    public Body i32(int value) {
        code.writeOpcode(Opcode.I32_CONST).writeSigned(value);
        return this;
    }

    /** {@code i64.const}. */
    public Body i64(long value) {
        code.writeOpcode(Opcode.I64_CONST).writeSigned(value);
        return this;
    }

    /** {@code call_indirect} through table 0. */
    public Body callIndirect(int type) {
        code.writeOpcode(Opcode.CALL_INDIRECT).writeU32(type).writeU32(0);
        return this;
    }

    /** A load or store of memory 0 in its natural alignment, offset 0. */
    public Body memory(Opcode opcode, int alignmentLog2) {
        code.writeOpcode(opcode).writeU32(alignmentLog2).writeU32(0);
        return this;
    }

    /** A load or store of memory 0 in its natural alignment, {@code offset} bytes on. */
    public Body memory(Opcode opcode, int alignmentLog2, int offset) {
        code.writeOpcode(opcode).writeU32(alignmentLog2).writeU32(offset);
        return this;
    }

    /** The start of a block without parameters and results. */
    public Body block(Opcode opcode) {
        code.writeOpcode(opcode).writeByte(0x40);
        return this;
    }

    /** A body as the code section has it, without its size, {@code end} added. */
    public BinaryWriter toBody() {
        return new BinaryWriter().writeU32(runs).write(locals).write(code).writeOpcode(Opcode.END);
    }

    /** A constant expression, {@code end} added. */
    public BinaryWriter toExpression() {
        return new BinaryWriter().write(code).writeOpcode(Opcode.END);
    }
}

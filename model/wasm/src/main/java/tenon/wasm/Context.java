package tenon.wasm;

import java.util.BitSet;
import tenon.types.InvalidException;
import tenon.types.core.Limits;
import tenon.types.core.MemoryType;
import tenon.types.core.TableType;

/**
 * What instructions are validated against: WebAssembly 3.0, section "Validation / Contexts". The index spaces of one module
 * with their types as the numbers of {@link TypeSpace}, and the stack that the instructions type. One object serves all bodies
 * and constant expressions of a module, one after the other.
 */
final class Context {
    private final Module module;
    private final Features features;
    private final TypeSpace types;
    private final TypingStack stack;

    /** Functions that instructions may refer to: those that occur in the module outside of bodies. */
    private final BitSet declared = new BitSet();

    private final int[] globalCodes;
    private final int[] tableCodes;

    /** Globals that a constant expression may use; −1 in a body. */
    private int constantGlobals = -1;

    Context(Module module, Features features, TypeSpace types) {
        this.module = module;
        this.features = features;
        this.types = types;
        this.stack = new TypingStack(types);
        globalCodes = new int[module.spaces().globals().size()];
        tableCodes = new int[module.spaces().tables().size()];
    }

    Module module() {
        return module;
    }

    Features features() {
        return features;
    }

    TypeSpace types() {
        return types;
    }

    TypingStack stack() {
        return stack;
    }

    /** Begins a constant expression that may use so many globals, from the first; −1 begins a body. */
    void constant(int globals) {
        constantGlobals = globals;
    }

    boolean isConstant() {
        return constantGlobals >= 0;
    }

    void need(Feature feature, Opcode opcode, InstructionReader in) {
        if (!features.has(feature)) {
            throw new InvalidException(
                    in.offset(), "`" + opcode.mnemonic() + "` needs the feature " + feature + ", which is not enabled");
        }
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

    boolean isDeclared(int function) {
        return declared.get(function);
    }

    /** A function index that is known. */
    int function(int function, int at) {
        return known(function, module.spaces().functions().size(), "function", at);
    }

    /** The index of a known function's type. */
    int functionType(int function, InstructionReader in) {
        return module.spaces().functions().get(function(function, in.offset()));
    }

    /** A global index that is known, and may be used here. */
    int global(int global, InstructionReader in) {
        return known(global, isConstant() ? constantGlobals : globalCodes.length, "global", in.offset());
    }

    int globalCode(int global) {
        return globalCodes[global];
    }

    /** The index of a known tag's type. */
    int tagType(int tag, InstructionReader in) {
        int size = module.spaces().tags().size();
        return module.spaces().tags().get(known(tag, size, "tag", in.offset())).typeIndex();
    }

    MemoryType memory(int memory, InstructionReader in) {
        int size = module.spaces().memories().size();
        return module.spaces().memories().get(known(memory, size, "memory", in.offset()));
    }

    TableType table(int table, InstructionReader in) {
        return module.spaces().tables().get(known(table, tableCodes.length, "table", in.offset()));
    }

    /** The element type of a known table. */
    int tableCode(int table) {
        return tableCodes[table];
    }

    void data(int data, InstructionReader in) {
        known(data, module.data().size(), "data segment", in.offset());
    }

    Module.ElementSegment element(int element, InstructionReader in) {
        return module.elements().get(known(element, module.elements().size(), "elem segment", in.offset()));
    }

    private static int known(int index, int size, String what, int at) {
        if (Integer.compareUnsigned(index, size) >= 0) {
            throw new InvalidException(at, "unknown " + what + " " + Integer.toUnsignedString(index));
        }
        return index;
    }

    /** The type of addresses. */
    static int address(Limits limits) {
        return limits.address() == Limits.AddressType.I32 ? TypeSpace.I32 : TypeSpace.I64;
    }
}

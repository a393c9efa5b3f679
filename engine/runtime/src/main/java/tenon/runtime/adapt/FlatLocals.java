package tenon.runtime.adapt;

import java.lang.classfile.CodeBuilder;
import java.util.ArrayList;
import java.util.List;
import tenon.types.core.NumType;

/** Core values in local variables, read or written in order; a variant's payload sees them as what its own type asks for. */
final class FlatLocals {
    /** One core value. */
    private record Local(int index, NumType type) {}

    private final List<Local> locals = new ArrayList<>();
    private int next;

    /** Adds a local variable. */
    void add(int index, NumType type) {
        locals.add(new Local(index, type));
    }

    int position() {
        return next;
    }

    void position(int position) {
        next = position;
    }

    int size() {
        return locals.size();
    }

    /** Pushes the next value as {@code wanted}: CanonicalABI.md, {@code CoerceValueIter}. */
    void load(CodeBuilder code, NumType wanted) {
        Local local = locals.get(next++);
        code.loadLocal(Emitter.kind(local.type), local.index);
        if (local.type == wanted) {
            return;
        }
        switch (wanted) {
            case I32 -> {
                assert local.type == NumType.I64;
                code.l2i();
            }
            case F32 -> {
                if (local.type == NumType.I64) {
                    code.l2i();
                }
                code.invokestatic(
                        Emitter.desc(Float.class),
                        "intBitsToFloat",
                        java.lang.constant.MethodTypeDesc.ofDescriptor("(I)F"));
            }
            case F64 ->
                code.invokestatic(
                        Emitter.desc(Double.class),
                        "longBitsToDouble",
                        java.lang.constant.MethodTypeDesc.ofDescriptor("(J)D"));
            case I64 -> throw new AssertionError("nothing narrower joins to i64 but as itself");
        }
    }

    /** Stores what lies on the stack as {@code given}: CanonicalABI.md, {@code lower_flat_variant}. */
    void store(CodeBuilder code, NumType given) {
        Local local = locals.get(next++);
        if (local.type != given) {
            switch (given) {
                case I32 -> widen(code);
                case F32 -> {
                    code.invokestatic(
                            Emitter.desc(Float.class),
                            "floatToIntBits",
                            java.lang.constant.MethodTypeDesc.ofDescriptor("(F)I"));
                    if (local.type == NumType.I64) {
                        widen(code);
                    }
                }
                case F64 ->
                    code.invokestatic(
                            Emitter.desc(Double.class),
                            "doubleToLongBits",
                            java.lang.constant.MethodTypeDesc.ofDescriptor("(D)J"));
                case I64 -> throw new AssertionError("i64 joins to nothing else");
            }
        }
        code.storeLocal(Emitter.kind(local.type), local.index);
    }

    /** Turns the int on the stack into a long whose high half is zero. */
    static void widen(CodeBuilder code) {
        code.i2l();
        code.loadConstant(0xffffffffL);
        code.land();
    }

    /** New local variables for core values, all zero. */
    static FlatLocals zeroed(CodeBuilder code, List<NumType> types) {
        var flat = new FlatLocals();
        for (NumType type : types) {
            int local = code.allocateLocal(Emitter.kind(type));
            switch (type) {
                case I32 -> code.iconst_0();
                case I64 -> code.lconst_0();
                case F32 -> code.fconst_0();
                case F64 -> code.dconst_0();
            }
            code.storeLocal(Emitter.kind(type), local);
            flat.add(local, type);
        }
        return flat;
    }

    /** Pushes all values in order, as they are. */
    void loadAll(CodeBuilder code) {
        for (Local local : locals) {
            code.loadLocal(Emitter.kind(local.type), local.index);
        }
    }
}

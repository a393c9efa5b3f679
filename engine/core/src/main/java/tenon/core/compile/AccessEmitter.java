package tenon.core.compile;

import static java.lang.constant.ConstantDescs.CD_Double;
import static java.lang.constant.ConstantDescs.CD_Float;
import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.BitSet;
import tenon.wasm.Opcode;

/**
 * Loads and stores. WebAssembly 3.0, "Memory Instructions".
 *
 * <p>All is written into the guest's own method: the JIT inlines accessors of ours only up to limits, which count all that
 * the JDK's accessors bring along, but the JDK's own ones always.
 *
 * <p>An address of 2 GiB and more is a negative index and out of bounds. Without an offset the array finds that itself; with
 * one, the sum could wrap around to an index that exists, so that the sign is tested first: once for accesses through a local
 * that nothing has set in between.
 *
 * <p>Addresses of 64 bits are held against 2 GiB the same way, and are 32 bits wide from there on.
 *
 * <p>Memories in chunks are read and written by methods of ours, which take the address and the offset as they are.
 */
final class AccessEmitter {
    /** How far back the instruction that pushed an address is looked for. */
    private static final int REACH = 64;

    private final MethodContext context;
    private final FunctionBody body;
    private final CodeBuilder code;
    /** Locals that are known to be less than 2 GiB here, unsigned. */
    private final BitSet tested = new BitSet();

    AccessEmitter(MethodContext context) {
        this.context = context;
        this.body = context.body;
        this.code = context.code;
    }

    /** How an array is read and written as units wider than a byte. */
    private enum View {
        BYTE(TypeKind.BYTE, "Byte"),
        SHORT(TypeKind.SHORT, "Short"),
        CHAR(TypeKind.CHAR, "Char"),
        INT(TypeKind.INT, "Int"),
        LONG(TypeKind.LONG, "Long");

        final ClassDesc unit;
        final MethodTypeDesc get;
        final MethodTypeDesc set;
        final String getter;
        final String setter;

        View(TypeKind kind, String name) {
            this.unit = kind.upperBound();
            this.get = MethodTypeDesc.of(unit, Runtime.BYTES, CD_int);
            this.set = MethodTypeDesc.of(CD_void, Runtime.BYTES, CD_int, unit);
            this.getter = "get" + name;
            this.setter = "set" + name;
        }

        static View of(Opcode opcode) {
            return switch (opcode) {
                case I32_LOAD8_S, I32_LOAD8_U, I64_LOAD8_S, I64_LOAD8_U, I32_STORE8, I64_STORE8 -> BYTE;
                case I32_LOAD16_S, I64_LOAD16_S, I32_STORE16, I64_STORE16 -> SHORT;
                case I32_LOAD16_U, I64_LOAD16_U -> CHAR;
                case I32_LOAD, F32_LOAD, I64_LOAD32_S, I64_LOAD32_U, I32_STORE, F32_STORE, I64_STORE32 -> INT;
                case I64_LOAD, F64_LOAD, I64_STORE, F64_STORE -> LONG;
                default -> throw new AssertionError(opcode);
            };
        }
    }

    /** Notes that a local was set. */
    void set(int local) {
        tested.clear(local);
    }

    /** Notes that control may come from elsewhere. */
    void meet() {
        tested.clear();
    }

    void access(int i) {
        Opcode opcode = body.opcode(i);
        View view = View.of(opcode);
        int memory = context.memorySlot(body.index(i));
        if (context.layout.options().largeMemories()) {
            chunkAccess(i, view, memory);
            return;
        }
        if (body.before(i).height() == body.before(i + 1).height()) {
            index(i, body.before(i).height() - 1);
            array(view, memory);
            if (view == View.BYTE) {
                code.baload();
            } else {
                code.invokevirtual(Runtime.VAR_HANDLE, "get", view.get);
            }
            widen(opcode);
            return;
        }
        int mark = context.mark();
        Kind kind = narrow(opcode);
        int value = context.newSlot(kind);
        context.store(kind, value);
        index(i, body.before(i).height() - 2);
        boolean marks = context.layout.options().resettable();
        int at = -1;
        if (marks) {
            at = context.newSlot(Kind.I32);
            code.dup().istore(at);
        }
        array(view, memory);
        context.load(kind, value);
        if (view == View.BYTE) {
            code.bastore();
        } else {
            code.invokevirtual(Runtime.VAR_HANDLE, "set", view.set);
        }
        if (marks) {
            code.aload(context.dirtySlot(body.index(i))).iload(at);
            context.constant(CompileOptions.MARK);
            code.iushr().iconst_1().bastore();
        }
        context.release(mark);
    }

    /** An access to a memory in chunks, which knows its bounds. */
    private void chunkAccess(int i, View view, int memory) {
        Opcode opcode = body.opcode(i);
        boolean loads = body.before(i).height() == body.before(i + 1).height();
        if (!loads) {
            narrow(opcode);
            if (view == View.BYTE) {
                code.i2b();
            }
        }
        ClassDesc address = body.hasWideAddress(i) ? CD_long : CD_int;
        code.loadConstant(body.bits(i)).aload(memory);
        code.invokestatic(
                Runtime.CHUNK_ACCESS,
                loads ? view.getter : view.setter,
                loads
                        ? MethodTypeDesc.of(view.unit, address, CD_long, Runtime.CHUNKS)
                        : MethodTypeDesc.of(CD_void, address, view.unit, CD_long, Runtime.CHUNKS));
        if (loads) {
            widen(opcode);
        }
    }

    /** Puts the array, and the view's handle, under the index. */
    private void array(View view, int memory) {
        if (view == View.BYTE) {
            code.aload(memory).swap();
        } else {
            code.getstatic(Runtime.ACCESS, view.name(), Runtime.VAR_HANDLE)
                    .aload(memory)
                    .dup2_x1()
                    .pop2();
        }
    }

    /**
     * Makes an index of the address on top of the stack, which lies at {@code height} on that of WebAssembly. An offset of
     * 2 GiB and more is out of bounds whatever the address, since no memory is that long.
     */
    private void index(int i, int height) {
        long offset = body.bits(i);
        boolean wide = body.hasWideAddress(i);
        if (offset == 0 && !wide) {
            return;
        }
        int origin = origin(i, height);
        if (origin < 0 || !tested.get(origin)) {
            Label inside = code.newLabel();
            if (wide) {
                code.dup2()
                        .loadConstant(Integer.SIZE - 1)
                        .lushr()
                        .lconst_0()
                        .lcmp()
                        .ifeq(inside);
            } else {
                code.dup().ifge(inside);
            }
            code.invokestatic(Runtime.ACCESS, "beyond", MethodTypeDesc.of(CD_void))
                    .labelBinding(inside);
            if (origin >= 0) {
                tested.set(origin);
            }
        }
        if (wide) {
            code.l2i();
        }
        if (offset == 0) {
            return;
        }
        boolean beyond = offset > Integer.MAX_VALUE || offset < 0;
        context.constant(beyond ? Integer.MIN_VALUE : (int) offset);
        code.iadd();
    }

    /** The local whose present value lies at a height of the stack before an instruction, or −1. */
    private int origin(int i, int height) {
        int k = i;
        while (k > 0 && i - k < REACH && body.before(k).height() != height + 1) {
            k--;
        }
        int pushed = k - 1;
        if (pushed < 0 || body.before(k).height() != height + 1) {
            return -1;
        }
        Opcode opcode = body.opcode(pushed);
        if (opcode != Opcode.LOCAL_GET && opcode != Opcode.LOCAL_TEE) {
            return -1;
        }
        int local = body.index(pushed);
        for (int at = k; at < i; at++) {
            boolean sets = body.opcode(at) == Opcode.LOCAL_SET || body.opcode(at) == Opcode.LOCAL_TEE;
            if (sets && body.index(at) == local) {
                return -1;
            }
        }
        return local;
    }

    private void widen(Opcode opcode) {
        switch (opcode) {
            case I32_LOAD8_U -> code.loadConstant(0xff).iand();
            case I64_LOAD8_U -> code.loadConstant(0xff).iand().i2l();
            case I64_LOAD8_S, I64_LOAD16_S, I64_LOAD16_U, I64_LOAD32_S -> code.i2l();
            case I64_LOAD32_U -> code.i2l().loadConstant(0xffff_ffffL).land();
            case F32_LOAD -> code.invokestatic(CD_Float, "intBitsToFloat", MethodTypeDesc.of(CD_float, CD_int));
            case F64_LOAD -> code.invokestatic(CD_Double, "longBitsToDouble", MethodTypeDesc.of(CD_double, CD_long));
            default -> {}
        }
    }

    /** Makes the value on top of the stack what is stored; its kind then. */
    private Kind narrow(Opcode opcode) {
        switch (opcode) {
            case I32_STORE16 -> code.i2s();
            case I64_STORE16 -> code.l2i().i2s();
            case I64_STORE8, I64_STORE32 -> code.l2i();
            case F32_STORE -> code.invokestatic(CD_Float, "floatToRawIntBits", MethodTypeDesc.of(CD_int, CD_float));
            case F64_STORE ->
                code.invokestatic(CD_Double, "doubleToRawLongBits", MethodTypeDesc.of(CD_long, CD_double));
            default -> {}
        }
        return opcode == Opcode.I64_STORE || opcode == Opcode.F64_STORE ? Kind.I64 : Kind.I32;
    }
}

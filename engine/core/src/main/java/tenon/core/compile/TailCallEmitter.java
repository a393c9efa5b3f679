package tenon.core.compile;

import static java.lang.constant.ConstantDescs.CD_MethodHandle;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import tenon.types.core.FuncType;
import tenon.wasm.Opcode;

/**
 * Tail calls. WebAssembly 3.0, "Control Instructions": a function's call of itself is a jump to its start, any other is left
 * to the caller as a {@code TailCall}.
 */
final class TailCallEmitter {
    private final MethodContext context;
    private final FunctionBody body;
    private final CodeBuilder code;
    private final boolean root;
    private final Label start;

    /** {@code start} is the first instruction of the whole body. */
    TailCallEmitter(MethodContext context, boolean root, Label start) {
        this.context = context;
        this.body = context.body;
        this.code = context.code;
        this.root = root;
        this.start = start;
    }

    void emit(int i, ControlEmitter control) {
        Opcode opcode = body.opcode(i);
        if (root && opcode == Opcode.RETURN_CALL && body.index(i) == body.functionIndex()) {
            restart(i, control);
            return;
        }
        int typeIndex = opcode == Opcode.RETURN_CALL
                ? body.module().spaces().functions().get(body.index(i))
                : body.index(i);
        Kind[] params = Kind.of(((FuncType) body.module().compositeType(typeIndex)).params());
        Stack below = body.before(i).pop(Operands.count(body, i));
        int mark = context.mark();
        int operand = -1;
        if (opcode != Opcode.RETURN_CALL) {
            context.narrow(body.before(i).top());
            Kind kind = opcode == Opcode.RETURN_CALL_REF ? Kind.REF : Kind.I32;
            operand = context.newSlot(kind);
            context.store(kind, operand);
        }
        int[] slots = control.store(params);
        code.new_(Runtime.TAIL_CALL).dup();
        callee(i, operand);
        if (params.length == 0) {
            code.aconst_null();
        } else {
            new MultiValue(code).pack(params, slots);
        }
        code.ldc(TailsClass.spread(context.layout, typeIndex));
        code.invokespecial(
                Runtime.TAIL_CALL,
                ConstantDescs.INIT_NAME,
                MethodTypeDesc.of(CD_void, Runtime.FUNCTION, CD_Object, CD_MethodHandle));
        int left = context.newSlot(Kind.REF);
        code.astore(left);
        context.loadInstance();
        code.aload(left).putfield(Runtime.INSTANCE, "tailCall", Runtime.TAIL_CALL);
        context.release(mark);
        leave(below, control);
    }

    private void restart(int i, ControlEmitter control) {
        int mark = context.mark();
        Kind[] params = Kind.of(body.type().params());
        int[] slots = control.store(params);
        context.drop(body.before(i).pop(params.length), context.low);
        for (int k = 0; k < params.length; k++) {
            context.load(params[k], slots[k]);
            context.store(params[k], context.slot(k));
        }
        context.release(mark);
        if (context.layout.options().interruptible()) {
            // a loop to the JIT, which takes the check at the entry out of it
            context.loadInterrupt();
            code.invokestatic(Runtime.INTERRUPT, "pollLoop", MethodTypeDesc.of(CD_void, Runtime.INTERRUPT));
        }
        code.goto_(start);
    }

    private void callee(int i, int operand) {
        switch (body.opcode(i)) {
            case RETURN_CALL -> {
                context.loadInstance();
                context.constant(body.index(i));
                code.invokevirtual(Runtime.INSTANCE, "function", MethodTypeDesc.of(Runtime.FUNCTION, CD_int));
            }
            case RETURN_CALL_INDIRECT -> {
                context.loadInstance();
                code.getfield(context.layout.instance(), "table" + body.secondIndex(i), Runtime.TABLE)
                        .iload(operand);
                context.loadType(body.index(i));
                code.invokevirtual(
                        Runtime.TABLE, "tailCallee", MethodTypeDesc.of(Runtime.FUNCTION, CD_int, Runtime.SIGNATURE));
            }
            case RETURN_CALL_REF ->
                code.aload(operand)
                        .invokestatic(Runtime.BULK, "callee", MethodTypeDesc.of(Runtime.FUNCTION, CD_Object));
            default -> throw new AssertionError(body.opcode(i));
        }
    }

    /** Returns values that nobody reads. */
    private void leave(Stack below, ControlEmitter control) {
        Kind[] results = Kind.of(body.type().results());
        if (root && results.length > 1) {
            code.aconst_null().areturn();
            return;
        }
        for (Kind kind : results) {
            switch (kind) {
                case I32 -> code.iconst_0();
                case I64 -> code.lconst_0();
                case F32 -> code.fconst_0();
                case F64 -> code.dconst_0();
                case REF -> code.aconst_null();
            }
        }
        control.pass(0, below.push(results));
    }
}

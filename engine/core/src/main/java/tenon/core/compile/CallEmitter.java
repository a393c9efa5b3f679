package tenon.core.compile;

import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import tenon.types.core.FuncType;
import tenon.wasm.Opcode;

/**
 * Calls: a function of the module by {@code invokestatic}; imports, tables and references through the bridges of {@link
 * CallsClass}. WebAssembly 3.0, "Control Instructions", calls.
 */
final class CallEmitter {
    private final MethodContext context;
    private final FunctionBody body;
    private final CodeBuilder code;
    private final MemoryEmitter memory;

    CallEmitter(MethodContext context, MemoryEmitter memory) {
        this.context = context;
        this.body = context.body;
        this.code = context.code;
        this.memory = memory;
    }

    /** At the start of a function that calls: asks whether the guest is to stop, for recursion without loops. */
    void enter() {
        if (!context.layout.options().interruptible()) {
            return;
        }
        for (int i = 0; i < body.size(); i++) {
            if (body.calls(i) && body.opcode(i) != Opcode.MEMORY_GROW || body.isTailCall(i)) {
                context.loadInterrupt();
                code.invokestatic(Runtime.INTERRUPT, "pollCall", MethodTypeDesc.of(CD_void, Runtime.INTERRUPT));
                return;
            }
        }
    }

    void call(int i) {
        ModuleLayout layout = context.layout;
        int function = body.index(i);
        context.loadInstance();
        code.invokestatic(layout.owner(function), layout.method(function), layout.descriptor(function));
        behind(i, layout.module().functionType(function));
    }

    void indirect(int i) {
        FuncType type = (FuncType) context.layout.module().compositeType(body.index(i));
        context.narrow(body.before(i).top());
        context.loadInstance();
        code.getfield(context.layout.instance(), "table" + body.secondIndex(i), Runtime.TABLE);
        code.invokestatic(
                context.layout.calls(),
                CallsClass.indirect(body.index(i)),
                ModuleLayout.descriptor(type, List.of(CD_int, Runtime.TABLE)));
        behind(i, type);
    }

    void reference(int i) {
        FuncType type = (FuncType) context.layout.module().compositeType(body.index(i));
        code.invokestatic(
                context.layout.calls(),
                CallsClass.reference(body.index(i)),
                ModuleLayout.descriptor(type, List.of(Kind.REF.descriptor())));
        behind(i, type);
    }

    /** Spreads several results, and loads what a callee may have replaced. */
    private void behind(int i, FuncType type) {
        Kind[] results = Kind.of(type.results());
        if (results.length > 1) {
            int mark = context.mark();
            int slot = context.newSlot(Kind.REF);
            code.astore(slot);
            new MultiValue(code).unpack(results, slot);
            context.release(mark);
        }
        if (!body.leaves(i)) {
            memory.reload(i + 1);
        }
    }
}

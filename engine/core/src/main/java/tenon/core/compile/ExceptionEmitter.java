package tenon.core.compile;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_int;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import tenon.wasm.Opcode;

/**
 * Exceptions as those of the JVM. WebAssembly 3.0, "Control Instructions": {@code throw}, {@code throw_ref}, and the clauses
 * of {@code try_table}. Only {@code GuestException}s are caught: traps, whatever their form in the JVM, pass all handlers.
 *
 * <p>A region that becomes a method inside of {@code try_table}s handles their clauses itself: they are branches that leave
 * it, so the locals that it has set go the way that they go with any other branch. What none of them takes leaves the function.
 */
final class ExceptionEmitter {
    private final MethodContext context;
    private final FunctionBody body;
    private final CodeBuilder code;
    private final MemoryEmitter memory;

    ExceptionEmitter(MethodContext context, MemoryEmitter memory) {
        this.context = context;
        this.body = context.body;
        this.code = context.code;
        this.memory = memory;
    }

    /** Emits {@code throw} or {@code throw_ref}. */
    void raise(int i, ControlEmitter control) {
        if (body.opcode(i) == Opcode.THROW) {
            Kind[] kinds = body.tagKinds(body.index(i));
            int mark = context.mark();
            int[] slots = control.store(kinds);
            context.loadInstance();
            context.constant(body.index(i));
            if (kinds.length == 0) {
                code.aconst_null();
            } else {
                new MultiValue(code).pack(kinds, slots);
            }
            context.release(mark);
            code.invokestatic(
                    Runtime.EXCEPTIONS,
                    "raise",
                    MethodTypeDesc.of(Runtime.EXCEPTION, Runtime.INSTANCE, CD_int, CD_Object));
        } else {
            code.invokestatic(Runtime.EXCEPTIONS, "referred", MethodTypeDesc.of(Runtime.EXCEPTION, CD_Object));
        }
        code.athrow();
    }

    /**
     * Emits the handler of what is thrown between two labels; nothing falls into it. The clauses are tried in their order, and
     * what none takes is thrown on.
     *
     * @param base the operand stack below what the clauses push, none of it on the JVM's stack
     */
    void handle(Label from, Label to, List<Catch> clauses, Stack base, ControlEmitter control) {
        Label handler = code.newLabel();
        code.exceptionCatch(from, to, handler, Runtime.EXCEPTION);
        int mark = context.mark();
        int exception = context.newSlot(Kind.REF);
        code.labelBinding(handler).astore(exception);
        // a callee may have replaced the arrays
        memory.reloadAll();
        for (Catch clause : clauses) {
            Label next = code.newLabel();
            if (clause.kind().hasTag()) {
                compare(exception, clause.tag(), next);
            }
            branch(exception, clause, base, control);
            code.labelBinding(next);
            if (!clause.kind().hasTag()) {
                context.release(mark);
                return;
            }
        }
        code.aload(exception).athrow();
        context.release(mark);
    }

    private void compare(int exception, int tag, Label otherwise) {
        code.aload(exception).invokevirtual(Runtime.EXCEPTION, "tag", MethodTypeDesc.of(Runtime.TAG));
        context.loadInstance();
        context.constant(tag);
        code.invokevirtual(Runtime.INSTANCE, "tag", MethodTypeDesc.of(Runtime.TAG, CD_int))
                .if_acmpne(otherwise);
    }

    private void branch(int exception, Catch clause, Stack base, ControlEmitter control) {
        Stack stack = base;
        if (clause.kind().hasTag()) {
            Kind[] kinds = body.tagKinds(clause.tag());
            unpack(exception, kinds);
            stack = stack.push(kinds);
        }
        if (clause.kind().hasReference()) {
            code.aload(exception);
            stack = stack.push(Kind.REF);
        }
        control.branch(clause.target(), stack);
    }

    private void unpack(int exception, Kind[] kinds) {
        if (kinds.length == 0) {
            return;
        }
        ClassDesc array = MultiValue.array(kinds);
        int mark = context.mark();
        int values = context.newSlot(Kind.REF);
        code.aload(exception)
                .invokevirtual(Runtime.EXCEPTION, "values", MethodTypeDesc.of(CD_Object))
                .checkcast(array)
                .astore(values);
        new MultiValue(code).unpack(kinds, values);
        context.release(mark);
    }
}

package tenon.runtime.adapt;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;
import tenon.runtime.abi.LiftLowerContext;
import tenon.runtime.canon.LiftedFunction;
import tenon.runtime.canon.Signature;
import tenon.runtime.task.ComponentInstance;
import tenon.runtime.task.Subtask;
import tenon.runtime.task.Task;
import tenon.types.component.Layout;

/** What adapters write around values: scopes of borrows, and checks of what goes through memory. */
final class Scopes {
    private Scopes() {}

    /** A new object of a class without arguments, in a new local variable. */
    static int create(Emitter emitter, Class<?> type) {
        CodeBuilder code = emitter.code();
        code.new_(Emitter.desc(type));
        code.dup();
        code.invokespecial(Emitter.desc(type), "<init>", MethodTypeDesc.ofDescriptor("()V"));
        return emitter.store(TypeKind.REFERENCE);
    }

    static int newSubtask(Emitter emitter) {
        return create(emitter, Subtask.class);
    }

    /** The context within a task or subtask, in a new local variable. */
    static int within(Emitter emitter, int cx, int scope, Class<?> type) {
        emitter.code().aload(cx);
        emitter.code().aload(scope);
        emitter.virtual(LiftLowerContext.class, "within", LiftLowerContext.class, type);
        return emitter.store(TypeKind.REFERENCE);
    }

    /** Gives back what the call borrowed; nothing if {@code subtask} is -1. */
    static void end(Emitter emitter, int subtask) {
        if (subtask >= 0) {
            emitter.code().aload(subtask);
            emitter.virtual(Subtask.class, "end", void.class);
        }
    }

    /** Checks an address in a local variable, from which is read. */
    static void check(Emitter emitter, MemoryEmitter memory, int address, Layout layout) {
        check(emitter, "checkTuple", memory, address, layout);
    }

    /** Checks an address in a local variable, to which is written. */
    static void checkTarget(Emitter emitter, MemoryEmitter memory, int address, Layout layout) {
        check(emitter, "checkTarget", memory, address, layout);
    }

    private static void check(Emitter emitter, String step, MemoryEmitter memory, int address, Layout layout) {
        CodeBuilder code = emitter.code();
        code.aload(memory.cx());
        memory.wide(address);
        code.loadConstant(layout.size());
        code.loadConstant(layout.alignment());
        emitter.step(step, void.class, LiftLowerContext.class, long.class, int.class, int.class);
    }

    /** The checked address of parameters that come through memory, in a new local variable. */
    static int tuple(Emitter emitter, Signature signature, FlatLocals flat, MemoryEmitter memory) {
        flat.load(emitter.code(), memory.flat());
        int address = emitter.store(memory.kind());
        check(emitter, memory, address, signature.tuple(memory.pointer()).whole());
        return address;
    }

    /** Room for parameters that go through memory: its address, in a new local variable. */
    static int allocateTuple(Emitter emitter, Signature signature, LowerEmitter lower) {
        Layout whole = signature.tuple(lower.memory().pointer()).whole();
        emitter.code().loadConstant((long) whole.size());
        int size = emitter.store(TypeKind.LONG);
        return lower.allocate(whole.alignment(), size);
    }

    /** Calls a lifted function's core function, whose context an object of class {@code owner} in a local variable has. */
    static void callCore(Emitter emitter, MethodHandle core, FlatLocals arguments, Class<?> owner, int local) {
        emitter.invoke(core, () -> {
            arguments.loadAll(emitter.code());
            emitter.code().aload(local);
            emitter.virtual(owner, "coreContext", Object.class);
        });
    }

    /** Says that the core function has returned, if its result is counted. */
    static void returned(Emitter emitter, Signature signature, int callee) {
        if (signature.countsResult()) {
            emitter.code().aload(callee);
            emitter.virtual(LiftedFunction.class, "returned", void.class);
        }
    }

    /** Traps if borrowed handles are left; nothing if {@code task} is -1. */
    static void trapIfBorrowsRemain(Emitter emitter, int task) {
        if (task >= 0) {
            emitter.code().aload(task);
            emitter.virtual(Task.class, "trapIfBorrowsRemain", void.class);
        }
    }

    /** Runs post-return, if there is one, with the core result in a local variable, if there is one. */
    static void postReturn(Emitter emitter, @Nullable MethodHandle postReturn, int callee, int result, TypeKind kind) {
        if (postReturn == null) {
            return;
        }
        CodeBuilder code = emitter.code();
        mayLeave(emitter, callee, false);
        emitter.invoke(postReturn, () -> {
            if (result >= 0) {
                code.loadLocal(kind, result);
            }
            code.aload(callee);
            emitter.virtual(LiftedFunction.class, "postReturnContext", Object.class);
        });
        mayLeave(emitter, callee, true);
    }

    private static void mayLeave(Emitter emitter, int callee, boolean allowed) {
        emitter.code().aload(callee);
        emitter.virtual(LiftedFunction.class, "instance", ComponentInstance.class);
        emitter.code().loadConstant(allowed ? 1 : 0);
        emitter.virtual(ComponentInstance.class, "mayLeave", void.class, boolean.class);
    }
}

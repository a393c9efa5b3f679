package tenon.runtime.adapt;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tenon.runtime.abi.LiftLowerContext;
import tenon.runtime.canon.CoreCall;
import tenon.runtime.canon.ImplicitThread;
import tenon.runtime.canon.LiftedFunction;
import tenon.runtime.canon.Lowering;
import tenon.runtime.canon.Signature;
import tenon.runtime.canon.TaskBuiltins;
import tenon.types.component.PointerType;
import tenon.types.component.ValueType;
import tenon.types.core.FuncType;
import tenon.types.core.NumType;
import tenon.types.core.ValType;

/**
 * A call between two guests that is a task, generated: {@code canon lower} of {@code canon lift} on the stack of the caller, for as long
 * as nothing blocks there; and {@code canon task.return}. Agrees with what {@link Lowering} does without it.
 */
public final class TaskCall {
    private final Emitter emitter;
    private final CodeBuilder code;
    private final Signature signature;
    private final TransferEmitter.Way way;
    private final boolean lowersAsync;
    private final Callee callee;
    private int call;

    /**
     * What is called, as far as it is the same for all instances.
     *
     * @param core its core function, of type {@code (parameters…, Object context) → result}
     * @param postReturn likewise, or null
     * @param async whether it is lifted async
     * @param callback whether it has a callback
     */
    public record Callee(
            Side side, MethodHandle core, @Nullable MethodHandle postReturn, boolean async, boolean callback) {}

    private TaskCall(
            Emitter emitter, Signature signature, TransferEmitter.Way way, boolean lowersAsync, Callee callee) {
        this.emitter = emitter;
        this.code = emitter.code();
        this.signature = signature;
        this.way = way;
        this.lowersAsync = lowersAsync;
        this.callee = callee;
    }

    /**
     * The adapter, if it is not too big for the JIT, of type {@code (parameters…, Object context) → result}; the context is a {@link
     * Lowering}.
     *
     * @param lowersAsync whether the caller lowers async
     */
    public static Optional<MethodHandle> of(Signature neutral, Side caller, boolean lowersAsync, Callee callee) {
        var way = new TransferEmitter.Way(caller, callee.side);
        MethodType type =
                CoreCall.java(neutral.lowered(lowersAsync, caller.pointer())).appendParameterTypes(Object.class);
        return TaskAdapter.of(neutral, caller, lowersAsync, callee.side, callee.async)
                .flatMap(transfer -> Emitter.define(
                        type, emitter -> new TaskCall(emitter, neutral, way, lowersAsync, callee).emit(transfer)));
    }

    /** {@code canon task.return} of a value of a type, if it has one: of type {@code (core values…, Object context) → void}. */
    public static Optional<MethodHandle> ofReturn(Optional<ValueType> result, PointerType pointer) {
        FuncType core = TaskBuiltins.typeOfReturn(result, pointer);
        return Emitter.define(
                CoreCall.java(core).appendParameterTypes(Object.class), emitter -> emitReturn(emitter, core));
    }

    private static void emitReturn(Emitter emitter, FuncType core) {
        CodeBuilder code = emitter.code();
        FlatLocals flat = parameters(code, core);
        code.aload(code.parameterSlot(core.params().size()));
        code.invokestatic(
                Emitter.desc(TaskBuiltins.class),
                "returning",
                MethodTypeDesc.of(Emitter.desc(ImplicitThread.class), Emitter.OBJECT));
        int thread = emitter.store(TypeKind.REFERENCE);
        code.aload(thread);
        emitter.virtual(ImplicitThread.class, "way", MethodHandle.class);
        int way = emitter.store(TypeKind.REFERENCE);
        Label interpreted = code.newLabel();
        code.aload(way);
        code.ifnull(interpreted);
        code.aload(way);
        flat.loadAll(code);
        code.aload(thread);
        emitter.virtual(ImplicitThread.class, "call", Lowering.Call.class);
        code.invokevirtual(
                Emitter.desc(MethodHandle.class),
                "invokeExact",
                CoreCall.java(core)
                        .appendParameterTypes(Lowering.Call.class)
                        .describeConstable()
                        .orElseThrow());
        code.return_();
        code.labelBinding(interpreted);
        code.aload(thread);
        TaskAdapter.array(code, flat, numbers(core.params()));
        emitter.virtual(ImplicitThread.class, "returns", void.class, long[].class);
        code.return_();
    }

    /** From where {@code task.return} is called to where the caller wants the result: the body of {@code Transfer.returning}. */
    static void returning(Emitter emitter, Signature signature, TransferEmitter.Way back, boolean lowersAsync) {
        CodeBuilder code = emitter.code();
        FuncType core =
                TaskBuiltins.typeOfReturn(signature.type().result(), back.from().pointer());
        FlatLocals given = parameters(code, core);
        int call = code.parameterSlot(core.params().size());
        if (signature.result().isPresent()) {
            int from = get(emitter, call, "calleeSide");
            int to = get(emitter, call, "callerSide");
            int target = target(
                    new MemoryEmitter(emitter, to, back.to()), emitter, call, throughMemory(signature, lowersAsync));
            code.aload(call);
            new TaskAdapter(emitter, signature, back, from, to).result(true, lowersAsync, given, target);
        } else {
            code.aload(call);
            code.lconst_0();
        }
        emitter.virtual(Lowering.Call.class, "delivered", void.class, long.class);
        code.return_();
    }

    private static List<NumType> numbers(List<? extends ValType> types) {
        return types.stream().map(NumType.class::cast).toList();
    }

    private static FlatLocals parameters(CodeBuilder code, FuncType type) {
        var flat = new FlatLocals();
        for (int i = 0; i < type.params().size(); i++) {
            flat.add(code.parameterSlot(i), (NumType) type.params().get(i));
        }
        return flat;
    }

    private static int get(Emitter emitter, int call, String name) {
        emitter.code().aload(call);
        emitter.virtual(Lowering.Call.class, name, LiftLowerContext.class);
        return emitter.store(TypeKind.REFERENCE);
    }

    private static boolean throughMemory(Signature signature, boolean lowersAsync) {
        return signature.result().isPresent() && (lowersAsync || !signature.flatResult());
    }

    private static int target(MemoryEmitter written, Emitter emitter, int call, boolean throughMemory) {
        if (!throughMemory) {
            return -1;
        }
        emitter.code().aload(call);
        emitter.virtual(Lowering.Call.class, "target", long.class);
        written.narrow();
        return emitter.store(written.kind());
    }

    private void emit(Lowering.Transfer transfer) {
        FuncType type = signature.lowered(lowersAsync, way.from().pointer());
        FlatLocals given = parameters(code, type);
        begin(transfer, type);
        Label slow = code.newLabel();
        Label over = code.newLabel();
        Label failed = code.newLabel();
        Label start = code.newLabel();
        Label end = code.newLabel();
        code.aload(call);
        emitter.virtual(Lowering.Call.class, "enters", boolean.class);
        code.ifeq(slow);
        code.labelBinding(start);
        enter(given);
        code.labelBinding(end);
        code.goto_(over);
        code.labelBinding(failed);
        code.aload(call);
        emitter.virtual(Lowering.Call.class, "failed", void.class);
        code.athrow();
        code.exceptionCatchAll(start, end, failed);
        code.labelBinding(slow);
        code.aload(call);
        TaskAdapter.array(code, given, numbers(type.params()));
        emitter.virtual(Lowering.Call.class, "begins", void.class, long[].class);
        code.labelBinding(over);
        answer(type);
    }

    private void begin(Lowering.Transfer transfer, FuncType type) {
        int count = type.params().size();
        code.aload(code.parameterSlot(count));
        code.checkcast(Emitter.desc(Lowering.class));
        emitter.constant(signature, Signature.class);
        emitter.constant(transfer, Lowering.Transfer.class);
        emitter.virtual(Lowering.class, "call", Lowering.Call.class, Signature.class, Lowering.Transfer.class);
        call = emitter.store(TypeKind.REFERENCE);
        if (throughMemory(signature, lowersAsync)) {
            code.aload(call);
            new MemoryEmitter(emitter, call, way.from()).wide(code.parameterSlot(count - 1));
            emitter.virtual(Lowering.Call.class, "target", void.class, long.class);
        }
    }

    private void enter(FlatLocals given) {
        int from = get(emitter, call, "from");
        int to = get(emitter, call, "to");
        FlatLocals arguments = new TaskAdapter(emitter, signature, way, from, to).params(lowersAsync, given);
        Scopes.callCore(emitter, callee.core, arguments, Lowering.Call.class, call);
        if (!callee.async) {
            returned();
        } else if (callee.callback) {
            int packed = emitter.store(TypeKind.INT);
            code.aload(call);
            code.iload(packed);
            emitter.virtual(Lowering.Call.class, "obeys", void.class, int.class);
            return;
        }
        code.aload(call);
        emitter.virtual(Lowering.Call.class, "exits", void.class);
    }

    /** The core function of a callee that is not lifted async has returned. */
    private void returned() {
        List<NumType> results = numbers(signature.lifted(way.to().pointer()).results());
        TypeKind kind = results.isEmpty() ? TypeKind.INT : Emitter.kind(results.getFirst());
        int result = results.isEmpty() ? -1 : emitter.store(kind);
        code.aload(call);
        emitter.virtual(Lowering.Call.class, "returns", void.class);
        if (signature.result().isEmpty()) {
            code.aload(call);
            code.lconst_0();
        } else {
            int from = get(emitter, call, "calleeSide");
            int to = get(emitter, call, "callerSide");
            int target = target(
                    new MemoryEmitter(emitter, to, way.from()), emitter, call, throughMemory(signature, lowersAsync));
            var given = new FlatLocals();
            given.add(result, results.getFirst());
            code.aload(call);
            new TaskAdapter(emitter, signature, way.back(), from, to).result(false, lowersAsync, given, target);
        }
        emitter.virtual(Lowering.Call.class, "delivered", void.class, long.class);
        if (callee.postReturn != null) {
            code.aload(call);
            emitter.virtual(Lowering.Call.class, "callee", LiftedFunction.class);
            int function = emitter.store(TypeKind.REFERENCE);
            Scopes.postReturn(emitter, callee.postReturn, function, result, kind);
        }
    }

    private void answer(FuncType type) {
        code.aload(call);
        if (lowersAsync) {
            emitter.virtual(Lowering.Call.class, "state", int.class);
            code.ireturn();
            return;
        }
        emitter.virtual(Lowering.Call.class, "await", long.class);
        if (type.results().isEmpty()) {
            code.pop2();
            code.return_();
            return;
        }
        NumType result = (NumType) type.results().getFirst();
        switch (result) {
            case I32 -> code.l2i();
            case I64 -> {}
            case F32 -> {
                code.l2i();
                code.invokestatic(Emitter.desc(Float.class), "intBitsToFloat", MethodTypeDesc.ofDescriptor("(I)F"));
            }
            case F64 ->
                code.invokestatic(Emitter.desc(Double.class), "longBitsToDouble", MethodTypeDesc.ofDescriptor("(J)D"));
        }
        code.return_(Emitter.kind(result));
    }
}

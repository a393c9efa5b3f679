package tenon.runtime.adapt;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tenon.runtime.abi.LiftLowerContext;
import tenon.runtime.abi.Shape;
import tenon.runtime.canon.LiftedFunction;
import tenon.runtime.canon.Signature;
import tenon.runtime.task.Task;
import tenon.types.core.FuncType;
import tenon.types.core.NumType;

/** {@code canon lift} called from the host, generated: agrees with {@link LiftedFunction#callFromHost}. */
public final class ExportAdapter {
    private final Emitter emitter;
    private final CodeBuilder code;
    private final Signature signature;
    private final Side side;
    private final FuncType lifted;
    private final MethodHandle core;
    private final @Nullable MethodHandle postReturn;

    private ExportAdapter(
            Emitter emitter, Signature signature, Side side, MethodHandle core, @Nullable MethodHandle postReturn) {
        this.emitter = emitter;
        this.code = emitter.code();
        this.signature = signature;
        this.side = side;
        this.lifted = signature.lifted(side.pointer());
        this.core = core;
        this.postReturn = postReturn;
    }

    /**
     * The adapter, if it is not too big for the JIT, of type {@code (LiftedFunction, parameters…) → result} in natural types.
     *
     * @param callee the callee's memory
     * @param core the core function, of type {@code (parameters…, Object context) → result}
     * @param postReturn likewise, or null
     */
    public static Optional<MethodHandle> of(
            Signature signature, Side callee, MethodHandle core, @Nullable MethodHandle postReturn) {
        List<Class<?>> params = new ArrayList<>();
        params.add(LiftedFunction.class);
        signature.params().forEach(shape -> params.add(Emitter.natural(shape)));
        Class<?> result = signature.result().<Class<?>>map(Emitter::natural).orElse(void.class);
        return Emitter.define(
                MethodType.methodType(result, params),
                emitter -> new ExportAdapter(emitter, signature, callee, core, postReturn).emit());
    }

    private void emit() {
        int callee = code.parameterSlot(0);
        code.aload(callee);
        emitter.virtual(LiftedFunction.class, "enterFromHost", LiftLowerContext.class);
        int cx = emitter.store(TypeKind.REFERENCE);
        int task = signature.borrows() ? Scopes.create(emitter, Task.class) : -1;
        int to = task < 0 ? cx : Scopes.within(emitter, cx, task, Task.class);
        FlatLocals arguments = arguments(to);
        Scopes.callCore(emitter, core, arguments, LiftedFunction.class, callee);
        Scopes.returned(emitter, signature, callee);
        boolean gives = !lifted.results().isEmpty();
        TypeKind kind = gives ? Emitter.kind((NumType) lifted.results().getFirst()) : TypeKind.INT;
        int flatResult = gives ? emitter.store(kind) : -1;
        int result = signature.result().isEmpty() ? -1 : result(cx, flatResult);
        Scopes.trapIfBorrowsRemain(emitter, task);
        Scopes.postReturn(emitter, postReturn, callee, flatResult, kind);
        code.aload(callee);
        emitter.virtual(LiftedFunction.class, "leaveToHost", void.class);
        if (result < 0) {
            code.return_();
        } else {
            TypeKind natural = Emitter.kind(signature.result().orElseThrow());
            code.loadLocal(natural, result);
            code.return_(natural);
        }
    }

    private FlatLocals arguments(int cx) {
        FlatLocals arguments = FlatLocals.zeroed(
                code, lifted.params().stream().map(NumType.class::cast).toList());
        var lower = new LowerEmitter(emitter, new MemoryEmitter(emitter, cx, side));
        List<Shape> params = signature.params();
        int tuple = signature.flatParams() ? -1 : Scopes.allocateTuple(emitter, signature, lower);
        for (int i = 0; i < params.size(); i++) {
            Shape shape = params.get(i);
            code.loadLocal(Emitter.kind(shape), code.parameterSlot(i + 1));
            lower.lower(
                    shape,
                    tuple < 0
                            ? new Place.Flat(arguments)
                            : new Place.Memory(
                                    tuple,
                                    signature.tuple(side.pointer()).offsets().get(i)));
        }
        if (tuple >= 0) {
            code.loadLocal(lower.memory().kind(), tuple);
            arguments.store(code, lower.memory().flat());
        }
        return arguments;
    }

    private int result(int cx, int flatResult) {
        Shape shape = signature.result().orElseThrow();
        var memory = new MemoryEmitter(emitter, cx, side);
        Place place;
        if (signature.flatResult()) {
            var flat = new FlatLocals();
            flat.add(flatResult, (NumType) lifted.results().getFirst());
            place = new Place.Flat(flat);
        } else {
            Scopes.check(emitter, memory, flatResult, shape.layout(side.pointer()));
            place = new Place.Memory(flatResult, 0);
        }
        new LiftEmitter(emitter, memory, true).lift(shape, place);
        return emitter.store(Emitter.kind(shape));
    }
}

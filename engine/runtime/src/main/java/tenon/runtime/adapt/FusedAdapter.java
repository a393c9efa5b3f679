package tenon.runtime.adapt;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tenon.runtime.abi.LiftLowerContext;
import tenon.runtime.abi.Shape;
import tenon.runtime.canon.CoreCall;
import tenon.runtime.canon.LiftedFunction;
import tenon.runtime.canon.LoweredToGuest;
import tenon.runtime.canon.Signature;
import tenon.runtime.task.Subtask;
import tenon.runtime.task.Task;
import tenon.types.component.Layout;
import tenon.types.core.FuncType;
import tenon.types.core.NumType;
import tenon.types.core.ValType;

/** {@code canon lower} of {@code canon lift}, generated: agrees with {@link LoweredToGuest#interpreted}. */
public final class FusedAdapter {
    /** In place of a local variable that the signature does not need. */
    private static final int NONE = -1;

    private final Emitter emitter;
    private final CodeBuilder code;
    private final Signature signature;
    private final TransferEmitter.Way way;
    private final FuncType lifted;
    private final MethodHandle core;
    private final @Nullable MethodHandle postReturn;
    private final boolean watched;

    private FusedAdapter(
            Emitter emitter,
            Signature signature,
            TransferEmitter.Way way,
            MethodHandle core,
            @Nullable MethodHandle postReturn,
            boolean watched) {
        this.emitter = emitter;
        this.code = emitter.code();
        this.signature = signature;
        this.way = way;
        this.lifted = signature.lifted(way.to().pointer());
        this.core = core;
        this.postReturn = postReturn;
        this.watched = watched;
    }

    /**
     * The adapter, if it is not too big for the JIT, of type {@code (parameters…, Object context) → result}; the context is a {@link LoweredToGuest}.
     *
     * @param caller the caller's side
     * @param callee the callee's side
     * @param core the callee's core function, of type {@code (parameters…, Object context) → result}
     * @param postReturn likewise, or null
     * @param watched whether the callee is of another link, which wants to know whether calls are in it
     */
    public static Optional<MethodHandle> of(
            Signature neutral,
            Side caller,
            Side callee,
            MethodHandle core,
            @Nullable MethodHandle postReturn,
            boolean watched) {
        var way = new TransferEmitter.Way(caller, callee);
        MethodType type = CoreCall.java(neutral.lowered(caller.pointer())).appendParameterTypes(Object.class);
        return Emitter.define(
                type, emitter -> new FusedAdapter(emitter, neutral, way, core, postReturn, watched).emit());
    }

    private void emit() {
        List<ValType> flatTypes = signature.lowered(way.from().pointer()).params();
        var flat = new FlatLocals();
        for (int i = 0; i < flatTypes.size(); i++) {
            flat.add(code.parameterSlot(i), (NumType) flatTypes.get(i));
        }
        code.aload(code.parameterSlot(flatTypes.size()));
        code.checkcast(Emitter.desc(LoweredToGuest.class));
        int context = emitter.store(TypeKind.REFERENCE);
        begin(context);
        boolean scalar = signature.isScalar();
        int caller = scalar ? NONE : get(context, LoweredToGuest.class, "cx", LiftLowerContext.class);
        int callee = scalar && postReturn == null
                ? NONE
                : get(context, LoweredToGuest.class, "callee", LiftedFunction.class);
        int inner = scalar ? NONE : get(callee, LiftedFunction.class, "cx", LiftLowerContext.class);
        int subtask = signature.borrows() ? Scopes.newSubtask(emitter) : NONE;
        int task = signature.borrows() ? Scopes.create(emitter, Task.class) : NONE;
        int from = subtask < 0 ? caller : Scopes.within(emitter, caller, subtask, Subtask.class);
        int to = task < 0 ? inner : Scopes.within(emitter, inner, task, Task.class);

        FlatLocals arguments = arguments(new TransferEmitter(emitter, way, from, to), flat, from, to);
        Scopes.callCore(emitter, core, arguments, LoweredToGuest.class, context);
        Scopes.returned(emitter, signature, callee);
        int result = lifted.results().isEmpty() ? -1 : emitter.store(resultKind());
        FlatLocals results =
                result(new TransferEmitter(emitter, way.back(), inner, caller), flat, result, inner, caller, context);
        Scopes.trapIfBorrowsRemain(emitter, task);
        Scopes.postReturn(emitter, postReturn, callee, result, result < 0 ? TypeKind.INT : resultKind());
        if (watched) {
            code.aload(context);
            emitter.virtual(LoweredToGuest.class, "leave", void.class);
        }
        Scopes.end(emitter, subtask);
        if (results == null) {
            code.return_();
        } else {
            results.loadAll(code);
            code.return_(resultKind());
        }
    }

    /** Whether it has so few parts in core values that the JIT compiles it; what lies in memory is moved by methods of its own. */
    public static boolean fits(Signature signature) {
        int parts = signature.flatParams()
                ? signature.params().stream().mapToInt(AdapterSize::of).sum()
                : 0;
        return parts
                        + (signature.flatResult()
                                ? signature.result().map(AdapterSize::of).orElse(0)
                                : 0)
                <= AdapterSize.MOST;
    }

    private void begin(int context) {
        code.aload(context);
        emitter.virtual(LoweredToGuest.class, watched ? "enter" : "leaveCaller", void.class);
        if (signature.countsParams()) {
            code.aload(context);
            emitter.virtual(LoweredToGuest.class, "beginLifting", void.class);
        }
    }

    private TypeKind resultKind() {
        return Emitter.kind((NumType) lifted.results().getFirst());
    }

    private int get(int local, Class<?> owner, String name, Class<?> type) {
        code.aload(local);
        emitter.virtual(owner, name, type);
        return emitter.store(TypeKind.REFERENCE);
    }

    private FlatLocals arguments(TransferEmitter transfer, FlatLocals flat, int from, int to) {
        List<NumType> types = lifted.params().stream().map(NumType.class::cast).toList();
        FlatLocals arguments = FlatLocals.zeroed(code, types);
        List<Shape> params = signature.params();
        if (signature.flatParams()) {
            for (Shape param : params) {
                transfer.transfer(param, new Place.Flat(flat), new Place.Flat(arguments));
            }
            return arguments;
        }
        MemoryEmitter read = new MemoryEmitter(emitter, from, way.from());
        MemoryEmitter written = new MemoryEmitter(emitter, to, way.to());
        int source = Scopes.tuple(emitter, signature, flat, read);
        int target = Scopes.allocateTuple(emitter, signature, new LowerEmitter(emitter, written));
        for (int i = 0; i < params.size(); i++) {
            transfer.transfer(
                    params.get(i),
                    new Place.Memory(
                            source, signature.tuple(read.pointer()).offsets().get(i)),
                    new Place.Memory(
                            target, signature.tuple(written.pointer()).offsets().get(i)));
        }
        code.loadLocal(written.kind(), target);
        arguments.store(code, written.flat());
        return arguments;
    }

    /** The caller's core values, or null if the result went through memory or there is none. */
    private @Nullable FlatLocals result(
            TransferEmitter transfer, FlatLocals flat, int result, int inner, int caller, int context) {
        if (signature.result().isEmpty()) {
            return null;
        }
        Shape shape = signature.result().get();
        if (signature.flatResult()) {
            var source = new FlatLocals();
            source.add(result, (NumType) lifted.results().getFirst());
            FlatLocals target = FlatLocals.zeroed(code, shape.flat(way.from().pointer()));
            transfer.transfer(shape, new Place.Flat(source), new Place.Flat(target));
            return target;
        }
        MemoryEmitter read = new MemoryEmitter(emitter, inner, way.to());
        MemoryEmitter written = new MemoryEmitter(emitter, caller, way.from());
        Layout layout = shape.layout(written.pointer());
        Scopes.check(emitter, read, result, shape.layout(read.pointer()));
        flat.load(code, written.flat());
        int target = emitter.store(written.kind());
        if (watched) {
            code.aload(context);
            written.wide(target);
            code.loadConstant(layout.size());
            code.loadConstant(layout.alignment());
            emitter.virtual(LoweredToGuest.class, "checkResult", void.class, long.class, int.class, int.class);
        }
        Scopes.checkTarget(emitter, written, target, layout);
        transfer.transfer(shape, new Place.Memory(result, 0), new Place.Memory(target, 0));
        return null;
    }
}

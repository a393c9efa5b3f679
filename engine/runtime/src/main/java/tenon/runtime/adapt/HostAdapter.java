package tenon.runtime.adapt;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tenon.runtime.abi.LiftLowerContext;
import tenon.runtime.abi.Shape;
import tenon.runtime.canon.CoreCall;
import tenon.runtime.canon.LoweredToHost;
import tenon.runtime.canon.Signature;
import tenon.runtime.task.Subtask;
import tenon.types.component.OwnType;
import tenon.types.core.NumType;
import tenon.types.core.ValType;

/** {@code canon lower} of a host's function, generated: agrees with {@link LoweredToHost#interpreted}. */
public final class HostAdapter {
    private final Emitter emitter;
    private final CodeBuilder code;
    private final Signature signature;
    private final Side side;
    private final MethodHandle target;
    private final boolean scoped;

    private HostAdapter(Emitter emitter, Signature signature, Side side, MethodHandle target) {
        this.emitter = emitter;
        this.code = emitter.code();
        this.signature = signature;
        this.side = side;
        this.target = target;
        this.scoped = scoped(signature);
    }

    /**
     * The adapter, if it is not too big for the JIT, of type {@code (parameters…, Object context) → result}; the context is a {@link LoweredToHost}.
     *
     * @param caller the caller's memory
     * @param target of type {@code (owner, parameters…) → result}
     */
    public static Optional<MethodHandle> of(Signature signature, Side caller, MethodHandle target) {
        MethodType type = CoreCall.java(signature.lowered(caller.pointer())).appendParameterTypes(Object.class);
        List<Class<?>> natural = new ArrayList<>();
        natural.add(Object.class);
        signature.params().forEach(shape -> natural.add(Emitter.natural(shape)));
        Class<?> result = signature.result().<Class<?>>map(Emitter::natural).orElse(void.class);
        MethodHandle erased = target.asType(MethodType.methodType(result, natural));
        return Emitter.define(type, emitter -> new HostAdapter(emitter, signature, caller, erased).emit());
    }

    /** Whether the call must count borrows: only where it takes something over, too, can a borrow end before the call. */
    static boolean scoped(Signature signature) {
        boolean onlyHosts = signature.params().stream().noneMatch(HostAdapter::borrowsFromGuest);
        boolean owns =
                signature.type().paramTypes().stream().anyMatch(type -> type.contains(part -> part instanceof OwnType));
        return signature.borrows() && (owns || !onlyHosts);
    }

    /** Whether a borrow is not at the top, where the fast way is known, or is of a guest's resource. */
    private static boolean borrowsFromGuest(Shape shape) {
        return shape.type().containsBorrow()
                && !(shape instanceof Shape.Handle handle && handle.resource() instanceof Shape.ResourceKind.Host);
    }

    private void emit() {
        List<ValType> flatTypes = signature.lowered(side.pointer()).params();
        var flat = new FlatLocals();
        for (int i = 0; i < flatTypes.size(); i++) {
            flat.add(code.parameterSlot(i), (NumType) flatTypes.get(i));
        }
        code.aload(code.parameterSlot(flatTypes.size()));
        code.checkcast(Emitter.desc(LoweredToHost.class));
        int context = emitter.store(TypeKind.REFERENCE);
        code.aload(context);
        emitter.virtual(LoweredToHost.class, "enter", LiftLowerContext.class);
        int cx = emitter.store(TypeKind.REFERENCE);
        int subtask = scoped ? Scopes.newSubtask(emitter) : -1;
        int lifting = scoped ? Scopes.within(emitter, cx, subtask, Subtask.class) : cx;

        emitter.invoke(target, () -> {
            code.aload(context);
            emitter.virtual(LoweredToHost.class, "state", Object.class);
            params(new LiftEmitter(emitter, new MemoryEmitter(emitter, lifting, side), scoped), flat);
        });
        result(cx, flat, subtask);
    }

    private void params(LiftEmitter lift, FlatLocals flat) {
        if (signature.flatParams()) {
            signature.params().forEach(shape -> lift.lift(shape, new Place.Flat(flat)));
            return;
        }
        int address = Scopes.tuple(emitter, signature, flat, lift.memory());
        for (int i = 0; i < signature.params().size(); i++) {
            lift.lift(
                    signature.params().get(i),
                    new Place.Memory(
                            address, signature.tuple(side.pointer()).offsets().get(i)));
        }
    }

    private void result(int cx, FlatLocals flat, int subtask) {
        if (signature.result().isEmpty()) {
            Scopes.end(emitter, subtask);
            code.return_();
            return;
        }
        Shape shape = signature.result().get();
        if (Emitter.natural(shape) == Object.class) {
            emitter.step("result", Object.class, Object.class);
        }
        int value = emitter.store(Emitter.kind(shape));
        var memory = new MemoryEmitter(emitter, cx, side);
        var lower = new LowerEmitter(emitter, memory);
        if (signature.flatResult()) {
            FlatLocals results = FlatLocals.zeroed(code, shape.flat(side.pointer()));
            code.loadLocal(Emitter.kind(shape), value);
            lower.lower(shape, new Place.Flat(results));
            Scopes.end(emitter, subtask);
            results.loadAll(code);
            code.return_(Emitter.kind(shape.flat(side.pointer()).getFirst()));
        } else {
            flat.load(code, memory.flat());
            int address = emitter.store(memory.kind());
            Scopes.checkTarget(emitter, memory, address, shape.layout(side.pointer()));
            code.loadLocal(Emitter.kind(shape), value);
            lower.lower(shape, new Place.Memory(address, 0));
            Scopes.end(emitter, subtask);
            code.return_();
        }
    }
}

package tenon.runtime.adapt;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Optional;
import tenon.runtime.abi.LiftLowerContext;
import tenon.runtime.abi.Shape;
import tenon.runtime.canon.CoreCall;
import tenon.runtime.canon.Lowering;
import tenon.runtime.canon.Signature;
import tenon.runtime.canon.TaskBuiltins;
import tenon.types.component.Flattening;
import tenon.types.component.PointerType;
import tenon.types.core.NumType;

/**
 * What passes between two guests where the call is a task, generated: parameters when the task begins, the result when it returns. Core
 * values come and go as their bits. Agrees with what {@link Lowering} does without it.
 */
public final class TaskAdapter {
    /** From the caller to the callee, with the caller's core values: the callee's. */
    private static final MethodType PARAMS =
            MethodType.methodType(long[].class, LiftLowerContext.class, LiftLowerContext.class, long[].class);

    /** From the callee to the caller, with the callee's core values and where the caller wants the result: the caller's core value. */
    private static final MethodType RESULT =
            MethodType.methodType(long.class, LiftLowerContext.class, LiftLowerContext.class, long[].class, long.class);

    private static final int FROM = 0;
    private static final int TO = 1;
    private static final int BITS = 2;
    private static final int TARGET = 3;

    private final Emitter emitter;
    private final CodeBuilder code;
    private final Signature signature;
    private final TransferEmitter transfer;
    private final MemoryEmitter read;
    private final MemoryEmitter written;

    private TaskAdapter(Emitter emitter, Signature signature, TransferEmitter.Way way) {
        this(emitter, signature, way, FROM, TO);
    }

    /** One whose contexts lie in other local variables. */
    TaskAdapter(Emitter emitter, Signature signature, TransferEmitter.Way way, int from, int to) {
        this.emitter = emitter;
        this.code = emitter.code();
        this.signature = signature;
        this.transfer = new TransferEmitter(emitter, way, from, to);
        this.read = new MemoryEmitter(emitter, from, way.from());
        this.written = new MemoryEmitter(emitter, to, way.to());
    }

    /**
     * The adapter, if it is not too big for the JIT.
     *
     * @param lowersAsync whether the caller lowers async
     * @param liftsAsync whether the callee is lifted async
     */
    public static Optional<Lowering.Transfer> of(
            Signature neutral, Side caller, boolean lowersAsync, Side callee, boolean liftsAsync) {
        var way = new TransferEmitter.Way(caller, callee);
        Optional<MethodHandle> params =
                Emitter.define(PARAMS, emitter -> new TaskAdapter(emitter, neutral, way).params(lowersAsync));
        Optional<MethodHandle> result = Emitter.define(
                RESULT, emitter -> new TaskAdapter(emitter, neutral, way.back()).result(liftsAsync, lowersAsync));
        if (params.isEmpty() || result.isEmpty()) {
            return Optional.empty();
        }
        Optional<MethodHandle> returning = liftsAsync ? returning(neutral, way.back(), lowersAsync) : Optional.empty();
        return liftsAsync && returning.isEmpty()
                ? Optional.empty()
                : Optional.of(new Lowering.Transfer(params.get(), result.get(), returning.orElse(null)));
    }

    private static Optional<MethodHandle> returning(Signature neutral, TransferEmitter.Way way, boolean lowersAsync) {
        PointerType pointer = way.from().pointer();
        MethodType type = CoreCall.java(TaskBuiltins.typeOfReturn(neutral.type().result(), pointer))
                .appendParameterTypes(Lowering.Call.class);
        return Emitter.define(type, emitter -> TaskCall.returning(emitter, neutral, way, lowersAsync));
    }

    private void params(boolean lowersAsync) {
        pack(params(lowersAsync, unpack(source(lowersAsync))), flat(written));
    }

    /** The caller's core values. */
    private List<NumType> source(boolean lowersAsync) {
        return flatSource(lowersAsync) ? flat(read) : List.of(read.flat());
    }

    private boolean flatSource(boolean lowersAsync) {
        int most = lowersAsync ? Flattening.MAX_FLAT_ASYNC_PARAMS : Flattening.MAX_FLAT_PARAMS;
        return signature.flatParams() && flat(read).size() <= most;
    }

    /** From the caller's core values, read in order, to the callee's. */
    FlatLocals params(boolean lowersAsync, FlatLocals source) {
        FlatLocals arguments = FlatLocals.zeroed(code, flat(written));
        int from = flatSource(lowersAsync) ? -1 : Scopes.tuple(emitter, signature, source, read);
        int to = signature.flatParams()
                ? -1
                : Scopes.allocateTuple(emitter, signature, new LowerEmitter(emitter, written));
        for (int i = 0; i < signature.params().size(); i++) {
            transfer.transfer(
                    signature.params().get(i),
                    from < 0 ? new Place.Flat(source) : new Place.Memory(from, offset(read, i)),
                    to < 0 ? new Place.Flat(arguments) : new Place.Memory(to, offset(written, i)));
        }
        if (to >= 0) {
            code.loadLocal(written.kind(), to);
            arguments.store(code, written.flat());
        }
        return arguments;
    }

    /** The core values of the parameters beside a memory. */
    private List<NumType> flat(MemoryEmitter memory) {
        return signature.lifted(memory.pointer()).params().stream()
                .map(NumType.class::cast)
                .toList();
    }

    private int offset(MemoryEmitter memory, int param) {
        return signature.tuple(memory.pointer()).offsets().get(param);
    }

    private void result(boolean liftsAsync, boolean lowersAsync) {
        if (signature.result().isPresent()) {
            int most = liftsAsync ? Flattening.MAX_FLAT_PARAMS : Flattening.MAX_FLAT_RESULTS;
            List<NumType> flat = Flattening.flatten(
                            List.of(signature.result().get().type()), most, read.pointer())
                    .orElse(List.of(read.flat()));
            result(liftsAsync, lowersAsync, unpack(flat), target());
        } else {
            code.lconst_0();
        }
        code.lreturn();
    }

    /**
     * From the callee's core values, or the one that says where its result lies, to where the caller wants it; pushes the bits of the
     * caller's core value, or 0.
     *
     * @param into local variable of the address that the caller wants it at, as its pointers are, if it goes through memory
     */
    void result(boolean liftsAsync, boolean lowersAsync, FlatLocals given, int into) {
        Shape shape = signature.result().orElseThrow();
        int most = liftsAsync ? Flattening.MAX_FLAT_PARAMS : Flattening.MAX_FLAT_RESULTS;
        Place source;
        if (Flattening.flatten(List.of(shape.type()), most, read.pointer()).isPresent()) {
            source = new Place.Flat(given);
        } else {
            given.load(code, read.flat());
            int address = emitter.store(read.kind());
            Scopes.check(emitter, read, address, shape.layout(read.pointer()));
            source = new Place.Memory(address, 0);
        }
        if (!lowersAsync && signature.flatResult()) {
            List<NumType> types = shape.flat(written.pointer());
            FlatLocals locals = FlatLocals.zeroed(code, types);
            transfer.transfer(shape, source, new Place.Flat(locals));
            locals.position(0);
            bits(locals, types.getFirst());
        } else {
            Scopes.checkTarget(emitter, written, into, shape.layout(written.pointer()));
            transfer.transfer(shape, source, new Place.Memory(into, 0));
            code.lconst_0();
        }
    }

    /** Where the caller wants the result, in a local variable as its pointers are. */
    private int target() {
        if (written.pointer() == PointerType.I64) {
            return TARGET;
        }
        code.lload(TARGET);
        code.l2i();
        return emitter.store(TypeKind.INT);
    }

    /** New local variables with the first of the core values that the third argument has. */
    private FlatLocals unpack(List<NumType> types) {
        var flat = new FlatLocals();
        for (int i = 0; i < types.size(); i++) {
            code.aload(BITS);
            code.loadConstant(i);
            code.laload();
            switch (types.get(i)) {
                case I32 -> code.l2i();
                case I64 -> {}
                case F32 -> {
                    code.l2i();
                    code.invokestatic(Emitter.desc(Float.class), "intBitsToFloat", MethodTypeDesc.ofDescriptor("(I)F"));
                }
                case F64 ->
                    code.invokestatic(
                            Emitter.desc(Double.class), "longBitsToDouble", MethodTypeDesc.ofDescriptor("(J)D"));
            }
            flat.add(emitter.store(Emitter.kind(types.get(i))), types.get(i));
        }
        return flat;
    }

    /** Returns core values as an array of their bits. */
    private void pack(FlatLocals flat, List<NumType> types) {
        array(code, flat, types);
        code.areturn();
    }

    /** Pushes core values as an array of their bits. */
    static void array(CodeBuilder code, FlatLocals flat, List<NumType> types) {
        flat.position(0);
        code.loadConstant(types.size());
        code.newarray(TypeKind.LONG);
        for (int i = 0; i < types.size(); i++) {
            code.dup();
            code.loadConstant(i);
            bits(code, flat, types.get(i));
            code.lastore();
        }
    }

    private void bits(FlatLocals flat, NumType type) {
        bits(code, flat, type);
    }

    /** Pushes the bits of the next core value. */
    private static void bits(CodeBuilder code, FlatLocals flat, NumType type) {
        flat.load(code, type);
        switch (type) {
            case I32 -> FlatLocals.widen(code);
            case I64 -> {}
            case F32 -> {
                code.invokestatic(Emitter.desc(Float.class), "floatToRawIntBits", MethodTypeDesc.ofDescriptor("(F)I"));
                FlatLocals.widen(code);
            }
            case F64 ->
                code.invokestatic(
                        Emitter.desc(Double.class), "doubleToRawLongBits", MethodTypeDesc.ofDescriptor("(D)J"));
        }
    }
}

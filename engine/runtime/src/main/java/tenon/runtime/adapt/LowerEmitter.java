package tenon.runtime.adapt;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tenon.runtime.abi.JavaForms;
import tenon.runtime.abi.LiftLowerContext;
import tenon.runtime.abi.Shape;
import tenon.types.component.PointerType;
import tenon.types.component.PrimitiveType;
import tenon.types.core.NumType;

/** Writes what {@code abi.Lower} does: takes a value in its natural Java type from the stack and puts it at a {@link Place}. */
final class LowerEmitter {
    private final Emitter emitter;
    private final CodeBuilder code;
    private final MemoryEmitter memory;
    private final int cx;
    private final Optional<MethodHandle> realloc;

    /** For one side of a call. */
    LowerEmitter(Emitter emitter, MemoryEmitter memory) {
        this.emitter = emitter;
        this.code = emitter.code();
        this.memory = memory;
        this.cx = memory.cx();
        this.realloc = memory.side().realloc();
    }

    /** The side's memory. */
    MemoryEmitter memory() {
        return memory;
    }

    /** Has the guest allocate room for as many elements of {@code size} bytes as a local variable says; the address, in a new one. */
    int allocate(int alignment, int size, int count) {
        code.iload(count);
        code.i2l();
        code.loadConstant((long) size);
        code.lmul();
        return allocate(alignment, emitter.store(TypeKind.LONG));
    }

    /** Has the guest allocate as many bytes as a local variable of type long says; the address, in a new one. */
    int allocate(int alignment, int bytes) {
        code.aload(cx);
        if (realloc.isPresent()) {
            callRealloc(realloc.get(), alignment, bytes);
        } else {
            code.loadConstant(alignment);
            code.lload(bytes);
            emitter.virtual(LiftLowerContext.class, "allocate", long.class, int.class, long.class);
        }
        memory.narrow();
        return emitter.store(memory.kind());
    }

    private void callRealloc(MethodHandle known, int alignment, int bytes) {
        boolean wide = memory.pointer() == PointerType.I64;
        emitter.virtual(LiftLowerContext.class, "beginAllocating", void.class);
        emitter.invoke(known, () -> {
            if (wide) {
                code.lconst_0();
                code.lconst_0();
                code.loadConstant((long) alignment);
                code.lload(bytes);
            } else {
                code.iconst_0();
                code.iconst_0();
                code.loadConstant(alignment);
                code.lload(bytes);
                code.l2i();
            }
            code.aload(cx);
            emitter.virtual(LiftLowerContext.class, "reallocContext", Object.class);
        });
        int address = emitter.store(memory.kind());
        code.aload(cx);
        memory.wide(address);
        code.loadConstant(alignment);
        code.lload(bytes);
        emitter.virtual(LiftLowerContext.class, "allocated", long.class, long.class, int.class, long.class);
    }

    void lower(Shape shape, Place place) {
        switch (shape) {
            case Shape.Scalar scalar -> {
                emitter.unwrap(scalar);
                scalar(scalar.primitive(), place);
            }
            case Shape.Text text -> {
                withContext();
                if (text.form() == JavaForms.STRING) {
                    memory.pairStep("storeString", LiftLowerContext.class, Object.class);
                } else {
                    emitter.constant(text, Shape.class);
                    memory.pairStep("storeList", LiftLowerContext.class, Object.class, Shape.class);
                }
                memory.putPair(place);
            }
            case Shape.Numbers numbers -> {
                withContext();
                emitter.constant(numbers, Shape.Numbers.class);
                memory.pairStep("storeNumbers", LiftLowerContext.class, Object.class, Shape.Numbers.class);
                memory.putPair(place);
            }
            case Shape.Elements list -> {
                withContext();
                emitter.constant(list, Shape.class);
                memory.pairStep("storeList", LiftLowerContext.class, Object.class, Shape.class);
                memory.putPair(place);
            }
            case Shape.Product product -> product(product, place);
            case Shape.Sum sum -> sum(sum, place);
            case Shape.Flags flags -> flags(flags, place);
            case Shape.Handle _, Shape.AsyncValue _ -> {
                withContext();
                emitter.constant(shape, Shape.class);
                emitter.step("storeHandle", int.class, LiftLowerContext.class, Object.class, Shape.class);
                put(place, Integer.BYTES);
            }
        }
    }

    /** Puts the context under the object on the stack. */
    private void withContext() {
        code.aload(cx);
        code.swap();
    }

    /** Takes an int from the stack, into 1, 2 or 4 bytes or a core value. */
    void put(Place place, int size) {
        switch (place) {
            case Place.Flat flat -> flat.locals().store(code, NumType.I32);
            case Place.Memory at -> {
                switch (size) {
                    case 1 -> {
                        code.i2b();
                        memory.set(at, TypeKind.INT, "setByte", byte.class);
                    }
                    case 2 -> {
                        code.i2s();
                        memory.set(at, TypeKind.INT, "setShort", short.class);
                    }
                    default -> memory.set(at, TypeKind.INT, "setInt", int.class);
                }
            }
        }
    }

    private void scalar(PrimitiveType type, Place place) {
        switch (type) {
            case BOOL, S8 -> put(place, 1);
            case U8 -> {
                code.loadConstant(0xff);
                code.iand();
                put(place, 1);
            }
            case S16 -> put(place, 2);
            case U16 -> {
                code.loadConstant(0xffff);
                code.iand();
                put(place, 2);
            }
            case S32, U32 -> put(place, Integer.BYTES);
            case CHAR -> {
                emitter.step("hostCharacter", int.class, int.class);
                put(place, Integer.BYTES);
            }
            case S64, U64 -> wide(place, NumType.I64, TypeKind.LONG, "setLong", long.class);
            case F32 -> {
                emitter.step("canonical", float.class, float.class);
                wide(place, NumType.F32, TypeKind.FLOAT, "setFloat", float.class);
            }
            case F64 -> {
                emitter.step("canonical", double.class, double.class);
                wide(place, NumType.F64, TypeKind.DOUBLE, "setDouble", double.class);
            }
            case STRING, ERROR_CONTEXT -> throw new AssertionError(type);
        }
    }

    private void wide(Place place, NumType flatType, TypeKind kind, String name, Class<?> type) {
        switch (place) {
            case Place.Flat flat -> flat.locals().store(code, flatType);
            case Place.Memory at -> memory.set(at, kind, name, type);
        }
    }

    private void product(Shape.Product product, Place place) {
        if (!(product.form() instanceof JavaForms.OfRecord)) {
            emitter.constant(product, Shape.Product.class);
            code.swap();
            emitter.step("takeProduct", Object[].class, Shape.Product.class, Object.class);
        }
        int value = emitter.store(TypeKind.REFERENCE);
        for (int i = 0; i < product.fields().size(); i++) {
            Shape field = product.fields().get(i);
            if (product.form() instanceof JavaForms.OfRecord record) {
                MethodHandle accessor = record.members()
                        .accessors()
                        .get(i)
                        .asType(MethodType.methodType(Emitter.natural(field), Object.class));
                emitter.invoke(accessor, () -> code.aload(value));
            } else {
                code.aload(value);
                code.loadConstant(i);
                code.aaload();
                emitter.unbox(field);
            }
            lower(field, LiftEmitter.field(place, product.offsets().of(memory.pointer())[i]));
        }
    }

    private void sum(Shape.Sum sum, Place place) {
        int value = emitter.store(TypeKind.REFERENCE);
        emitter.constant(sum, Shape.Sum.class);
        code.aload(value);
        emitter.step("caseIndex", int.class, Shape.Sum.class, Object.class);
        int index = emitter.store(TypeKind.INT);
        code.iload(index);
        put(place, sum.discriminantSize());
        if (sum.cases().stream().allMatch(Optional::isEmpty)) {
            return;
        }
        int start = place instanceof Place.Flat flat ? flat.locals().position() : 0;
        Label end = code.newLabel();
        List<SwitchCase> cases = new ArrayList<>();
        for (int i = 0; i < sum.cases().size(); i++) {
            cases.add(SwitchCase.of(i, sum.payload(i) == null ? end : code.newLabel()));
        }
        code.iload(index);
        code.tableswitch(0, cases.size() - 1, end, cases);
        for (int i = 0; i < cases.size(); i++) {
            Shape payload = sum.payload(i);
            if (payload != null) {
                code.labelBinding(cases.get(i).target());
                if (place instanceof Place.Flat flat) {
                    flat.locals().position(start);
                }
                payload(sum, i, payload, value);
                lower(payload, LiftEmitter.field(place, sum.payloadOffset().of(memory.pointer())));
                code.goto_(end);
            }
        }
        code.labelBinding(end);
        if (place instanceof Place.Flat flat) {
            flat.locals().position(start - 1 + sum.flatCount());
        }
    }

    /** Pushes a case's payload. */
    private void payload(Shape.Sum sum, int index, Shape payload, int value) {
        if (sum.form() instanceof JavaForms.OfSealed sealed) {
            MethodHandle accessor = sealed.cases()
                    .get(index)
                    .accessors()
                    .getFirst()
                    .asType(MethodType.methodType(Emitter.natural(payload), Object.class));
            emitter.invoke(accessor, () -> code.aload(value));
        } else {
            emitter.constant(sum, Shape.Sum.class);
            code.aload(value);
            code.loadConstant(index);
            emitter.step("casePayload", Object.class, Shape.Sum.class, Object.class, int.class);
            emitter.unbox(payload);
        }
    }

    private void flags(Shape.Flags flags, Place place) {
        int value = emitter.store(TypeKind.REFERENCE);
        emitter.constant(flags, Shape.Flags.class);
        code.aload(value);
        emitter.step("flagBits", int.class, Shape.Flags.class, Object.class);
        put(place, flags.size());
    }
}

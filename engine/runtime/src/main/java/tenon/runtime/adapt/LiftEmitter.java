package tenon.runtime.adapt;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import tenon.runtime.abi.JavaForms;
import tenon.runtime.abi.LiftLowerContext;
import tenon.runtime.abi.Shape;
import tenon.types.component.PrimitiveType;
import tenon.types.component.ResourceType;
import tenon.types.core.NumType;

/** Writes what {@code abi.Lift} does: reads a value at a {@link Place} and leaves it on the stack in its natural Java type. */
final class LiftEmitter {
    private final Emitter emitter;
    private final CodeBuilder code;
    private final MemoryEmitter memory;
    private final int cx;
    private final boolean scoped;

    /**
     * For one side of a call.
     *
     * @param scoped whether borrows are counted by a subtask in the context
     */
    LiftEmitter(Emitter emitter, MemoryEmitter memory, boolean scoped) {
        this.emitter = emitter;
        this.code = emitter.code();
        this.memory = memory;
        this.cx = memory.cx();
        this.scoped = scoped;
    }

    /** The side's memory. */
    MemoryEmitter memory() {
        return memory;
    }

    void lift(Shape shape, Place place) {
        switch (shape) {
            case Shape.Scalar scalar -> {
                scalar(scalar.primitive(), place);
                emitter.wrap(scalar);
            }
            case Shape.Text text -> {
                code.aload(cx);
                memory.pair(place);
                if (text.form() == JavaForms.STRING) {
                    emitter.step("string", Object.class, LiftLowerContext.class, long.class, long.class);
                } else {
                    emitter.constant(text, Shape.class);
                    emitter.step("list", Object.class, LiftLowerContext.class, long.class, long.class, Shape.class);
                }
            }
            case Shape.Numbers numbers -> {
                code.aload(cx);
                memory.pair(place);
                emitter.constant(numbers, Shape.Numbers.class);
                emitter.step(
                        "numbers", Object.class, LiftLowerContext.class, long.class, long.class, Shape.Numbers.class);
            }
            case Shape.Elements list -> {
                code.aload(cx);
                memory.pair(place);
                emitter.constant(list, Shape.class);
                emitter.step("list", Object.class, LiftLowerContext.class, long.class, long.class, Shape.class);
            }
            case Shape.Product product -> product(product, place);
            case Shape.Sum sum -> sum(sum, place);
            case Shape.Flags flags -> flags(flags, place);
            case Shape.Handle handle -> handle(handle, place);
            case Shape.AsyncValue async -> {
                code.aload(cx);
                word(place);
                emitter.constant(async, Shape.class);
                emitter.step("handle", Object.class, LiftLowerContext.class, int.class, Shape.class);
            }
        }
    }

    /** Pushes an i32 at a place, or the next core value. */
    private void word(Place place) {
        switch (place) {
            case Place.Flat flat -> flat.locals().load(code, NumType.I32);
            case Place.Memory at -> memory.get(at, "getInt", int.class);
        }
    }

    private void scalar(PrimitiveType type, Place place) {
        switch (place) {
            case Place.Flat flat ->
                flat.locals()
                        .load(
                                code,
                                switch (type) {
                                    case S64, U64 -> NumType.I64;
                                    case F32 -> NumType.F32;
                                    case F64 -> NumType.F64;
                                    default -> NumType.I32;
                                });
            case Place.Memory at -> {
                switch (type) {
                    case BOOL, S8, U8 -> memory.get(at, "getByte", byte.class);
                    case S16, U16 -> memory.get(at, "getShort", short.class);
                    case S64, U64 -> memory.get(at, "getLong", long.class);
                    case F32 -> memory.get(at, "getFloat", float.class);
                    case F64 -> memory.get(at, "getDouble", double.class);
                    default -> memory.get(at, "getInt", int.class);
                }
            }
        }
        switch (type) {
            case BOOL -> emitter.step("bool", boolean.class, int.class);
            case S8, U8 -> code.i2b();
            case S16, U16 -> code.i2s();
            case F32 -> emitter.step("canonical", float.class, float.class);
            case F64 -> emitter.step("canonical", double.class, double.class);
            case CHAR -> emitter.step("character", int.class, int.class);
            case S32, U32, S64, U64 -> {}
            case STRING, ERROR_CONTEXT -> throw new AssertionError(type);
        }
    }

    private void product(Shape.Product product, Place place) {
        List<Shape> fields = product.fields();
        if (product.form() instanceof JavaForms.OfRecord record) {
            List<Class<?>> natural =
                    fields.stream().<Class<?>>map(Emitter::natural).toList();
            MethodHandle constructor =
                    record.members().constructor().asType(MethodType.methodType(Object.class, natural));
            emitter.invoke(constructor, () -> {
                for (int i = 0; i < fields.size(); i++) {
                    lift(fields.get(i), field(place, product.offsets().of(memory.pointer())[i]));
                }
            });
        } else {
            emitter.constant(product, Shape.Product.class);
            code.loadConstant(fields.size());
            code.anewarray(Emitter.OBJECT);
            for (int i = 0; i < fields.size(); i++) {
                code.dup();
                code.loadConstant(i);
                lift(fields.get(i), field(place, product.offsets().of(memory.pointer())[i]));
                emitter.box(fields.get(i));
                code.aastore();
            }
            emitter.step("makeProduct", Object.class, Shape.Product.class, Object[].class);
        }
    }

    /** How many core values were read or written; nothing in memory. */
    static int position(Place place) {
        return place instanceof Place.Flat flat ? flat.locals().position() : 0;
    }

    static void position(Place place, int position) {
        if (place instanceof Place.Flat flat) {
            flat.locals().position(position);
        }
    }

    static Place field(Place place, int offset) {
        return switch (place) {
            case Place.Flat flat -> flat;
            case Place.Memory memory -> memory.plus(offset);
        };
    }

    /** Pushes an unsigned integer of 1, 2 or 4 bytes, or the next core value. */
    void unsigned(Place place, int size) {
        if (!(place instanceof Place.Memory at) || size == Integer.BYTES) {
            word(place);
            return;
        }
        memory.get(at, size == 1 ? "getUnsignedByte" : "getUnsignedShort", int.class);
    }

    private void sum(Shape.Sum sum, Place place) {
        unsigned(place, sum.discriminantSize());
        int index = emitter.store(TypeKind.INT);
        int start = place instanceof Place.Flat flat ? flat.locals().position() : 0;
        Label bad = code.newLabel();
        Label end = code.newLabel();
        List<SwitchCase> cases = new ArrayList<>();
        for (int i = 0; i < sum.cases().size(); i++) {
            cases.add(SwitchCase.of(i, code.newLabel()));
        }
        if (sum.cases().stream().allMatch(java.util.Optional::isEmpty)) {
            withoutPayloads(sum, index, bad, end);
        } else {
            code.iload(index);
            code.tableswitch(0, cases.size() - 1, bad, cases);
            for (int i = 0; i < cases.size(); i++) {
                code.labelBinding(cases.get(i).target());
                if (place instanceof Place.Flat flat) {
                    flat.locals().position(start);
                }
                oneCase(sum, i, field(place, sum.payloadOffset().of(memory.pointer())));
                code.goto_(end);
            }
        }
        code.labelBinding(bad);
        emitter.step(place instanceof Place.Flat ? "badFlatDiscriminant" : "badDiscriminant", RuntimeException.class);
        code.athrow();
        code.labelBinding(end);
        if (place instanceof Place.Flat flat) {
            flat.locals().position(start - 1 + sum.flatCount());
        }
    }

    private void withoutPayloads(Shape.Sum sum, int index, Label bad, Label end) {
        code.iload(index);
        code.loadConstant(sum.cases().size());
        code.invokestatic(
                Emitter.desc(Integer.class),
                "compareUnsigned",
                java.lang.constant.MethodTypeDesc.ofDescriptor("(II)I"));
        code.ifge(bad);
        emitter.constant(sum, Shape.Sum.class);
        code.iload(index);
        code.aconst_null();
        emitter.step("makeCase", Object.class, Shape.Sum.class, int.class, Object.class);
        code.goto_(end);
    }

    private void oneCase(Shape.Sum sum, int index, Place place) {
        Shape payload = sum.payload(index);
        if (payload == null) {
            emitter.constant(sum, Shape.Sum.class);
            code.loadConstant(index);
            code.aconst_null();
            emitter.step("makeCase", Object.class, Shape.Sum.class, int.class, Object.class);
        } else if (sum.form() instanceof JavaForms.OfSealed sealed) {
            MethodHandle constructor = sealed.cases()
                    .get(index)
                    .constructor()
                    .asType(MethodType.methodType(Object.class, Emitter.natural(payload)));
            emitter.invoke(constructor, () -> lift(payload, place));
        } else if (sum.form() == JavaForms.OPTIONAL) {
            lift(payload, place);
            emitter.box(payload);
            emitter.step("some", Object.class, Object.class);
        } else if (sum.form() == JavaForms.RESULT) {
            lift(payload, place);
            emitter.box(payload);
            emitter.step(index == 0 ? "ok" : "err", Object.class, Object.class);
        } else {
            emitter.constant(sum, Shape.Sum.class);
            code.loadConstant(index);
            lift(payload, place);
            emitter.box(payload);
            emitter.step("makeCase", Object.class, Shape.Sum.class, int.class, Object.class);
        }
    }

    private void flags(Shape.Flags flags, Place place) {
        int mask = -1 >>> (32 - flags.flags().labels().size());
        if (flags.form() instanceof JavaForms.OfBits bits) {
            Class<?> type = bits.wide() ? long.class : int.class;
            MethodHandle constructor = bits.members().constructor().asType(MethodType.methodType(Object.class, type));
            emitter.invoke(constructor, () -> {
                unsigned(place, flags.size());
                code.loadConstant(mask);
                code.iand();
                if (bits.wide()) {
                    code.i2l();
                    code.loadConstant(0xffffffffL);
                    code.land();
                }
            });
        } else {
            emitter.constant(flags, Shape.Flags.class);
            unsigned(place, flags.size());
            code.loadConstant(mask);
            code.iand();
            emitter.step("makeFlags", Object.class, Shape.Flags.class, int.class);
        }
    }

    private void handle(Shape.Handle handle, Place place) {
        code.aload(cx);
        word(place);
        if (!handle.own() && !scoped && handle.resource() instanceof Shape.ResourceKind.Host host) {
            emitter.constant(host.type(), ResourceType.class);
            emitter.step("borrowedHostObject", Object.class, LiftLowerContext.class, int.class, ResourceType.class);
        } else {
            emitter.constant(handle, Shape.class);
            emitter.step("handle", Object.class, LiftLowerContext.class, int.class, Shape.class);
        }
    }
}

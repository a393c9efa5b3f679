package tenon.runtime.adapt;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicConstantDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import tenon.runtime.abi.JavaShapes;
import tenon.runtime.abi.LiftLowerContext;
import tenon.runtime.abi.Shape;
import tenon.types.core.NumType;

/** One adapter while its bytecode is written: its constants, and the steps that all adapters share. One use. */
final class Emitter {
    static final ClassDesc CONTEXT = desc(LiftLowerContext.class);
    private static final ClassDesc STEPS = desc(Steps.class);
    private static final ClassDesc BYTES = desc(Bytes.class);
    static final ClassDesc OBJECT = ConstantDescs.CD_Object;
    private static final ClassDesc HANDLE = ConstantDescs.CD_MethodHandle;
    private static final ClassDesc THIS = ClassDesc.of("tenon.runtime.adapt.Adapter");
    private static final DirectMethodHandleDesc CLASS_DATA_AT = ConstantDescs.ofConstantBootstrap(
            ConstantDescs.CD_MethodHandles, "classDataAt", ConstantDescs.CD_Object, ConstantDescs.CD_int);

    /** HotSpot compiles no method of more bytes of code. */
    private static final int MOST_CODE = 8000;

    private final CodeBuilder code;
    private final AdapterClass adapter;

    private Emitter(CodeBuilder code, AdapterClass adapter) {
        this.code = code;
        this.adapter = adapter;
    }

    /** A class while it is written: what its methods need as constants, and those that are still to be written. */
    private static final class AdapterClass {
        private final List<Object> constants = new ArrayList<>();
        private final Deque<Method> unwritten = new ArrayDeque<>();
        private final Map<Object, Map<Object, String>> named = new IdentityHashMap<>();
        private int parts;

        private record Method(String name, MethodTypeDesc type, Consumer<Emitter> body) {}

        void write(ClassBuilder builder) {
            builder.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SUPER);
            while (!unwritten.isEmpty()) {
                Method next = unwritten.remove();
                builder.withMethodBody(
                        next.name, next.type, ClassFile.ACC_STATIC, code -> next.body.accept(new Emitter(code, this)));
            }
        }
    }

    /**
     * A handle to a new static method of the given type, whose body {@code body} writes; empty if a method would be bigger than the
     * JIT compiles: the interpreted form is faster then.
     */
    static Optional<MethodHandle> define(MethodType type, Consumer<Emitter> body) {
        var adapter = new AdapterClass();
        adapter.unwritten.add(
                new AdapterClass.Method("call", type.describeConstable().orElseThrow(), body));
        byte[] bytes = ClassFile.of().build(THIS, adapter::write);
        if (codeSize(bytes) > MOST_CODE) {
            return Optional.empty();
        }
        try {
            MethodHandles.Lookup lookup =
                    MethodHandles.lookup().defineHiddenClassWithClassData(bytes, List.copyOf(adapter.constants), true);
            return Optional.of(lookup.findStatic(lookup.lookupClass(), "call", type));
        } catch (IllegalAccessException | NoSuchMethodException e) {
            throw new AssertionError(e);
        }
    }

    /** Bytes of code of the biggest method in a class. */
    private static int codeSize(byte[] bytes) {
        return ClassFile.of().parse(bytes).methods().stream()
                .flatMap(method -> method.code().stream())
                .mapToInt(code -> ((CodeAttribute) code).codeLength())
                .max()
                .orElseThrow();
    }

    /**
     * Calls a further static method of the adapter, whose arguments lie on the stack. It is written once for each {@code subject} and
     * {@code purpose}, which are told apart by identity.
     */
    void method(Object purpose, Object subject, MethodType type, Consumer<Emitter> body) {
        MethodTypeDesc described = type.describeConstable().orElseThrow();
        String name = adapter.named
                .computeIfAbsent(purpose, _ -> new IdentityHashMap<>())
                .computeIfAbsent(subject, _ -> {
                    var part = new AdapterClass.Method("part" + adapter.parts++, described, body);
                    adapter.unwritten.add(part);
                    return part.name;
                });
        code.invokestatic(THIS, name, described);
    }

    CodeBuilder code() {
        return code;
    }

    static ClassDesc desc(Class<?> type) {
        return type.describeConstable().orElseThrow();
    }

    /** Pushes an object that is known now. */
    void constant(Object value, Class<?> type) {
        code.loadConstant(DynamicConstantDesc.ofNamed(CLASS_DATA_AT, "_", desc(type), adapter.constants.size()));
        adapter.constants.add(value);
    }

    /** Calls a handle that is known now; {@code arguments} pushes what it takes. */
    void invoke(MethodHandle handle, Runnable arguments) {
        constant(handle, MethodHandle.class);
        arguments.run();
        code.invokevirtual(
                HANDLE, "invokeExact", handle.type().describeConstable().orElseThrow());
    }

    /** Calls a static method of {@link Bytes}. */
    void ofBytes(String name, Class<?> result, Class<?>... params) {
        code.invokestatic(
                BYTES,
                name,
                MethodType.methodType(result, params).describeConstable().orElseThrow());
    }

    /** Calls a static method of {@link Steps}. */
    void step(String name, Class<?> result, Class<?>... params) {
        code.invokestatic(
                STEPS,
                name,
                MethodType.methodType(result, params).describeConstable().orElseThrow());
    }

    /** Calls a virtual method. */
    void virtual(Class<?> owner, String name, Class<?> result, Class<?>... params) {
        code.invokevirtual(
                desc(owner),
                name,
                MethodType.methodType(result, params).describeConstable().orElseThrow());
    }

    /** A new local variable that takes what lies on the stack. */
    int store(TypeKind kind) {
        int local = code.allocateLocal(kind);
        code.storeLocal(kind, local);
        return local;
    }

    /** The Java type that values of a shape have between lifting and lowering: a primitive type, or Object. */
    static Class<?> natural(Shape shape) {
        return isPrimitive(shape) ? JavaShapes.javaPrimitive(((Shape.Scalar) shape).primitive()) : Object.class;
    }

    private static boolean isPrimitive(Shape shape) {
        return shape instanceof Shape.Scalar scalar && scalar.wrapper() == Shape.Wrapper.NONE;
    }

    static TypeKind kind(Shape shape) {
        return TypeKind.from(natural(shape)).asLoadable();
    }

    static TypeKind kind(NumType type) {
        return switch (type) {
            case I32 -> TypeKind.INT;
            case I64 -> TypeKind.LONG;
            case F32 -> TypeKind.FLOAT;
            case F64 -> TypeKind.DOUBLE;
        };
    }

    /** Turns a natural value on the stack into an object. */
    void box(Shape shape) {
        if (isPrimitive(shape)) {
            boxPrimitive(natural(shape));
        }
    }

    /** Wraps the primitive on the stack as a scalar's own wrapper does, if it has one. */
    void wrap(Shape.Scalar scalar) {
        if (scalar.wrapper() != Shape.Wrapper.NONE) {
            boxPrimitive(JavaShapes.javaPrimitive(scalar.primitive()));
            constant(scalar, Shape.Scalar.class);
            code.swap();
            step("wrap", Object.class, Shape.Scalar.class, Object.class);
        }
    }

    /** Takes the primitive out of an object on the stack, if a scalar has a wrapper. */
    void unwrap(Shape.Scalar scalar) {
        if (scalar.wrapper() != Shape.Wrapper.NONE) {
            constant(scalar, Shape.Scalar.class);
            code.swap();
            step("unwrap", Object.class, Shape.Scalar.class, Object.class);
            unboxPrimitive(JavaShapes.javaPrimitive(scalar.primitive()));
        }
    }

    private void boxPrimitive(Class<?> primitive) {
        Class<?> boxed = MethodType.methodType(primitive).wrap().returnType();
        code.invokestatic(desc(boxed), "valueOf", MethodTypeDesc.of(desc(boxed), desc(primitive)));
    }

    /** Turns an object on the stack into a natural value. */
    void unbox(Shape shape) {
        if (isPrimitive(shape)) {
            unboxPrimitive(natural(shape));
        }
    }

    private void unboxPrimitive(Class<?> primitive) {
        Class<?> boxed = MethodType.methodType(primitive).wrap().returnType();
        code.checkcast(desc(boxed));
        virtual(boxed, primitive.getName() + "Value", primitive);
    }
}

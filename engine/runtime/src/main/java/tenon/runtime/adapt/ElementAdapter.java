package tenon.runtime.adapt;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Optional;
import tenon.runtime.abi.LiftLowerContext;
import tenon.runtime.abi.Shape;
import tenon.runtime.abi.StreamElement;

/** Elements of streams and futures moved by generated code, as those of lists are: agrees with {@code abi} on every value. */
public final class ElementAdapter implements StreamElement.Code {
    private static final MethodType LIFT =
            MethodType.methodType(void.class, LiftLowerContext.class, List.class, long.class, int.class);
    private static final MethodType LOWER =
            MethodType.methodType(void.class, LiftLowerContext.class, List.class, int.class, long.class, int.class);
    private static final int CONTEXT = 0;
    private static final int ELEMENTS = 1;

    /** What makes the code of all elements. */
    public ElementAdapter() {}

    private static boolean fits(Shape element) {
        return AdapterSize.of(element) <= AdapterSize.MOST;
    }

    @Override
    public Optional<MethodHandle> transfer(Shape element, LiftLowerContext from, LiftLowerContext to) {
        var way = new TransferEmitter.Way(side(from), side(to));
        return fits(element) ? TransferEmitter.ofElements(way, element) : Optional.empty();
    }

    /** Which instance allocates is known when elements are moved. */
    private static Side side(LiftLowerContext cx) {
        return new Side(
                Optional.of(cx.encoding()),
                Optional.empty(),
                cx.pointer(),
                cx.memory().isChunked());
    }

    @Override
    public Optional<MethodHandle> lift(Shape element, LiftLowerContext from) {
        Side side = side(from);
        return fits(element) ? Emitter.define(LIFT, emitter -> lift(emitter, element, side)) : Optional.empty();
    }

    private static void lift(Emitter emitter, Shape element, Side side) {
        CodeBuilder code = emitter.code();
        var memory = new MemoryEmitter(emitter, CONTEXT, side);
        int left = 4;
        code.lload(2);
        memory.narrow();
        int source = emitter.store(memory.kind());
        Label next = code.newLabel();
        Label done = code.newLabel();
        code.labelBinding(next);
        code.iload(left);
        code.ifeq(done);
        new LiftEmitter(emitter, memory, true).lift(element, new Place.Memory(source, 0));
        emitter.box(element);
        int lifted = emitter.store(TypeKind.REFERENCE);
        code.aload(ELEMENTS);
        code.aload(lifted);
        code.invokeinterface(Emitter.desc(List.class), "add", MethodTypeDesc.ofDescriptor("(Ljava/lang/Object;)Z"));
        code.pop();
        memory.advance(source, element.size(memory.pointer()));
        code.iinc(left, -1);
        code.goto_(next);
        code.labelBinding(done);
        code.return_();
    }

    @Override
    public Optional<MethodHandle> lower(Shape element, LiftLowerContext to) {
        Side side = side(to);
        return fits(element) ? Emitter.define(LOWER, emitter -> lower(emitter, element, side)) : Optional.empty();
    }

    private static void lower(Emitter emitter, Shape element, Side side) {
        CodeBuilder code = emitter.code();
        var memory = new MemoryEmitter(emitter, CONTEXT, side);
        int index = 2;
        int left = 5;
        code.lload(3);
        memory.narrow();
        int target = emitter.store(memory.kind());
        Label next = code.newLabel();
        Label done = code.newLabel();
        code.labelBinding(next);
        code.iload(left);
        code.ifeq(done);
        code.aload(ELEMENTS);
        code.iload(index);
        code.invokeinterface(Emitter.desc(List.class), "get", MethodTypeDesc.ofDescriptor("(I)Ljava/lang/Object;"));
        emitter.unbox(element);
        new LowerEmitter(emitter, memory).lower(element, new Place.Memory(target, 0));
        code.iinc(index, 1);
        memory.advance(target, element.size(memory.pointer()));
        code.iinc(left, -1);
        code.goto_(next);
        code.labelBinding(done);
        code.return_();
    }
}

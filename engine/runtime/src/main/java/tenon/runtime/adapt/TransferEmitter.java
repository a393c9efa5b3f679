package tenon.runtime.adapt;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tenon.runtime.abi.LiftLowerContext;
import tenon.runtime.abi.Shape;
import tenon.types.component.Layout;
import tenon.types.component.PointerType;

/** Writes the way of a value from one component to another, without a Java object between where none is needed. */
final class TransferEmitter {
    /** Both sides. */
    record Way(Side from, Side to) {
        /** The way of the result. */
        Way back() {
            return new Way(to, from);
        }

        private boolean isUtf8() {
            return from.isUtf8() && to.isUtf8();
        }
    }

    /** What has more parts and lies in memory gets a method of its own: HotSpot compiles no huge ones, and inlines small ones. */
    private static final int MOST_PARTS = 40;

    private static final int MOST_PARTS_OF_CASE = 3;
    private static final int MOST_CASES = 60;

    /** A method of its own that moves elements: addresses of the first ones, and how many there are. */
    private static final MethodType LOOP = MethodType.methodType(
            void.class, LiftLowerContext.class, LiftLowerContext.class, long.class, long.class, int.class);

    private final Emitter emitter;
    private final CodeBuilder code;
    private final Way way;
    private final LiftEmitter lift;
    private final LowerEmitter lower;
    private final int from;
    private final int to;
    /** Of methods of their own. */
    private final MethodType part;

    /** What a method of its own reads: the address is its third argument. */
    private final Place.Memory readElsewhere;

    /** What a method of its own writes: the address is its fourth argument. */
    private final Place.Memory writtenElsewhere;

    /** Elements that follow each other: {@code (LiftLowerContext from, LiftLowerContext to, int source, int target, int count) → void}. */
    static Optional<MethodHandle> ofElements(Way way, Shape element) {
        return Emitter.define(LOOP, emitter -> new TransferEmitter(emitter, way, 0, 1).loop(emitter, element));
    }

    /** From the side whose context is in local variable {@code from} to the one in {@code to}. */
    TransferEmitter(Emitter emitter, Way way, int from, int to) {
        this.emitter = emitter;
        this.code = emitter.code();
        this.way = way;
        this.from = from;
        this.to = to;
        this.lift = new LiftEmitter(emitter, new MemoryEmitter(emitter, from, way.from), true);
        this.lower = new LowerEmitter(emitter, new MemoryEmitter(emitter, to, way.to));
        MemoryEmitter source = lift.memory();
        this.part = MethodType.methodType(
                void.class,
                LiftLowerContext.class,
                LiftLowerContext.class,
                source.type(),
                lower.memory().type());
        this.readElsewhere = new Place.Memory(2, 0);
        this.writtenElsewhere = new Place.Memory(2 + source.kind().slotSize(), 0);
    }

    void transfer(Shape shape, Place source, Place target) {
        transfer(shape, source, target, MOST_PARTS);
    }

    private void transfer(Shape shape, Place source, Place target, int mostParts) {
        if (source instanceof Place.Memory read
                && target instanceof Place.Memory written
                && AdapterSize.of(shape) > mostParts) {
            apart(shape, read, written, inner -> inner.inline(shape, readElsewhere, writtenElsewhere));
        } else {
            inline(shape, source, target);
        }
    }

    private void inline(Shape shape, Place source, Place target) {
        switch (shape) {
            case Shape.Text _ -> {
                if (way.isUtf8()) {
                    bytes(1, 1, source, target, this::checkUtf8);
                } else {
                    pair("transferString", null, source, target);
                }
            }
            case Shape.Numbers numbers -> {
                if (numbers.component() == float.class || numbers.component() == double.class) {
                    pair("transferNumbers", numbers, source, target);
                } else {
                    int size = numbers.elementSize();
                    bytes(size, size, source, target, () -> check("checkList", size, size));
                }
            }
            case Shape.Elements list -> elements(list, source, target);
            case Shape.Product product -> fields(product, source, target);
            case Shape.Sum sum -> sum(sum, source, target);
            case Shape.Flags flags -> {
                lift.unsigned(source, flags.size());
                code.loadConstant(-1 >>> (32 - flags.flags().labels().size()));
                code.iand();
                lower.put(target, flags.size());
            }
            case Shape.Scalar _, Shape.Handle _, Shape.AsyncValue _ -> {
                lift.lift(shape, source);
                lower.lower(shape, target);
            }
        }
    }

    /** Calls a method that does something with what lies at two places; {@code subject} says with what. */
    private void apart(Object subject, Place.Memory source, Place.Memory target, Consumer<TransferEmitter> body) {
        code.aload(from);
        code.aload(to);
        lift.memory().address(source);
        lower.memory().address(target);
        emitter.method(way, subject, part, inner -> {
            body.accept(new TransferEmitter(inner, way, 0, 1));
            inner.code().return_();
        });
    }

    private void fields(Shape.Product product, Place source, Place target) {
        int count = product.fields().size();
        if (source instanceof Place.Memory read && target instanceof Place.Memory written && count > MOST_PARTS) {
            for (int i = 0; i < count; i += MOST_PARTS) {
                int first = i;
                int last = Math.min(count, first + MOST_PARTS);
                apart(
                        new Object(),
                        read,
                        written,
                        inner -> inner.fields(product, first, last, readElsewhere, writtenElsewhere));
            }
        } else {
            fields(product, 0, count, source, target);
        }
    }

    private void fields(Shape.Product product, int first, int last, Place source, Place target) {
        for (int i = first; i < last; i++) {
            transfer(
                    product.fields().get(i),
                    LiftEmitter.field(source, product.offsets().of(way.from.pointer())[i]),
                    LiftEmitter.field(target, product.offsets().of(way.to.pointer())[i]));
        }
    }

    /**
     * Whether every pattern of bits is a value, there are none beside, and none means anything else on the other side. There are no
     * pointers in it, then.
     */
    private static boolean isPlain(Shape shape) {
        return switch (shape) {
            case Shape.Scalar scalar ->
                switch (scalar.primitive()) {
                    case S8, U8, S16, U16, S32, U32, S64, U64 -> true;
                    case BOOL, F32, F64, CHAR, STRING, ERROR_CONTEXT -> false;
                };
            case Shape.Product product ->
                product.fields().stream().allMatch(TransferEmitter::isPlain)
                        && product.fields().stream()
                                        .mapToInt(field -> field.size(PointerType.I32))
                                        .sum()
                                == product.size(PointerType.I32);
            case Shape.Text _,
                    Shape.Numbers _,
                    Shape.Elements _,
                    Shape.Sum _,
                    Shape.Flags _,
                    Shape.Handle _,
                    Shape.AsyncValue _ -> false;
        };
    }

    /** A list whose elements are moved one by one, or all at once where they stay as they are. */
    private void elements(Shape.Elements list, Place source, Place target) {
        Shape element = list.element();
        Layout read = element.layout(way.from.pointer());
        Runnable check = () -> check("checkElements", read.size(), read.alignment());
        if (isPlain(element)) {
            bytes(read.size(), read.alignment(), source, target, check);
        } else {
            block(element.layout(way.to.pointer()), source, target, check, () -> {
                emitter.method(way, list, LOOP, inner -> loop(inner, element));
            });
        }
    }

    /** A string or list whose bytes stay as they are. */
    private void bytes(int size, int alignment, Place source, Place target, Runnable check) {
        block(new Layout(size, alignment), source, target, check, () -> {
            code.loadConstant(size);
            code.imul();
            emitter.step(
                    "copy",
                    void.class,
                    LiftLowerContext.class,
                    LiftLowerContext.class,
                    long.class,
                    long.class,
                    int.class);
        });
    }

    /**
     * A string or list.
     *
     * @param written how an element lies in the target's memory
     * @param check takes the source's context, an address and a length from the stack, and looks at what lies there
     * @param move takes both contexts, both addresses as unsigned longs, and the length, an int, from the stack, and fills what was
     *     allocated
     */
    private void block(Layout written, Place source, Place target, Runnable check, Runnable move) {
        lift.memory().pair(source);
        int checked = emitter.store(TypeKind.LONG);
        int address = emitter.store(TypeKind.LONG);
        code.aload(from);
        code.lload(address);
        code.lload(checked);
        check.run();
        code.lload(checked);
        code.l2i();
        int length = emitter.store(TypeKind.INT);
        int start = lower.allocate(written.alignment(), written.size(), length);
        code.aload(from);
        code.aload(to);
        code.lload(address);
        lower.memory().wide(start);
        code.iload(length);
        move.run();
        lower.memory().putPair(target, start, length);
    }

    private void checkUtf8() {
        emitter.step("checkUtf8", void.class, LiftLowerContext.class, long.class, long.class);
    }

    private void check(String step, int size, int alignment) {
        code.loadConstant(size);
        code.loadConstant(alignment);
        emitter.step(step, void.class, LiftLowerContext.class, long.class, long.class, int.class, int.class);
    }

    private void loop(Emitter inner, Shape element) {
        CodeBuilder loop = inner.code();
        var transfer = new TransferEmitter(inner, way, 0, 1);
        MemoryEmitter read = transfer.lift.memory();
        MemoryEmitter written = transfer.lower.memory();
        int size = element.size(read.pointer());
        Place.Memory source = transfer.first(read, 2);
        Place.Memory target = transfer.first(written, 4);
        loop.iload(6);
        loop.loadConstant(size);
        loop.imul();
        // a list lies in memory, so that its end is at most 2³² in a 32-bit one
        int end = read.end(source.address());
        Label next = loop.newLabel();
        Label done = loop.newLabel();
        loop.labelBinding(next);
        loop.loadLocal(read.kind(), source.address());
        loop.loadLocal(read.kind(), end);
        if (read.pointer() == PointerType.I32) {
            loop.if_icmpeq(done);
        } else {
            loop.lcmp();
            loop.ifeq(done);
        }
        transfer.transfer(element, source, target);
        read.advance(source.address(), size);
        written.advance(target.address(), element.size(written.pointer()));
        loop.goto_(next);
        loop.labelBinding(done);
        loop.return_();
    }

    /** The address that a method of its own was given as a long. */
    private Place.Memory first(MemoryEmitter memory, int parameter) {
        code.lload(parameter);
        memory.narrow();
        return new Place.Memory(emitter.store(memory.kind()), 0);
    }

    private void pair(String step, Shape.@Nullable Numbers numbers, Place source, Place target) {
        code.aload(from);
        code.aload(to);
        lift.memory().pair(source);
        MemoryEmitter written = lower.memory();
        if (numbers == null) {
            written.pairStep(step, LiftLowerContext.class, LiftLowerContext.class, long.class, long.class);
        } else {
            emitter.constant(numbers, Shape.Numbers.class);
            written.pairStep(
                    step, LiftLowerContext.class, LiftLowerContext.class, long.class, long.class, Shape.Numbers.class);
        }
        written.putPair(target);
    }

    private void sum(Shape.Sum sum, Place source, Place target) {
        lift.unsigned(source, sum.discriminantSize());
        int index = emitter.store(TypeKind.INT);
        code.iload(index);
        code.loadConstant(sum.cases().size());
        emitter.step(
                source instanceof Place.Flat ? "checkFlatDiscriminant" : "checkDiscriminant",
                void.class,
                int.class,
                int.class);
        code.iload(index);
        lower.put(target, sum.discriminantSize());
        int read = LiftEmitter.position(source);
        int written = LiftEmitter.position(target);
        if (sum.cases().stream().anyMatch(Optional::isPresent)) {
            payloads(sum, 0, sum.cases().size(), index, source, target);
        }
        LiftEmitter.position(source, read - 1 + sum.flatCount());
        LiftEmitter.position(target, written - 1 + sum.flatCount());
    }

    /** Moves the payload of the case in local variable {@code index}, if it is one of {@code first} to {@code last} − 1. */
    private void payloads(Shape.Sum sum, int first, int last, int index, Place source, Place target) {
        if (source instanceof Place.Memory read
                && target instanceof Place.Memory written
                && last - first > MOST_CASES) {
            int middle = (first + last) >>> 1;
            code.iload(index);
            code.loadConstant(middle);
            code.ifThenElse(
                    Opcode.IF_ICMPLT,
                    _ -> casesApart(sum, first, middle, read, written),
                    _ -> casesApart(sum, middle, last, read, written));
            return;
        }
        int readFrom = LiftEmitter.position(source);
        int writtenFrom = LiftEmitter.position(target);
        Label end = code.newLabel();
        List<SwitchCase> cases = new ArrayList<>();
        for (int i = first; i < last; i++) {
            cases.add(SwitchCase.of(i, sum.payload(i) == null ? end : code.newLabel()));
        }
        code.iload(index);
        code.tableswitch(first, last - 1, end, cases);
        for (int i = first; i < last; i++) {
            Shape payload = sum.payload(i);
            if (payload != null) {
                code.labelBinding(cases.get(i - first).target());
                LiftEmitter.position(source, readFrom);
                LiftEmitter.position(target, writtenFrom);
                transfer(
                        payload,
                        LiftEmitter.field(source, sum.payloadOffset().of(way.from.pointer())),
                        LiftEmitter.field(target, sum.payloadOffset().of(way.to.pointer())),
                        MOST_PARTS_OF_CASE);
                code.goto_(end);
            }
        }
        code.labelBinding(end);
    }

    private void casesApart(Shape.Sum sum, int first, int last, Place.Memory source, Place.Memory target) {
        apart(new Object(), source, target, inner -> {
            inner.lift.unsigned(readElsewhere, sum.discriminantSize());
            int index = inner.emitter.store(TypeKind.INT);
            inner.payloads(sum, first, last, index, readElsewhere, writtenElsewhere);
        });
    }
}

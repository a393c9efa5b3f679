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

    private static final MethodType PART =
            MethodType.methodType(void.class, LiftLowerContext.class, LiftLowerContext.class, int.class, int.class);

    /** What a method of its own reads and writes: the address is its third argument, and its fourth. */
    private static final Place.Memory ELSEWHERE_READ = new Place.Memory(2, 0);

    private static final Place.Memory ELSEWHERE_WRITTEN = new Place.Memory(3, 0);

    private final Emitter emitter;
    private final CodeBuilder code;
    private final Way way;
    private final LiftEmitter lift;
    private final LowerEmitter lower;
    private final int from;
    private final int to;

    /** Elements that follow each other: {@code (LiftLowerContext from, LiftLowerContext to, int source, int target, int count) → void}. */
    static Optional<MethodHandle> ofElements(Way way, Shape element) {
        return Emitter.define(
                PART.appendParameterTypes(int.class),
                emitter -> new TransferEmitter(emitter, way, 0, 1).loop(emitter, element));
    }

    /** From the side whose context is in local variable {@code from} to the one in {@code to}. */
    TransferEmitter(Emitter emitter, Way way, int from, int to) {
        this.emitter = emitter;
        this.code = emitter.code();
        this.way = way;
        this.from = from;
        this.to = to;
        this.lift = new LiftEmitter(emitter, from, true);
        this.lower = new LowerEmitter(emitter, to, way.to.realloc());
    }

    void transfer(Shape shape, Place source, Place target) {
        transfer(shape, source, target, MOST_PARTS);
    }

    private void transfer(Shape shape, Place source, Place target, int mostParts) {
        if (source instanceof Place.Memory read
                && target instanceof Place.Memory written
                && AdapterSize.of(shape) > mostParts) {
            apart(shape, read, written, inner -> inner.inline(shape, ELSEWHERE_READ, ELSEWHERE_WRITTEN));
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
        lift.address(source);
        lift.address(target);
        emitter.method(way, subject, PART, inner -> {
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
                        inner -> inner.fields(product, first, last, ELSEWHERE_READ, ELSEWHERE_WRITTEN));
            }
        } else {
            fields(product, 0, count, source, target);
        }
    }

    private void fields(Shape.Product product, int first, int last, Place source, Place target) {
        for (int i = first; i < last; i++) {
            int offset = product.offsets()[i];
            transfer(product.fields().get(i), LiftEmitter.field(source, offset), LiftEmitter.field(target, offset));
        }
    }

    /** Whether every pattern of bits is a value, there are none beside, and none means anything else on the other side. */
    private static boolean isPlain(Shape shape) {
        return switch (shape) {
            case Shape.Scalar scalar ->
                switch (scalar.primitive()) {
                    case S8, U8, S16, U16, S32, U32, S64, U64 -> true;
                    case BOOL, F32, F64, CHAR, STRING, ERROR_CONTEXT -> false;
                };
            case Shape.Product product ->
                product.fields().stream().allMatch(TransferEmitter::isPlain)
                        && product.fields().stream().mapToInt(Shape::size).sum() == product.size();
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
        int size = element.size();
        Runnable check = () -> check("checkElements", size, element.alignment());
        if (isPlain(element)) {
            bytes(size, element.alignment(), source, target, check);
        } else {
            block(size, element.alignment(), source, target, check, () -> {
                emitter.method(way, list, PART.appendParameterTypes(int.class), inner -> loop(inner, element));
            });
        }
    }

    /** A string or list whose bytes stay as they are. */
    private void bytes(int size, int alignment, Place source, Place target, Runnable check) {
        block(size, alignment, source, target, check, () -> {
            code.loadConstant(size);
            code.imul();
            emitter.step(
                    "copy",
                    void.class,
                    LiftLowerContext.class,
                    LiftLowerContext.class,
                    int.class,
                    int.class,
                    int.class);
        });
    }

    /**
     * A string or list, whose elements have {@code size} bytes.
     *
     * @param check takes the source's context, an address and a length from the stack, and looks at what lies there
     * @param move takes both contexts, both addresses and the length from the stack, and fills what was allocated
     */
    private void block(int size, int alignment, Place source, Place target, Runnable check, Runnable move) {
        lift.pair(source);
        int length = emitter.store(TypeKind.INT);
        int address = emitter.store(TypeKind.INT);
        code.aload(from);
        code.iload(address);
        code.iload(length);
        check.run();
        int written = lower.allocate(alignment, size, length);
        code.aload(from);
        code.aload(to);
        code.iload(address);
        code.iload(written);
        code.iload(length);
        move.run();
        code.iload(written);
        code.iload(length);
        emitter.step("pair", long.class, int.class, int.class);
        lower.pair(target);
    }

    private void checkUtf8() {
        emitter.step("checkUtf8", void.class, LiftLowerContext.class, int.class, int.class);
    }

    private void check(String step, int size, int alignment) {
        code.loadConstant(size);
        code.loadConstant(alignment);
        emitter.step(step, void.class, LiftLowerContext.class, int.class, int.class, int.class, int.class);
    }

    private void loop(Emitter inner, Shape element) {
        CodeBuilder loop = inner.code();
        int end = 4;
        // the count becomes the end: a list lies in memory, so that its end is at most 2³²
        loop.iload(end);
        loop.loadConstant(element.size());
        loop.imul();
        loop.iload(ELSEWHERE_READ.address());
        loop.iadd();
        loop.istore(end);
        Label next = loop.newLabel();
        Label done = loop.newLabel();
        loop.labelBinding(next);
        loop.iload(ELSEWHERE_READ.address());
        loop.iload(end);
        loop.if_icmpeq(done);
        new TransferEmitter(inner, way, 0, 1).transfer(element, ELSEWHERE_READ, ELSEWHERE_WRITTEN);
        advance(loop, ELSEWHERE_READ.address(), element.size());
        advance(loop, ELSEWHERE_WRITTEN.address(), element.size());
        loop.goto_(next);
        loop.labelBinding(done);
        loop.return_();
    }

    private static void advance(CodeBuilder loop, int local, int bytes) {
        loop.iload(local);
        loop.loadConstant(bytes);
        loop.iadd();
        loop.istore(local);
    }

    private void pair(String step, Shape.@Nullable Numbers numbers, Place source, Place target) {
        code.aload(from);
        code.aload(to);
        lift.pair(source);
        if (numbers == null) {
            emitter.step(step, long.class, LiftLowerContext.class, LiftLowerContext.class, int.class, int.class);
        } else {
            emitter.constant(numbers, Shape.Numbers.class);
            emitter.step(
                    step,
                    long.class,
                    LiftLowerContext.class,
                    LiftLowerContext.class,
                    int.class,
                    int.class,
                    Shape.Numbers.class);
        }
        lower.pair(target);
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
        LiftEmitter.position(source, read - 1 + sum.flat().size());
        LiftEmitter.position(target, written - 1 + sum.flat().size());
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
                        LiftEmitter.field(source, sum.payloadOffset()),
                        LiftEmitter.field(target, sum.payloadOffset()),
                        MOST_PARTS_OF_CASE);
                code.goto_(end);
            }
        }
        code.labelBinding(end);
    }

    private void casesApart(Shape.Sum sum, int first, int last, Place.Memory source, Place.Memory target) {
        apart(new Object(), source, target, inner -> {
            inner.lift.unsigned(ELSEWHERE_READ, sum.discriminantSize());
            int index = inner.emitter.store(TypeKind.INT);
            inner.payloads(sum, first, last, index, ELSEWHERE_READ, ELSEWHERE_WRITTEN);
        });
    }
}

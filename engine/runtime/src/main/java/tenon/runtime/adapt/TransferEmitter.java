package tenon.runtime.adapt;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.SwitchCase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tenon.runtime.abi.LiftLowerContext;
import tenon.runtime.abi.Shape;

/** Writes the way of a value from one component to another, without a Java object between where none is needed. */
final class TransferEmitter {
    private final Emitter emitter;
    private final CodeBuilder code;
    private final LiftEmitter lift;
    private final LowerEmitter lower;
    private final int from;
    private final int to;

    /** From the side whose context is in local variable {@code from} to the one in {@code to}. */
    TransferEmitter(Emitter emitter, int from, int to) {
        this.emitter = emitter;
        this.code = emitter.code();
        this.from = from;
        this.to = to;
        this.lift = new LiftEmitter(emitter, from, true);
        this.lower = new LowerEmitter(emitter, to);
    }

    void transfer(Shape shape, Place source, Place target) {
        switch (shape) {
            case Shape.Text _ -> pair("transferString", null, source, target);
            case Shape.Numbers numbers -> pair("transferNumbers", numbers, source, target);
            case Shape.Product product -> {
                for (int i = 0; i < product.fields().size(); i++) {
                    int offset = product.offsets()[i];
                    transfer(
                            product.fields().get(i),
                            LiftEmitter.field(source, offset),
                            LiftEmitter.field(target, offset));
                }
            }
            case Shape.Sum sum -> sum(sum, source, target);
            case Shape.Flags flags -> {
                lift.unsigned(source, flags.size());
                code.loadConstant(-1 >>> (32 - flags.flags().labels().size()));
                code.iand();
                lower.put(target, flags.size());
            }
            case Shape.Scalar _, Shape.Elements _, Shape.Handle _ -> {
                lift.lift(shape, source);
                lower.lower(shape, target);
            }
        }
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
        emitter.step("checkDiscriminant", void.class, int.class, int.class);
        code.iload(index);
        lower.put(target, sum.discriminantSize());
        if (sum.cases().stream().allMatch(Optional::isEmpty)) {
            return;
        }
        int read = LiftEmitter.position(source);
        int written = LiftEmitter.position(target);
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
                LiftEmitter.position(source, read);
                LiftEmitter.position(target, written);
                transfer(
                        payload,
                        LiftEmitter.field(source, sum.payloadOffset()),
                        LiftEmitter.field(target, sum.payloadOffset()));
                code.goto_(end);
            }
        }
        code.labelBinding(end);
        LiftEmitter.position(source, read - 1 + sum.flat().size());
        LiftEmitter.position(target, written - 1 + sum.flat().size());
    }
}

package tenon.core.compile;

import static java.lang.constant.ConstantDescs.CD_String;
import static java.lang.constant.ConstantDescs.CD_byte;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tenon.wasm.Opcode;

/**
 * Blocks and branches as labels and jumps. WebAssembly 3.0, "Control Instructions". The JVM wants one stack at each label,
 * so a branch first drops what the label's block does not have.
 */
final class ControlEmitter {
    private final MethodContext context;
    private final FunctionBody body;
    private final CodeBuilder code;
    private final Exits exits;
    private final ExceptionEmitter exceptions;
    private final Map<Integer, Spill> spills = new HashMap<>();
    private final Map<Integer, Label> protectedFrom = new HashMap<>();

    /** Of a loop or {@code try_table} that is entered with values on the stack: they wait in slots. */
    private record Spill(int low, int mark, int[] params) {}

    ControlEmitter(MethodContext context, Exits exits, ExceptionEmitter exceptions) {
        this.context = context;
        this.body = context.body;
        this.code = context.code;
        this.exits = exits;
        this.exceptions = exceptions;
    }

    /** Opens a loop; one that nothing branches back to is a block. */
    void loop(Block block) {
        if (block.branches() == 0) {
            return;
        }
        int[] slots = spill(block);
        code.labelBinding(context.label(block.opening()));
        poll(block);
        load(block.params(), slots);
    }

    /** Opens a {@code try_table}; handlers begin with an empty stack, so nothing below it may lie there. */
    void protect(Block block) {
        if (!block.handles()) {
            return;
        }
        load(block.params(), spill(block));
        Label from = code.newLabel();
        protectedFrom.put(block.opening(), from);
        // the JVM has no ranges without instructions
        code.labelBinding(from).nop();
    }

    /** Moves the parameters of a block, and all that lies on the stack below them, to slots; those of the parameters. */
    private int[] spill(Block block) {
        int base = block.base().height();
        Kind[] params = block.params();
        int[] slots = new int[params.length];
        if (base > context.low || params.length > 0) {
            spills.put(block.opening(), new Spill(context.low, context.mark(), slots));
            for (int k = params.length - 1; k >= 0; k--) {
                slots[k] = context.newSlot(params[k]);
                context.store(params[k], slots[k]);
            }
            Stack below = block.base();
            for (int height = base - 1; height >= context.low; height--) {
                int slot = context.newSlot(below.top());
                context.store(below.top(), slot);
                context.spilledAt(height, slot);
                below = below.pop();
            }
            context.low = base;
        }
        return slots;
    }

    /** Asks whether the guest is to stop. The stack is empty. */
    private void poll(Block loop) {
        switch (LoopCheck.of(context.layout, body, loop)) {
            case NONE -> {}
            case TOUCH -> touch();
            case FLAG -> {
                context.loadInterrupt();
                code.invokestatic(Runtime.INTERRUPT, "pollLoop", MethodTypeDesc.of(CD_void, Runtime.INTERRUPT));
            }
        }
    }

    /** A touch that fails if the guest is to stop. What is to be touched changes then only: the JIT leaves that way out. */
    private void touch() {
        Label start = code.newLabel();
        Label end = code.newLabel();
        Label closed = code.newLabel();
        Label open = code.newLabel();
        code.labelBinding(start);
        context.loadBuffer();
        code.iconst_0()
                .invokevirtual(Runtime.BUFFER, "get", MethodTypeDesc.of(CD_byte, CD_int))
                .pop()
                .labelBinding(end)
                .goto_(open)
                .labelBinding(closed)
                .pop();
        context.loadInterrupt();
        code.invokestatic(Runtime.INTERRUPT, "closed", MethodTypeDesc.of(Runtime.BUFFER, Runtime.INTERRUPT));
        context.storeBuffer();
        code.labelBinding(open).exceptionCatch(start, end, closed, Runtime.ILLEGAL_STATE);
    }

    /** Opens an {@code if} whose condition's operands lie on the stack. */
    void when(int i, Jump condition) {
        condition.unless(code, context.otherwise(i));
    }

    void otherwise(int i) {
        Block block = body.block(body.parent(i));
        if (body.falls(i)) {
            code.goto_(context.label(block.opening()));
        }
        code.labelBinding(context.otherwise(block.opening()));
    }

    /** Closes a block of this method; the body's own {@code end} returns. */
    void end(int i) {
        Block block = body.block(body.parent(i));
        if (block.opening() == 0) {
            if (body.falls(i)) {
                leaveNoCall();
                returns();
            }
            return;
        }
        Label from = protectedFrom.remove(block.opening());
        if (from != null) {
            endProtected(block, from, body.falls(i));
        } else {
            Spill spill = spills.remove(block.opening());
            if (spill != null) {
                restore(block, spill, body.falls(i));
                context.release(spill.mark);
            }
        }
        if (block.isIf() && block.otherwise() < 0) {
            code.labelBinding(context.otherwise(block.opening()));
        }
        if (!block.isLoop() && (block.branches() > 0 || block.thenFalls() || context.isEntry(block.opening()))) {
            code.labelBinding(context.label(block.opening()));
        }
    }

    /** Brings back what was moved to slots when the block was opened. */
    private void restore(Block block, Spill spill, boolean falls) {
        int base = block.base().height();
        if (falls && spill.low < base) {
            int[] results = store(block.results());
            loadSpilled(block.base(), spill.low);
            load(block.results(), results);
        }
        context.low = spill.low;
    }

    private void endProtected(Block block, Label from, boolean falls) {
        Label to = code.newBoundLabel();
        Spill spill = spills.get(block.opening());
        int inside = context.low;
        if (spill != null) {
            restore(block, spill, falls);
        }
        int outside = context.low;
        if (falls) {
            code.goto_(context.label(block.opening()));
        }
        context.low = inside;
        exceptions.handle(from, to, block.catches(), block.base(), this);
        context.low = outside;
        if (spill != null) {
            spills.remove(block.opening());
            context.release(spill.mark);
        }
        if (falls && block.branches() == 0) {
            code.labelBinding(context.label(block.opening()));
        }
    }

    /** Moves the topmost values to fresh slots. */
    int[] store(Kind[] kinds) {
        return context.store(kinds);
    }

    void load(Kind[] kinds, int[] slots) {
        for (int k = 0; k < kinds.length; k++) {
            context.load(kinds[k], slots[k]);
        }
    }

    /** Loads the values from height {@code from} up to the whole of {@code stack}. */
    private void loadSpilled(Stack stack, int from) {
        Kind[] kinds = stack.topmost(stack.height() - from);
        for (int k = 0; k < kinds.length; k++) {
            context.load(kinds[k], context.spilled(from + k));
        }
    }

    /** Whether a branch can be a mere jump: nothing to drop, nothing to move. {@code stack} ends in the label's values. */
    private boolean isPlain(int target, Stack stack) {
        if (context.isOutside(target) || target == 0) {
            return false;
        }
        Block block = body.block(target);
        int rest = stack.height() - block.labelKinds().length;
        if (block.isLoop() && spills.containsKey(target)) {
            return block.params().length == 0 && rest == context.low;
        }
        return rest == block.base().height() && context.low <= rest && low(block) == context.low;
    }

    /** From where the values of a block that is open lie on the JVM's stack. */
    private int low(Block block) {
        int low = context.low;
        for (var entry : spills.entrySet()) {
            if (entry.getKey() >= block.opening()) {
                low = Math.min(low, entry.getValue().low);
            }
        }
        return low;
    }

    /** An unconditional branch; {@code stack} ends in the label's values. */
    void branch(int target, Stack stack) {
        if (target == 0) {
            leaveNoCall();
        }
        pass(target, stack);
    }

    /** A function that returns has left no call to its caller; one that was left when a stack overflowed is forgotten. */
    private void leaveNoCall() {
        if (context.layout.hasTailCalls(body.functionIndex())) {
            context.loadInstance();
            code.aconst_null().putfield(Runtime.INSTANCE, "tailCall", Runtime.TAIL_CALL);
        }
    }

    /** As {@link #branch}, where a region or a tail call has said already how the function is left. */
    void pass(int target, Stack stack) {
        if (context.isOutside(target)) {
            exits.leave(target, stack);
        } else if (target == 0) {
            returns();
        } else {
            if (!isPlain(target, stack)) {
                arrange(body.block(target), stack);
            }
            code.goto_(context.label(target));
        }
    }

    private void arrange(Block block, Stack stack) {
        Kind[] kinds = block.labelKinds();
        Spill loop = block.isLoop() ? spills.get(block.opening()) : null;
        if (loop != null) {
            for (int k = kinds.length - 1; k >= 0; k--) {
                context.store(kinds[k], loop.params[k]);
            }
            context.drop(stack.pop(kinds.length), context.low);
            return;
        }
        int mark = context.mark();
        int[] values = store(kinds);
        int low = low(block);
        if (low == context.low) {
            context.drop(stack.pop(kinds.length), block.base().height());
        } else {
            context.drop(stack.pop(kinds.length), context.low);
            loadSpilled(block.base(), low);
        }
        load(kinds, values);
        context.release(mark);
    }

    /** A branch taken when the condition holds; {@code stack} is that behind the condition's operands. */
    void branchIf(int target, Jump condition, Stack stack) {
        if (isPlain(target, stack)) {
            condition.to(code, context.label(target));
        } else {
            Label stay = code.newLabel();
            condition.unless(code, stay);
            branch(target, stack);
            code.labelBinding(stay);
        }
    }

    void branchTable(int i) {
        int[] targets = body.targets(i);
        Stack stack = body.before(i).pop();
        BranchTable table = BranchTable.of(targets);
        var labels = new HashMap<Integer, Label>();
        var stubs = new ArrayList<Integer>();
        boolean entersByIndex = false;
        for (int target : table.cases()) {
            Label entry = exits.tableEntry(target, i);
            entersByIndex |= entry != null;
            labels.put(target, tableLabel(target, entry, stack, stubs));
        }
        labels.put(table.otherwise(), tableLabel(table.otherwise(), null, stack, stubs));
        if (table.cases().length == 0) {
            code.pop();
            branch(table.otherwise(), stack);
            return;
        }
        if (entersByIndex) {
            exits.keepIndex();
        }
        var cases = new ArrayList<SwitchCase>();
        if (table.hasConstants()) {
            for (int k = 0; k < table.cases().length; k++) {
                cases.add(SwitchCase.of(k + 1, label(labels, table.cases()[k])));
            }
            caseNumber(table);
        } else {
            for (int k = 0; k < targets.length - 1; k++) {
                if (targets[k] != table.otherwise()) {
                    cases.add(SwitchCase.of(k, label(labels, targets[k])));
                }
            }
        }
        int first = table.hasConstants() ? 1 : 0;
        int count = table.hasConstants() ? table.cases().length : targets.length - 1;
        // an index that is negative here is large and unsigned there: the default as well
        code.tableswitch(first, first + count - 1, label(labels, table.otherwise()), cases);
        for (int target : stubs) {
            code.labelBinding(label(labels, target));
            Label entry = target == table.otherwise() ? null : exits.tableEntry(target, i);
            if (entry == null) {
                branch(target, stack);
            } else {
                arrange(body.block(target), stack);
                code.goto_(entry);
            }
        }
    }

    /** Where a branch table goes: to a block itself or the region entered by index, or to what takes the stack there. */
    private Label tableLabel(int target, @Nullable Label entry, Stack stack, List<Integer> stubs) {
        if (isPlain(target, stack)) {
            return entry != null ? entry : context.label(target);
        }
        stubs.add(target);
        return code.newLabel();
    }

    /** Replaces the index on the stack by the number of its case. */
    private void caseNumber(BranchTable table) {
        int mark = context.mark();
        int index = context.newSlot(Kind.I32);
        code.istore(index).iconst_0();
        int start = 0;
        for (String piece : table.pieces()) {
            code.iload(index).ldc(piece);
            context.constant(start);
            code.invokestatic(Runtime.BRANCHES, "number", MethodTypeDesc.of(CD_int, CD_int, CD_String, CD_int))
                    .ior();
            start += BranchTable.pieceLength();
        }
        context.release(mark);
    }

    private static Label label(Map<Integer, Label> labels, int target) {
        return Objects.requireNonNull(labels.get(target));
    }

    /** Returns the results, which lie on top of the stack. */
    void returns() {
        Kind[] results = Kind.of(body.type().results());
        if (results.length > 1) {
            int mark = context.mark();
            new MultiValue(code).pack(results, store(results));
            context.release(mark);
            code.areturn();
        } else if (results.length == 1) {
            code.return_(results[0].typeKind());
        } else {
            code.return_();
        }
    }

    /** {@code br_on_null} and {@code br_on_non_null}: the reference is on top. */
    void branchOnNull(int i) {
        boolean onNull = body.opcode(i) == Opcode.BR_ON_NULL;
        Stack before = body.before(i);
        Label stay = code.newLabel();
        code.dup();
        if (onNull) {
            code.ifnonnull(stay);
            code.pop();
            branch(body.index(i), before.pop());
            code.labelBinding(stay);
        } else {
            code.ifnull(stay);
            branch(body.index(i), before);
            code.labelBinding(stay);
            code.pop();
        }
    }
}

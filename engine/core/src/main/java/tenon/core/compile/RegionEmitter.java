package tenon.core.compile;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.SwitchCase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tenon.wasm.Module;
import tenon.wasm.Opcode;

/** Emits one JVM method: a whole body, or a region of it. Confined to the emission of that method. */
final class RegionEmitter {
    private final MethodContext context;
    private final FunctionBody body;
    private final CodeBuilder code;
    private final Region region;
    private final List<RegionBorder> inner;
    private final boolean root;
    private final int entrySlot;
    private final Dispatch dispatch;
    private final Exits exits;
    private final ControlEmitter control;
    private final ComparisonEmitter comparisons;
    private final NumericEmitter numerics;
    private final VariableEmitter variables;
    private final MemoryEmitter memory;
    private final AccessEmitter accesses;
    private final CallEmitter calls;
    private final ReferenceEmitter references;
    private final AggregateEmitter aggregates;
    private final CastEmitter casts;
    private final ExceptionEmitter exceptions;
    private final TailCallEmitter tailCalls;
    private final Label beginning;
    /** The clauses around the region, if it may raise what they catch. */
    private final List<Catch> handlers;

    private final int bodyStart;
    private final int lineScale;
    /** Whether there are loops that ask by a touch if they are to stop. */
    private boolean touches;

    private boolean handles;
    /** Whether this method makes a frame for those that it calls. */
    private final boolean creates;

    /** {@code inner} are the borders of the region's own inner regions, in order. */
    RegionEmitter(
            ModuleLayout layout,
            FunctionBody body,
            Liveness liveness,
            RegionBorder border,
            List<RegionBorder> inner,
            Dispatch dispatch,
            @Nullable Frame frame,
            CodeBuilder code) {
        this.dispatch = dispatch;
        this.body = body;
        this.code = code;
        this.region = border.region();
        this.inner = inner;
        this.root = region.from() == 0;
        var localSlots = new int[body.locals()];
        Arrays.fill(localSlots, -1);
        int next = 0;
        int entrySlot = -1;
        int frameSlot = -1;
        if (root) {
            for (int p = 0; p < body.params(); p++) {
                localSlots[p] = next;
                next += body.local(p).slots();
            }
        } else {
            for (Kind kind : border.consumed()) {
                next += kind.slots();
            }
            for (int local : border.parameters()) {
                localSlots[local] = next;
                next += body.local(local).slots();
            }
            if (!region.entries().isEmpty()) {
                entrySlot = next++;
            }
            if (border.frame() != null) {
                frameSlot = next++;
            }
        }
        this.entrySlot = entrySlot;
        this.context = new MethodContext(layout, body, liveness, border, code, localSlots, next, next + 1);
        this.creates = frame != null && border.frame() == null;
        if (frame != null) {
            boolean resident = creates || !region.entries().isEmpty();
            context.useFrame(frame, creates ? context.newSlot(Kind.REF) : frameSlot, resident);
        }
        this.exits = new Exits(context, root, inner, entrySlot);
        this.comparisons = new ComparisonEmitter(context);
        this.numerics = new NumericEmitter(context);
        this.variables = new VariableEmitter(context);
        this.memory = new MemoryEmitter(context);
        this.exceptions = new ExceptionEmitter(context, memory);
        this.control = new ControlEmitter(context, exits, exceptions);
        this.beginning = code.newLabel();
        this.tailCalls = new TailCallEmitter(context, root, beginning);
        this.handlers = root || !raises() ? List.of() : body.handlers(region.from());
        this.accesses = new AccessEmitter(context);
        this.calls = new CallEmitter(context, memory);
        this.references = new ReferenceEmitter(context);
        this.aggregates = new AggregateEmitter(context);
        this.casts = new CastEmitter(context);
        Module.Code source =
                body.module().code().get(body.functionIndex() - body.module().importedFunctions());
        this.bodyStart = source.start();
        this.lineScale = lineScale(source);
    }

    /** The JVM counts lines from 1 to 65535; in bodies longer than that one line stands for several bytes. */
    static int lineScale(Module.Code source) {
        return 1 + (source.end() - source.start()) / 65_534;
    }

    private boolean raises() {
        boolean raises = false;
        for (int i = region.from(); i < region.to() && !raises; i++) {
            raises = body.raises(i);
        }
        return raises;
    }

    void emit() {
        enter();
        Label start = code.newBoundLabel();
        Iterator<RegionBorder> borders = inner.iterator();
        RegionBorder next = borders.hasNext() ? borders.next() : null;
        int i = region.from();
        while (i < region.to()) {
            if (next != null && next.region().from() == i) {
                RegionBorder called = next;
                line(i);
                exits.call(called, control, () -> reload(called));
                accesses.meet();
                i = called.region().to();
                next = borders.hasNext() ? borders.next() : null;
            } else {
                int limit = next != null ? next.region().from() : region.to();
                i = emit(i, limit);
            }
        }
        if (!root && context.border.falls()) {
            exits.fall();
        }
        if (!handlers.isEmpty()) {
            exceptions.handle(start, code.newBoundLabel(), handlers, Stack.EMPTY, control);
        }
        exits.finish(control);
    }

    /** Gives every local its slot, and those that may be read before they are set the value 0. */
    private void enter() {
        code.labelBinding(beginning);
        BitSet touched = touched();
        if (creates) {
            context.createFrame();
        }
        touched.stream().filter(local -> !context.isResident(local)).forEach(context::slot);
        if (context.border.frame() != null && !context.isResident()) {
            Arrays.stream(context.border.inputs()).forEach(context::fetch);
        }
        context.takeMemorySlots();
        if (touches) {
            context.prepareBuffer();
        }
        BitSet zeros = zeros();
        zeros.and(touched);
        // those in a frame are 0 from the beginning, or come in
        zeros.stream().filter(local -> !context.isResident(local)).forEach(this::zero);
        if (!inner.isEmpty() || !root) {
            exits.prepare();
        }
        // where several ways meet, the array has to be there on all of them
        boolean meet = handles
                || !handlers.isEmpty()
                || !region.entries().isEmpty()
                || inner.stream().anyMatch(each -> each.exits().length > 0);
        if (meet) {
            memory.reloadAll();
        } else {
            memory.reload(region.from());
        }
        if (root) {
            calls.enter();
            return;
        }
        int slot = 0;
        for (Kind kind : context.border.consumed()) {
            context.load(kind, slot);
            slot += kind.slots();
        }
        if (!region.entries().isEmpty()) {
            chooseEntry();
        }
    }

    /** The locals that this method itself reads, sets, or hands to the methods of inner regions. */
    private BitSet touched() {
        var touched = new BitSet();
        Iterator<RegionBorder> borders = inner.iterator();
        RegionBorder next = borders.hasNext() ? borders.next() : null;
        for (int i = region.from(); i < region.to(); i++) {
            if (next != null && next.region().from() == i) {
                Arrays.stream(next.parameters()).forEach(touched::set);
                Arrays.stream(next.results()).forEach(touched::set);
                i = next.region().to() - 1;
                next = borders.hasNext() ? borders.next() : null;
                continue;
            }
            switch (body.opcode(i)) {
                case LOOP -> touches |= LoopCheck.of(context.layout, body, body.block(i)) == LoopCheck.TOUCH;
                case TRY_TABLE -> handles = true;
                case LOCAL_GET, LOCAL_SET, LOCAL_TEE -> touched.set(body.index(i));
                default -> {
                    if (body.opcode(i).immediate() == Opcode.Immediate.MEMARG) {
                        context.touches(
                                body.index(i),
                                body.before(i).height() - body.before(i + 1).height() == 2);
                    }
                }
            }
        }
        for (int output : context.border.outputs()) {
            touched.set(output);
        }
        return touched;
    }

    /**
     * The locals to set to 0 first: in a whole body those that may be read before they are set; what goes into a region with
     * several entries, since it may be set on the way to some of them only; and what is live where regions exit to, since the
     * ways out of several regions meet in one switch.
     */
    private BitSet zeros() {
        BitSet zeros = root ? context.liveness.locals(0) : new BitSet();
        for (RegionBorder each : inner) {
            if (!each.region().entries().isEmpty()) {
                Arrays.stream(each.parameters()).forEach(zeros::set);
            }
            for (int exit : each.exits()) {
                zeros.or(context.liveness.atLabel(exit));
            }
        }
        Arrays.stream(exits.outputsOfAllWays()).forEach(zeros::set);
        if (root) {
            zeros.clear(0, body.params());
        } else {
            Arrays.stream(context.border.inputs()).forEach(zeros::clear);
        }
        return zeros;
    }

    /** Goes to the entry that the caller asks for. */
    private void chooseEntry() {
        Label first = code.newLabel();
        int table = context.border.table();
        if (table >= 0) {
            Label numbered = code.newLabel();
            code.iload(entrySlot).ifge(numbered);
            chooseByIndex(table, first);
            code.labelBinding(numbered);
        }
        var cases = new ArrayList<SwitchCase>();
        for (int k = 0; k < region.entries().size(); k++) {
            int entry = region.entries().get(k);
            // what lies behind a block that nothing branches to may be left out, and with it where the label would be
            if (body.block(entry).branches() > 0 && !dispatch.isOnly(table, entry)) {
                cases.add(SwitchCase.of(k + 1, context.label(entry)));
            }
        }
        if (!cases.isEmpty()) {
            code.iload(entrySlot).lookupswitch(first, cases);
        }
        code.labelBinding(first);
    }

    /** Goes where the index of a table leads, given as {@code ~index}. */
    private void chooseByIndex(int table, Label otherwise) {
        int[] targets = body.targets(table);
        var entries = new HashSet<>(region.entries());
        var cases = new ArrayList<SwitchCase>();
        for (int index = targets.length - 2; index >= 0; index--) {
            if (entries.contains(targets[index])) {
                Label further = exits.tableEntry(targets[index], table);
                cases.add(SwitchCase.of(~index, further != null ? further : context.label(targets[index])));
            }
        }
        int lowest = cases.getFirst().caseValue();
        int highest = cases.getLast().caseValue();
        if (highest - lowest <= 4 * cases.size()) {
            code.iload(entrySlot).tableswitch(lowest, highest, otherwise, cases);
        } else {
            code.iload(entrySlot).lookupswitch(otherwise, cases);
        }
    }

    private void zero(int local) {
        switch (body.local(local)) {
            case I32 -> code.iconst_0();
            case I64 -> code.lconst_0();
            case F32 -> code.fconst_0();
            case F64 -> code.dconst_0();
            case REF -> code.aconst_null();
        }
        variables.localSet(local);
    }

    /** Behind a region that calls, arrays of memories may have been replaced. */
    private void reload(RegionBorder called) {
        boolean replaced = false;
        for (int i = called.region().from(); i < called.region().to() && !replaced; i++) {
            replaced = body.calls(i);
        }
        if (replaced) {
            memory.reloadAll();
        }
    }

    private void line(int i) {
        code.lineNumber(1 + (body.position(i) - bodyStart) / lineScale);
    }

    /** Emits the instruction at {@code i}, with those before {@code limit} that one jump can do as well; the next index. */
    private int emit(int i, int limit) {
        int behind = comparisons.behind(i, limit);
        if (behind >= 0) {
            return condition(i, behind, limit);
        }
        Opcode opcode = body.opcode(i);
        switch (opcode.immediate()) {
            case MEMARG -> {
                line(i);
                accesses.access(i);
            }
            case I32, I64, F32, F64 -> {
                if (i + 1 < limit && numerics.divideBy(body.bits(i), body.opcode(i + 1))) {
                    return i + 2;
                }
                numerics.constant(opcode, body.bits(i));
            }
            case LOCAL, GLOBAL -> variable(opcode, body.index(i));
            case MEMORY, MEMORY_MEMORY, DATA_MEMORY, DATA -> {
                line(i);
                memory.bulk(i);
            }
            case BLOCK, TRY_TABLE, LABEL, LABELS -> control(i, opcode);
            case FUNC, TYPE_TABLE -> call(i, opcode);
            case TYPE -> {
                if (opcode == Opcode.CALL_REF || opcode == Opcode.RETURN_CALL_REF) {
                    call(i, opcode);
                } else {
                    aggregate(i);
                }
            }
            case TYPE_FIELD, TYPE_COUNT, TYPE_DATA, TYPE_ELEM, TYPE_TYPE -> aggregate(i);
            case CAST, CAST_LABEL -> {
                line(i);
                casts.emit(i);
            }
            case NONE, FENCE, TYPES, TABLE, TAG, ELEM_TABLE, ELEM, TABLE_TABLE, HEAP -> other(i, opcode);
        }
        return i + 1;
    }

    private int condition(int i, int behind, int limit) {
        int user = behind;
        boolean negated = false;
        while (user < limit && body.opcode(user) == Opcode.I32_EQZ) {
            negated = !negated;
            user++;
        }
        boolean fuses = user < limit
                && switch (body.opcode(user)) {
                    case IF, BR_IF, SELECT -> true;
                    default -> false;
                };
        if (fuses) {
            Jump jump = comparisons.jump(i);
            use(user, negated ? jump.negate() : jump);
            return user + 1;
        }
        if (behind == i + 2) {
            code.iconst_0();
        }
        comparisons.value(behind - 1);
        return behind;
    }

    private void use(int i, Jump condition) {
        Stack stack = body.before(i).pop();
        switch (body.opcode(i)) {
            case IF -> control.when(i, condition);
            case BR_IF -> control.branchIf(body.index(i), condition, stack);
            case SELECT -> references.select(condition, stack.top());
            default -> throw new AssertionError(body.opcode(i));
        }
    }

    private void variable(Opcode opcode, int index) {
        switch (opcode) {
            case LOCAL_GET -> variables.localGet(index);
            case LOCAL_SET -> {
                variables.localSet(index);
                accesses.set(index);
            }
            case LOCAL_TEE -> {
                variables.localTee(index);
                accesses.set(index);
            }
            case GLOBAL_GET -> variables.globalGet(index);
            case GLOBAL_SET -> variables.globalSet(index);
            default -> throw new AssertionError(opcode);
        }
    }

    private void control(int i, Opcode opcode) {
        switch (opcode) {
            case BLOCK -> {}
            case LOOP -> {
                control.loop(body.block(i));
                accesses.meet();
            }
            case TRY_TABLE -> control.protect(body.block(i));
            case IF, BR_IF -> use(i, Jump.NOT_ZERO);
            case BR -> control.branch(body.index(i), body.before(i));
            case BR_TABLE -> control.branchTable(i);
            case BR_ON_NULL, BR_ON_NON_NULL -> control.branchOnNull(i);
            default -> throw new AssertionError(opcode);
        }
    }

    private void call(int i, Opcode opcode) {
        line(i);
        switch (opcode) {
            case CALL -> calls.call(i);
            case CALL_INDIRECT -> calls.indirect(i);
            case CALL_REF -> calls.reference(i);
            case RETURN_CALL, RETURN_CALL_INDIRECT, RETURN_CALL_REF -> tailCalls.emit(i, control);
            case REF_FUNC -> references.emit(i);
            default -> throw new AssertionError(opcode);
        }
    }

    private void aggregate(int i) {
        line(i);
        aggregates.emit(i);
    }

    private void other(int i, Opcode opcode) {
        switch (opcode) {
            case NOP -> {}
            case UNREACHABLE -> {
                line(i);
                references.unreachable();
            }
            case ELSE -> {
                control.otherwise(i);
                accesses.meet();
            }
            case END -> {
                control.end(i);
                accesses.meet();
            }
            case DROP -> references.drop(body.before(i).top());
            case SELECT -> use(i, Jump.NOT_ZERO);
            case ARRAY_LEN, REF_I31, I31_GET_S, I31_GET_U, ANY_CONVERT_EXTERN, EXTERN_CONVERT_ANY -> aggregate(i);
            case REF_NULL,
                    REF_AS_NON_NULL,
                    REF_EQ,
                    TABLE_GET,
                    TABLE_SET,
                    TABLE_SIZE,
                    TABLE_GROW,
                    TABLE_FILL,
                    TABLE_COPY,
                    TABLE_INIT,
                    ELEM_DROP -> {
                line(i);
                references.emit(i);
            }
            case THROW, THROW_REF -> {
                line(i);
                exceptions.raise(i, control);
            }
            default -> {
                if (traps(opcode)) {
                    line(i);
                }
                numerics.emit(opcode);
            }
        }
    }

    private static boolean traps(Opcode opcode) {
        return switch (opcode) {
            case I32_DIV_S,
                    I32_DIV_U,
                    I32_REM_S,
                    I32_REM_U,
                    I64_DIV_S,
                    I64_DIV_U,
                    I64_REM_S,
                    I64_REM_U,
                    I32_TRUNC_F32_S,
                    I32_TRUNC_F32_U,
                    I32_TRUNC_F64_S,
                    I32_TRUNC_F64_U,
                    I64_TRUNC_F32_S,
                    I64_TRUNC_F32_U,
                    I64_TRUNC_F64_S,
                    I64_TRUNC_F64_U -> true;
            default -> false;
        };
    }
}

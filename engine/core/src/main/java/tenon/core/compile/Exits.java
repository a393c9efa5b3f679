package tenon.core.compile;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The ways out of a region that is a method of its own, and the calls of such methods. A method returns its only value
 * itself; otherwise values go through {@link Scratch} fields, and if branches leave it, it returns 0 for falling through
 * or the target's number plus one.
 */
final class Exits {
    private final MethodContext context;
    private final FunctionBody body;
    private final CodeBuilder code;
    private final @Nullable Scratch own;
    /** What this method has to write to its caller's frame; null if it has none, or keeps nothing of it in slots. */
    private final @Nullable Changes changes;

    /** Whether all ways out write all outputs in one place, since there are several of both. */
    private final boolean sharesEpilogue;

    private final Label epilogue;
    /** The switch for all regions that are called with an empty stack, at the end of the method. */
    private @Nullable Label shared;

    private int sharedSlot = -1;
    private int entrySlot = -1;
    private final TreeSet<Integer> sharedTargets = new TreeSet<>();
    /** The inner regions that are entered by the index of a table, by the blocks whose ends they hold. */
    private final Map<Integer, RegionBorder> tabled = new HashMap<>();
    /** Where a table goes whose index enters a region, by the region's first instruction. */
    private final Map<Integer, Label> tableEntries = new HashMap<>();
    /** Of the entry by which this region was entered. */
    private final int ownEntry;

    private int tableSlot = -1;

    Exits(MethodContext context, boolean root, List<RegionBorder> inner, int ownEntry) {
        this.ownEntry = ownEntry;
        for (RegionBorder each : inner) {
            if (each.table() >= 0) {
                each.region().entries().forEach(entry -> tabled.put(entry, each));
            }
        }
        this.context = context;
        this.body = context.body;
        this.code = context.code;
        this.changes = context.border.frame() == null || context.isResident()
                ? null
                : Changes.of(context.body, context.border.region());
        this.own = root ? null : Scratch.of(context.body, context.border);
        this.sharesEpilogue = own != null && own.exitCode() && context.border.results().length > 1;
        this.epilogue = code.newLabel();
    }

    private Scratch own() {
        return Objects.requireNonNull(own);
    }

    /** Leaves by a branch to a block outside; {@code stack} ends in the label's values. */
    void leave(int target, Stack stack) {
        Kind[] kinds = body.block(target).labelKinds();
        assert stack.height() >= kinds.length;
        int[] numbers = Scratch.arguments(kinds);
        for (int k = kinds.length - 1; k >= 0; k--) {
            put(kinds[k], numbers[k]);
        }
        if (sharesEpilogue) {
            context.drop(stack.pop(kinds.length), context.low);
            context.constant(target + 1);
            code.istore(sharedSlot()).goto_(epilogue);
            return;
        }
        if (changes != null) {
            writeBack(context.liveness.atLabel(target), changes.at(target));
        }
        putOutputs(context.liveness.atLabel(target));
        context.constant(target + 1);
        code.ireturn();
    }

    /** Leaves by falling through; what the region produces lies on the stack. */
    void fall() {
        if (changes != null) {
            writeBack(context.liveness.before(context.border.region().to()), changes.falling());
        }
        Kind[] produced = context.border.produced();
        int[] outputs = context.border.results();
        if (own().direct()) {
            if (outputs.length == 1) {
                context.loadLocal(outputs[0]);
                code.return_(body.local(outputs[0]).typeKind());
            } else {
                code.return_(produced[0].typeKind());
            }
            return;
        }
        for (int k = produced.length - 1; k >= 0; k--) {
            put(produced[k], own().produced()[k]);
        }
        if (sharesEpilogue) {
            code.iconst_0().istore(sharedSlot()).goto_(epilogue);
            return;
        }
        putOutputs(context.liveness.before(context.border.region().to()));
        if (own().exitCode()) {
            code.iconst_0().ireturn();
        } else {
            code.return_();
        }
    }

    /** Brings the frame up to date for who reads it next. */
    private void writeBack(BitSet live, BitSet changed) {
        for (int local : context.border.outputs()) {
            if (live.get(local) && changed.get(local)) {
                context.writeBack(local);
            }
        }
    }

    private void putOutputs(BitSet live) {
        int[] outputs = context.border.results();
        for (int k = 0; k < outputs.length; k++) {
            if (live.get(outputs[k])) {
                Kind kind = body.local(outputs[k]);
                context.loadInstance();
                context.loadLocal(outputs[k]);
                code.putfield(context.layout.instance(), Scratch.field(kind, own().outputs()[k]), kind.descriptor());
            }
        }
    }

    private void put(Kind kind, int number) {
        context.loadInstance();
        if (kind.slots() == 2) {
            code.dup_x2().pop();
        } else {
            code.swap();
        }
        code.putfield(context.layout.instance(), Scratch.field(kind, number), kind.descriptor());
    }

    private void get(Kind kind, int number) {
        context.loadInstance();
        code.getfield(context.layout.instance(), Scratch.field(kind, number), kind.descriptor());
    }

    /** The type of a region's method: values consumed, input locals, instance. */
    static MethodTypeDesc descriptor(ModuleLayout layout, FunctionBody body, RegionBorder border) {
        var params = new ArrayList<ClassDesc>();
        for (Kind kind : border.consumed()) {
            params.add(kind.descriptor());
        }
        for (int local : border.parameters()) {
            params.add(body.local(local).descriptor());
        }
        if (!border.region().entries().isEmpty()) {
            params.add(ConstantDescs.CD_int);
        }
        if (border.frame() != null) {
            params.add(border.frame().type());
        }
        params.add(layout.instance());
        Scratch scratch = Scratch.of(body, border);
        ClassDesc result = ConstantDescs.CD_void;
        if (scratch.exitCode()) {
            result = ConstantDescs.CD_int;
        } else if (scratch.direct()) {
            result = border.results().length == 1
                    ? body.local(border.results()[0]).descriptor()
                    : border.produced()[0].descriptor();
        }
        return MethodTypeDesc.of(result, params);
    }

    /** The name of a region's method. */
    static String name(ModuleLayout layout, FunctionBody body, Region region) {
        return layout.method(body.functionIndex()) + "@" + region.from() + "-" + region.to();
    }

    /** Calls the method of an inner region; {@code reload} brings cached arrays up to date behind the call. */
    void call(RegionBorder inner, ControlEmitter control, Runnable reload) {
        Scratch scratch = Scratch.of(body, inner);
        int entrySlot = enter(inner);
        for (int local : inner.parameters()) {
            context.loadLocal(local);
        }
        if (entrySlot >= 0) {
            code.iload(entrySlot);
        }
        if (inner.frame() != null) {
            context.loadFrame();
        }
        context.loadInstance();
        code.invokestatic(
                context.layout.owner(body.functionIndex()),
                name(context.layout, body, inner.region()),
                descriptor(context.layout, body, inner));
        Stack below = body.before(inner.region().from()).pop(inner.consumed().length);
        int mark = context.mark();
        boolean empty = context.low == 0 && below.height() == 0 && !entersLoopWithParams(inner);
        int codeSlot = scratch.exitCode() ? (empty ? sharedSlot() : context.newSlot(Kind.I32)) : -1;
        if (scratch.exitCode()) {
            code.istore(codeSlot);
        }
        if (scratch.direct() && inner.results().length == 1) {
            context.storeLocal(inner.results()[0]);
        } else if (!scratch.direct()) {
            for (int k = 0; k < inner.results().length; k++) {
                Kind kind = body.local(inner.results()[k]);
                get(kind, scratch.outputs()[k]);
                context.storeLocal(inner.results()[k]);
            }
        }
        reload.run();
        if (scratch.exitCode()) {
            dispatch(inner, codeSlot, empty, below, control);
        }
        if (!scratch.direct() && inner.falls()) {
            for (int k = 0; k < inner.produced().length; k++) {
                get(inner.produced()[k], scratch.produced()[k]);
            }
        }
        if (!inner.falls() && !scratch.exitCode()) {
            new ReferenceEmitter(context).unreachable();
        }
        context.release(mark);
    }

    /** Parameters of a loop wait in slots that only code inside of it knows. */
    private boolean entersLoopWithParams(RegionBorder inner) {
        return Arrays.stream(inner.exits())
                .mapToObj(body::block)
                .anyMatch(block -> block.isLoop() && block.params().length > 0);
    }

    /** Where several ways lead into a region, notes which one was taken; the slot of that number, −1 if there is one way. */
    private int enter(RegionBorder border) {
        Region inner = border.region();
        if (inner.entries().isEmpty()) {
            return -1;
        }
        Label call = code.newLabel();
        code.iconst_0().istore(entrySlot);
        Label byTable = tableEntries.get(inner.from());
        if (byTable != null) {
            boolean own = border.table() >= context.border.region().from();
            code.goto_(call)
                    .labelBinding(byTable)
                    .iload(own ? tableSlot : ownEntry)
                    .istore(entrySlot);
        }
        for (int k = 0; k < inner.entries().size(); k++) {
            int entry = inner.entries().get(k);
            if (context.isWanted(entry) || sharedTargets.contains(entry)) {
                code.goto_(call);
                code.labelBinding(context.label(entry));
                context.constant(k + 1);
                code.istore(entrySlot);
            }
        }
        code.labelBinding(call);
        return entrySlot;
    }

    /** Where an entry of a table goes whose target lies in a region that is entered by its index; null for all others. */
    @Nullable Label tableEntry(int target, int table) {
        RegionBorder inner = tabled.get(target);
        return inner == null || inner.table() != table
                ? null
                : tableEntries.computeIfAbsent(inner.region().from(), _ -> code.newLabel());
    }

    /** Keeps the index on the stack for {@link #tableEntry}. */
    void keepIndex() {
        code.dup().iconst_m1().ixor().istore(tableSlot);
    }

    /** One slot for all, taken before the first instruction. */
    private int sharedSlot() {
        assert sharedSlot >= 0;
        return sharedSlot;
    }

    /** Takes the slots that ways in and out share; before the first instruction. */
    void prepare() {
        sharedSlot = context.newSlot(Kind.I32);
        entrySlot = context.newSlot(Kind.I32);
        tableSlot = context.newSlot(Kind.I32);
        shared = code.newLabel();
    }

    private void dispatch(RegionBorder inner, int codeSlot, boolean empty, Stack below, ControlEmitter control) {
        int[] exits = inner.exits();
        if (!inner.falls() && exits.length == 1) {
            branchOn(exits[0], below, control);
            return;
        }
        code.iload(codeSlot);
        if (exits.length == 1) {
            Label fall = code.newLabel();
            code.ifeq(fall);
            branchOn(exits[0], below, control);
            code.labelBinding(fall);
        } else if (empty) {
            for (int exit : exits) {
                sharedTargets.add(exit);
            }
            Label all = Objects.requireNonNull(shared);
            if (inner.falls()) {
                code.ifne(all);
            } else {
                code.pop().goto_(all);
            }
        } else {
            Label fall = code.newLabel();
            choose(exits, below, control, inner.falls() ? fall : null);
            code.labelBinding(fall);
            if (!inner.falls()) {
                new ReferenceEmitter(context).unreachable();
            }
        }
    }

    /** Output locals that every way out writes, and that have to have a value on all of them. */
    int[] outputsOfAllWays() {
        return sharesEpilogue ? context.border.results() : new int[0];
    }

    /** Writes the shared switch and the shared epilogue, behind everything else. */
    void finish(ControlEmitter control) {
        finishSwitch(control);
        if (sharesEpilogue) {
            code.labelBinding(epilogue);
            var all = new BitSet();
            all.set(0, body.locals());
            putOutputs(all);
            code.iload(sharedSlot()).ireturn();
        }
    }

    private void finishSwitch(ControlEmitter control) {
        if (sharedTargets.isEmpty()) {
            return;
        }
        code.labelBinding(Objects.requireNonNull(shared));
        code.iload(sharedSlot);
        int[] exits = sharedTargets.stream().mapToInt(Integer::intValue).toArray();
        choose(exits, Stack.EMPTY, control, null);
    }

    /** Switches over the exit code on the stack; without a way to fall the last exit is the default. */
    private void choose(int[] exits, Stack below, ControlEmitter control, @Nullable Label fall) {
        var stubs = new ArrayList<Label>();
        List<SwitchCase> cases = new ArrayList<>();
        for (int exit : exits) {
            Label stub = code.newLabel();
            stubs.add(stub);
            cases.add(SwitchCase.of(exit + 1, stub));
        }
        code.lookupswitch(fall != null ? fall : stubs.getLast(), cases);
        for (int k = 0; k < exits.length; k++) {
            code.labelBinding(stubs.get(k));
            branchOn(exits[k], below, control);
        }
    }

    /** Goes on with a branch that left an inner region. */
    private void branchOn(int target, Stack below, ControlEmitter control) {
        Kind[] kinds = body.block(target).labelKinds();
        int[] numbers = Scratch.arguments(kinds);
        for (int k = 0; k < kinds.length; k++) {
            get(kinds[k], numbers[k]);
        }
        control.pass(target, below.push(kinds));
    }
}

package tenon.core.compile;

import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.DynamicConstantDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tenon.types.core.Limits;

/**
 * What the emitters of one JVM method share: the builder, slots of locals, labels, and how the operand stack of
 * WebAssembly lies on that of the JVM. Confined to the emission of one method.
 *
 * <p>Values from {@link #low} upwards lie on the JVM's stack; those below were moved to slots when a loop was entered,
 * because the JVM replaces a running loop by compiled code only where its stack is empty.
 */
final class MethodContext {
    final ModuleLayout layout;
    final FunctionBody body;
    final Liveness liveness;
    final RegionBorder border;
    final CodeBuilder code;

    /** Index of the lowest value that lies on the JVM's stack. */
    int low;

    private final int[] localSlots;
    private final int instanceSlot;
    private final int[] memorySlots;
    private final int[] dirtySlots;
    private final BitSet memories = new BitSet();
    private final BitSet stored = new BitSet();
    private final Map<Integer, Label> labels = new HashMap<>();
    private final Map<Integer, Label> elses = new HashMap<>();
    private int nextSlot;
    private int bufferSlot = -1;
    private int frameSlot = -1;
    /** The frame that this method has or is given; null if there is none. */
    private @Nullable Frame frame;
    /** Whether the frame's locals are read and written there, instead of in slots. */
    private boolean resident;

    /** Slots of values below {@link #low}, by their height. */
    private int[] spilled = new int[4];

    MethodContext(
            ModuleLayout layout,
            FunctionBody body,
            Liveness liveness,
            RegionBorder border,
            CodeBuilder code,
            int[] localSlots,
            int instanceSlot,
            int nextSlot) {
        this.layout = layout;
        this.body = body;
        this.liveness = liveness;
        this.border = border;
        this.code = code;
        this.localSlots = localSlots;
        this.instanceSlot = instanceSlot;
        this.nextSlot = nextSlot;
        int memories = layout.module().spaces().memories().size();
        this.memorySlots = new int[memories];
        this.dirtySlots = new int[memories];
        Arrays.fill(memorySlots, -1);
        Arrays.fill(dirtySlots, -1);
        this.low = body.before(border.region().from()).height() - border.consumed().length;
    }

    /** Whether a branch to a block leaves this method. */
    boolean isOutside(int opening) {
        return opening < border.region().from() && !border.region().enters(opening);
    }

    /** Whether control may come in behind the end of a block. */
    boolean isEntry(int opening) {
        return border.region().enters(opening);
    }

    /** The label of a block: where branches to it go. */
    Label label(int opening) {
        return labels.computeIfAbsent(opening, _ -> code.newLabel());
    }

    /** Whether something goes to the label of a block. */
    boolean isWanted(int opening) {
        return labels.containsKey(opening);
    }

    /** Where an {@code if} goes when its condition is false. */
    Label otherwise(int opening) {
        return elses.computeIfAbsent(opening, _ -> code.newLabel());
    }

    /** The slot of a local; it is given one when first asked for. */
    int slot(int local) {
        if (localSlots[local] < 0) {
            localSlots[local] = newSlot(body.local(local));
        }
        return localSlots[local];
    }

    /** Uses a frame, which lies in {@code slot}; {@code resident} if its locals have no slots. */
    void useFrame(Frame used, int slot, boolean isResident) {
        frame = used;
        frameSlot = slot;
        resident = isResident;
    }

    boolean isResident() {
        return resident;
    }

    /** Whether a local is read and written in the frame. */
    boolean isResident(int local) {
        return resident && frame != null && frame.holds(local);
    }

    void loadFrame() {
        code.aload(frameSlot);
    }

    private Frame frame() {
        return Objects.requireNonNull(frame);
    }

    /** Makes the frame; what locals have as parameters of the method goes there. */
    void createFrame() {
        frame().create(code);
        code.astore(frameSlot);
        for (int local = 0; local < localSlots.length; local++) {
            if (localSlots[local] >= 0 && frame().holds(local)) {
                writeBack(local);
            }
        }
    }

    /** Brings a local's slot up to date. */
    void fetch(int local) {
        loadFrame();
        frame().get(code, local);
        store(body.local(local), slot(local));
    }

    /** Writes a local's slot to the frame. */
    void writeBack(int local) {
        loadFrame();
        load(body.local(local), slot(local));
        frame().set(code, local);
    }

    /** Pushes a local. */
    void loadLocal(int local) {
        if (isResident(local)) {
            loadFrame();
            frame().get(code, local);
        } else {
            load(body.local(local), slot(local));
        }
    }

    /** Pops a local. */
    void storeLocal(int local) {
        if (isResident(local)) {
            loadFrame();
            if (body.local(local).slots() == 2) {
                code.dup_x2().pop();
            } else {
                code.swap();
            }
            frame().set(code, local);
        } else {
            store(body.local(local), slot(local));
        }
    }

    int newSlot(Kind kind) {
        return newSlot(kind.slots());
    }

    private int newSlot(int slots) {
        int slot = nextSlot;
        nextSlot += slots;
        return slot;
    }

    /** The next free slot, to be given to {@link #release}. */
    int mark() {
        return nextSlot;
    }

    /**
     * Gives back the slots taken since {@link #mark}. Slots that locals, memories or loops got in between must not be given
     * back: all those are taken before the first instruction, or released by the end of their loop.
     */
    void release(int mark) {
        nextSlot = mark;
    }

    void loadInstance() {
        code.aload(instanceSlot);
    }

    /** Takes the slot for what loops touch, and fills it. */
    void prepareBuffer() {
        bufferSlot = newSlot(1);
        loadInterrupt();
        code.invokestatic(Runtime.INTERRUPT, "buffer", MethodTypeDesc.of(Runtime.BUFFER, Runtime.INTERRUPT));
        storeBuffer();
    }

    void loadBuffer() {
        code.aload(bufferSlot);
    }

    void storeBuffer() {
        code.astore(bufferSlot);
    }

    void loadInterrupt() {
        loadInstance();
        code.invokevirtual(Runtime.INSTANCE, "interrupt", MethodTypeDesc.of(Runtime.INTERRUPT));
    }

    /** Notes that the method reads or writes a memory. */
    void touches(int memory, boolean stores) {
        memories.set(memory);
        if (stores) {
            stored.set(memory);
        }
    }

    /** Gives slots to the arrays of the memories that the method touches. */
    void takeMemorySlots() {
        boolean marks = layout.options().resettable() && !layout.options().largeMemories();
        for (int memory : memories()) {
            memorySlots[memory] = newSlot(1);
            dirtySlots[memory] = marks && stores(memory) ? newSlot(1) : -1;
        }
    }

    /** The memories that the method touches. */
    int[] memories() {
        return memories.stream().toArray();
    }

    boolean stores(int memory) {
        return stored.get(memory);
    }

    /** The slot of a memory's array. */
    int memorySlot(int memory) {
        return memorySlots[memory];
    }

    /** The slot of the array of a memory's dirty marks. */
    int dirtySlot(int memory) {
        return dirtySlots[memory];
    }

    int spilled(int height) {
        return spilled[height];
    }

    void spilledAt(int height, int slot) {
        if (height >= spilled.length) {
            spilled = Arrays.copyOf(spilled, Math.max(height + 1, 2 * spilled.length));
        }
        spilled[height] = slot;
    }

    void load(Kind kind, int slot) {
        code.loadLocal(kind.typeKind(), slot);
    }

    void store(Kind kind, int slot) {
        code.storeLocal(kind.typeKind(), slot);
    }

    void pop(Kind kind) {
        if (kind.slots() == 2) {
            code.pop2();
        } else {
            code.pop();
        }
    }

    /** Pops values until {@code height} are left. */
    void drop(Stack stack, int height) {
        for (Stack rest = stack; rest.height() > height; rest = rest.pop()) {
            pop(rest.top());
        }
    }

    boolean isWideMemory(int memory) {
        return layout.module().spaces().memories().get(memory).limits().address() == Limits.AddressType.I64;
    }

    boolean isWideTable(int table) {
        return layout.module().spaces().tables().get(table).limits().address() == Limits.AddressType.I64;
    }

    /**
     * Makes addresses and lengths of 64 bits among the {@code operands} on top of the stack 32 bits wide; what does not fit
     * becomes the highest number, which lies outside of everything.
     */
    void narrow(Kind... operands) {
        int lowest = Arrays.asList(operands).indexOf(Kind.I64);
        if (lowest < 0) {
            return;
        }
        int mark = mark();
        var slots = new int[operands.length];
        for (int k = operands.length - 1; k > lowest; k--) {
            slots[k] = newSlot(operands[k]);
            store(operands[k], slots[k]);
        }
        narrowTop();
        for (int k = lowest + 1; k < operands.length; k++) {
            load(operands[k], slots[k]);
            if (operands[k] == Kind.I64) {
                narrowTop();
            }
        }
        release(mark);
    }

    private void narrowTop() {
        code.invokestatic(Runtime.ACCESS, "narrow", MethodTypeDesc.of(CD_int, CD_long));
    }

    /** Pushes the identity of a type. */
    void loadType(int typeIndex) {
        code.ldc(DynamicConstantDesc.ofNamed(Runtime.SIGNATURE_CONSTANT, "signature", Runtime.SIGNATURE, typeIndex));
    }

    /** Pops the topmost values into fresh slots. */
    int[] store(Kind[] kinds) {
        var slots = new int[kinds.length];
        for (int k = kinds.length - 1; k >= 0; k--) {
            slots[k] = newSlot(kinds[k]);
            store(kinds[k], slots[k]);
        }
        return slots;
    }

    void constant(int value) {
        code.loadConstant(value);
    }
}

package tenon.core;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tenon.types.core.ArrayType;
import tenon.types.core.FuncType;
import tenon.types.core.MemoryType;
import tenon.wasm.Module;

/**
 * An instance of a module: WebAssembly 3.0, "Module Instances". Confined to its store. Compiled code extends it by a field
 * for each thing that it uses.
 */
public abstract class CoreInstance {
    private static final @Nullable Object[] DROPPED = {};

    /** For compiled code: the call that a function of this instance has left to its caller, which takes it at once. */
    public @Nullable TailCall tailCall;

    private @Nullable LinkedModule linked;
    private @Nullable Interrupt interrupt;
    private @Nullable ResourceLimits resources;
    private @Nullable GuestHeap heap;
    /** Element segments with expressions, which are evaluated once. */
    private final Map<Integer, @Nullable Object[]> segmentValues = new HashMap<>();

    private @Nullable CoreFunction[] functions = {};
    CoreMemory[] memories = {};
    CoreTable[] tables = {};
    CoreTag[] tags = {};

    @Nullable CoreGlobal[] globals = {};

    private boolean[] droppedData = {};
    private boolean[] droppedElements = {};
    private @Nullable Map<String, CoreExtern> exports;

    /** For compiled code. */
    protected CoreInstance() {}

    /** For {@link Instantiation}: what this is an instance of. */
    final void begin(LinkedModule module, Interrupt stop, ResourceLimits limits) {
        Module source = module.source();
        resources = limits;
        linked = module;
        interrupt = stop;
        functions = new CoreFunction[source.spaces().functions().size()];
        memories = new CoreMemory[source.spaces().memories().size()];
        tables = new CoreTable[source.spaces().tables().size()];
        tags = new CoreTag[source.spaces().tags().size()];
        globals = new CoreGlobal[source.spaces().globals().size()];
        droppedData = new boolean[source.data().size()];
        droppedElements = new boolean[source.elements().size()];
    }

    /** Sets what an imported function is called with: a {@link CoreFunction} or a context. */
    protected abstract void setFunction(int index, Object value);

    protected abstract void setMemory(int index, CoreMemory value);

    protected abstract void setTable(int index, CoreTable value);

    /** Sets a global that lives in a cell. */
    protected abstract void setGlobal(int index, CoreGlobal value);

    /** Sets a global of a number type that lives in a field, by its bits. */
    protected abstract void setNumber(int index, long bits);

    protected abstract long getNumber(int index);

    /** Sets a global of a reference type that lives in a field. */
    protected abstract void setReference(int index, @Nullable Object value);

    protected abstract @Nullable Object getReference(int index);

    /** What this is an instance of. */
    public final LinkedModule linked() {
        if (linked == null) {
            throw new AssertionError("instance of nothing");
        }
        return linked;
    }

    /** By what the guest is stopped. */
    public final Interrupt interrupt() {
        if (interrupt == null) {
            throw new AssertionError("instance of nothing");
        }
        return interrupt;
    }

    /** Where structures and arrays are counted. */
    final GuestHeap heap() {
        GuestHeap known = heap;
        if (known == null) {
            known = Objects.requireNonNull(resources).heap();
            heap = known;
        }
        return known;
    }

    /** An export, or null. */
    public final @Nullable CoreExtern export(String name) {
        return exports().get(name);
    }

    /** All exports by name, in the module's order. */
    public final Map<String, CoreExtern> exports() {
        Map<String, CoreExtern> known = exports;
        if (known == null) {
            known = new LinkedHashMap<>();
            for (Module.Export export : linked().source().exports()) {
                known.put(export.name(), extern(export.kind(), export.index()));
            }
            exports = known;
        }
        return known;
    }

    private CoreExtern extern(Module.ExternKind kind, int index) {
        return switch (kind) {
            case FUNCTION -> function(index);
            case TABLE -> tables[index];
            case MEMORY -> memories[index];
            case GLOBAL -> global(index);
            case TAG -> tags[index];
        };
    }

    private CoreGlobal global(int index) {
        CoreGlobal cell = globals[index];
        if (cell == null) {
            throw new AssertionError("global " + index + " is no cell");
        }
        return cell;
    }

    /** A function by its index in the function index space. */
    public final CoreFunction function(int index) {
        CoreFunction known = functions[index];
        if (known == null) {
            known = CoreFunction.of(linked().module().signature(index), linked(), index, this);
            functions[index] = known;
        }
        return known;
    }

    final void importFunction(int index, CoreFunction function) {
        functions[index] = function;
    }

    /** For compiled code: a tag by its index in the tag index space. */
    public final CoreTag tag(int index) {
        return tags[index];
    }

    /** For compiled code: {@code memory.init}. */
    public final void memoryInit(CoreMemory memory, int segment, long to, int from, int length) {
        Module source = linked().source();
        Module.DataSegment data = source.data().get(segment);
        int present = droppedData[segment] ? 0 : data.end() - data.start();
        if (Integer.toUnsignedLong(from) + Integer.toUnsignedLong(length) > present) {
            throw new Trap(TrapKind.MEMORY_OUT_OF_BOUNDS);
        }
        Objects.requireNonNull(resources).poll(length);
        memory.write(to, source.binary().bytes(), data.start() + from, length);
    }

    /** For compiled code: {@code data.drop}. */
    public final void dataDrop(int segment) {
        droppedData[segment] = true;
    }

    /** For compiled code: {@code table.init}. */
    public final void tableInit(CoreTable table, int segment, int to, int from, int length) {
        @Nullable Object[] shared = table.owner() == this && !droppedElements[segment] ? linked().sharedSegment(segment) : null;
        table.init(to, shared != null ? shared : elements(segment), from, length);
    }

    private @Nullable Object[] elements(int segment) {
        if (droppedElements[segment]) {
            return DROPPED;
        }
        @Nullable Object[] known = segmentValues.get(segment);
        if (known != null) {
            return known;
        }
        var elements = linked().source().elements().get(segment).elements();
        var values = new @Nullable Object[elements.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (elements.get(i)) {
                case Module.Element.Func(int function) -> function(function);
                case Module.Element.Expression(Module.ConstantExpression expression) ->
                    new Constants(this).reference(expression);
            };
        }
        segmentValues.put(segment, values);
        return values;
    }

    /** For compiled code: {@code array.new_data}. */
    public final CoreArray newArrayOfData(Signature type, int segment, int from, int length) {
        Module.DataSegment data = linked().source().data().get(segment);
        long bytes = Integer.toUnsignedLong(length)
                * CoreArray.bytes(((ArrayType) type.composite()).element().storage());
        int present = droppedData[segment] ? 0 : data.end() - data.start();
        if (Integer.toUnsignedLong(from) + bytes > present) {
            throw new Trap(TrapKind.MEMORY_OUT_OF_BOUNDS);
        }
        CoreArray array = CoreArray.of(this, type, length);
        arrayInitData(array, segment, 0, from, length);
        return array;
    }

    /** For compiled code: {@code array.new_elem}. */
    public final CoreArray newArrayOfElements(Signature type, int segment, int from, int length) {
        @Nullable Object[] values = elements(segment);
        if (Integer.toUnsignedLong(from) + Integer.toUnsignedLong(length) > values.length) {
            throw new Trap(TrapKind.TABLE_OUT_OF_BOUNDS);
        }
        CoreArray array = CoreArray.of(this, type, length);
        array.init(0, values, from, length);
        return array;
    }

    /** For compiled code: {@code array.init_data}. */
    public final void arrayInitData(CoreArray array, int segment, int to, int from, int count) {
        Module source = linked().source();
        Module.DataSegment data = source.data().get(segment);
        int end = droppedData[segment] ? data.start() : data.end();
        array.init(to, source.binary().bytes(), data.start(), end, from, count);
    }

    /** For compiled code: {@code array.init_elem}. */
    public final void arrayInitElements(CoreArray array, int segment, int to, int from, int count) {
        array.init(to, elements(segment), from, count);
    }

    /** For compiled code: {@code elem.drop}. */
    public final void elemDrop(int segment) {
        segmentValues.remove(segment);
        droppedElements[segment] = true;
    }

    /** Whether {@link #image} covers all of its state: not structures and arrays, nor memories with pages of other sizes. */
    public final boolean hasImage() {
        return linked().source().spaces().memories().stream()
                        .allMatch(type -> type.pageSizeLog2() == MemoryType.PAGE_SIZE_LOG2)
                && linked().source().spaces().types().stream().allMatch(type -> type.composite() instanceof FuncType);
    }

    /** The present state, to {@link #reset} to. Only one image of an instance is in force: the latest. */
    public final InstanceImage image() {
        return InstanceImage.of(this);
    }

    /** Comes back to an image of this instance, in time that grows with the pages written since. */
    public final void reset(InstanceImage image) {
        image.restore(this);
    }

    boolean[] droppedData() {
        return droppedData;
    }

    boolean[] droppedElements() {
        return droppedElements;
    }

    void restoreDropped(boolean[] data, boolean[] elements) {
        droppedData = Arrays.copyOf(data, data.length);
        droppedElements = Arrays.copyOf(elements, elements.length);
    }
}

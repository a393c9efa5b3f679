package tenon.core;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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
    final void begin(LinkedModule module, Interrupt stop) {
        Module source = module.source();
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
    public final void memoryInit(CoreMemory memory, int segment, int to, int from, int length) {
        Module source = linked().source();
        Module.DataSegment data = source.data().get(segment);
        int present = droppedData[segment] ? 0 : data.end() - data.start();
        if (Integer.toUnsignedLong(from) + Integer.toUnsignedLong(length) > present) {
            throw new Trap(TrapKind.MEMORY_OUT_OF_BOUNDS);
        }
        memory.write(to, source.binary().bytes(), data.start() + from, length);
    }

    /** For compiled code: {@code data.drop}. */
    public final void dataDrop(int segment) {
        droppedData[segment] = true;
    }

    /** For compiled code: {@code table.init}. */
    public final void tableInit(CoreTable table, int segment, int to, int from, int length) {
        table.init(to, elements(table, segment), from, length);
    }

    private @Nullable Object[] elements(CoreTable table, int segment) {
        if (droppedElements[segment]) {
            return DROPPED;
        }
        @Nullable Object[] shared = table.owner() == this ? linked().sharedSegment(segment) : null;
        if (shared != null) {
            return shared;
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
        return values;
    }

    /** For compiled code: {@code elem.drop}. */
    public final void elemDrop(int segment) {
        droppedElements[segment] = true;
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

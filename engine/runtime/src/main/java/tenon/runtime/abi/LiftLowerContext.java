package tenon.runtime.abi;

import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;
import tenon.component.CanonicalOptions.StringEncoding;
import tenon.core.CoreMemory;
import tenon.runtime.table.Rule;
import tenon.runtime.task.ComponentInstance;
import tenon.runtime.task.Subtask;
import tenon.runtime.task.Task;
import tenon.types.component.PointerType;
import tenon.types.core.Limits;

/**
 * What lifting and lowering need to know about one side of a call: CanonicalABI.md, "Lifting and Lowering Context". Confined to
 * its Store.
 */
public final class LiftLowerContext {
    /** How many kinds there are. */
    static final int KINDS = StringEncoding.values().length * 4;

    private final ComponentInstance instance;
    private final StringEncoding encoding;
    private final @Nullable CoreMemory memory;
    private final PointerType pointer;
    private final @Nullable Realloc realloc;
    private final @Nullable Task task;
    private final @Nullable Subtask subtask;

    /**
     * How the guest allocates.
     *
     * @param code of type {@code (P, P, P, P, Object context) → P}, P being {@code int} or, with a 64-bit memory, {@code long}; the
     *     same for all instances
     * @param context its last argument
     */
    public record Realloc(MethodHandle code, Object context) {}

    /**
     * A context outside of calls with borrows.
     *
     * @param realloc null if nothing is ever allocated
     */
    public LiftLowerContext(
            ComponentInstance instance,
            StringEncoding encoding,
            @Nullable CoreMemory memory,
            @Nullable Realloc realloc) {
        this(instance, encoding, memory, realloc, null, null);
    }

    private LiftLowerContext(
            ComponentInstance instance,
            StringEncoding encoding,
            @Nullable CoreMemory memory,
            @Nullable Realloc realloc,
            @Nullable Task task,
            @Nullable Subtask subtask) {
        this.instance = instance;
        this.encoding = encoding;
        this.memory = memory;
        this.pointer = memory == null || memory.type().limits().address() == Limits.AddressType.I32
                ? PointerType.I32
                : PointerType.I64;
        this.realloc = realloc;
        this.task = task;
        this.subtask = subtask;
    }

    /** The same for one call into the instance, which counts the borrows that are lowered. */
    public LiftLowerContext within(Task call) {
        return new LiftLowerContext(instance, encoding, memory, realloc, call, null);
    }

    /** The same for one call out of the instance, which counts the borrows that are lifted. */
    public LiftLowerContext within(Subtask call) {
        return new LiftLowerContext(instance, encoding, memory, realloc, null, call);
    }

    /** The component instance whose memory and handles these are. */
    public ComponentInstance instance() {
        return instance;
    }

    /** How its strings lie in memory. */
    public StringEncoding encoding() {
        return encoding;
    }

    /** Its memory; the component's options name one wherever a value goes through memory. */
    public CoreMemory memory() {
        assert memory != null : "validation asks for a memory";
        return memory;
    }

    /** The type of addresses and lengths in its memory: {@code ptr_type}. */
    public PointerType pointer() {
        return pointer;
    }

    /** A number below {@link #KINDS} for all that code must know of it which moves values: encoding, pointers, and form of its memory. */
    int kind() {
        return (encoding.ordinal() * 2 + pointer.ordinal()) * 2 + (memory().isChunked() ? 1 : 0);
    }

    /** Reads an address or length; that its bytes lie in memory is known. */
    long loadPointer(long address) {
        return pointer == PointerType.I32
                ? Integer.toUnsignedLong(memory().getInt(address))
                : memory().getLong(address);
    }

    /** Writes an address or length. */
    void storePointer(long address, long value) {
        if (pointer == PointerType.I32) {
            memory().setInt(address, (int) value);
        } else {
            memory().setLong(address, value);
        }
    }

    /** What lies in memory, to be read: the bytes themselves where one array has them, else a copy. */
    ByteBuffer view(long address, int length) {
        CoreMemory present = memory();
        ByteBuffer view = present.isChunked()
                ? ByteBuffer.wrap(present.read(address, length))
                : ByteBuffer.wrap(present.bytes(), (int) address, length);
        return view.order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Whether another context reads values in the same way, if it reads memory at all: {@code LiftOptions.equal}. */
    public boolean liftsLike(LiftLowerContext other) {
        return encoding == other.encoding && (other.memory == null || memory == other.memory);
    }

    Task task() {
        assert task != null : "borrows are lowered within a task only";
        return task;
    }

    Subtask subtask() {
        assert subtask != null : "borrows are lifted within a subtask only";
        return subtask;
    }

    /** Has the guest allocate: an address that is aligned and lies in memory with all its bytes, or a trap. */
    public long allocate(int alignment, long byteLength) {
        return reallocate(0, 0, alignment, byteLength);
    }

    /** Has the guest resize an allocation; lengths in bytes, at most 2³²−1. */
    public long reallocate(long old, long oldByteLength, int alignment, long newByteLength) {
        assert realloc != null : "validation asks for a realloc";
        beginAllocating();
        try {
            return allocated(call(realloc, old, oldByteLength, alignment, newByteLength), alignment, newByteLength);
        } catch (RuntimeException | Error e) {
            // it may be another guest's turn, or the host's
            instance.fail();
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("core functions throw no checked exceptions", e);
        }
    }

    private long call(Realloc guest, long old, long oldByteLength, int alignment, long newByteLength) throws Throwable {
        if (pointer == PointerType.I64) {
            return (long) guest.code.invokeExact(old, oldByteLength, (long) alignment, newByteLength, guest.context);
        }
        int address = (int)
                guest.code.invokeExact((int) old, (int) oldByteLength, alignment, (int) newByteLength, guest.context);
        return Integer.toUnsignedLong(address);
    }

    /** The guest's realloc is called next: it may not call out. */
    public void beginAllocating() {
        instance.beginAllocating();
    }

    /** What the code of realloc takes last. */
    public Object reallocContext() {
        assert realloc != null : "validation asks for a realloc";
        return realloc.context;
    }

    /**
     * What the guest's realloc returned: an address that is aligned and lies in memory with all its bytes, which count
     * as written to; or a trap.
     */
    public long allocated(long address, int alignment, long newByteLength) {
        instance.endAllocating();
        if ((address & (alignment - 1)) != 0) {
            throw Rule.trap("realloc return: result not aligned", "Storing");
        }
        if (address < 0 || address > memory().size() - newByteLength) {
            throw Rule.trap("realloc return: beyond end of memory", "Storing");
        }
        memory().mark(address, newByteLength);
        return address;
    }

    /** Traps unless {@code byteLength} bytes from {@code address}, which is unsigned, are aligned and lie in memory. */
    public void check(long address, long byteLength, int alignment, String outOfBounds, String section) {
        if ((address & (alignment - 1)) != 0) {
            throw Rule.trap("unaligned pointer", section);
        }
        // no sum is taken that could overflow
        if (address < 0 || address > memory().size() - byteLength) {
            throw Rule.trap(outOfBounds, section);
        }
    }
}

package tenon.runtime.abi;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tenon.runtime.table.Rule;
import tenon.runtime.task.Buffer;
import tenon.runtime.task.ComponentInstance;

/** A part of a guest's memory that a copy reads from or writes to: CanonicalABI.md, {@code BufferGuestImpl}. Confined to its Store. */
public final class GuestBuffer implements Buffer {
    private static final String SECTION = "Buffer State";

    private final LiftLowerContext cx;
    private final @Nullable Shape element;
    private final int length;
    private int address;
    private int progress;

    /**
     * A buffer of {@code length} elements; traps unless they lie in memory.
     *
     * @param element in its neutral form
     */
    public GuestBuffer(LiftLowerContext cx, Optional<Shape> element, int address, int length) {
        this.cx = cx;
        this.element = element.orElse(null);
        this.address = address;
        this.length = length;
        Rule.trapIf(Integer.compareUnsigned(length, MAX_LENGTH) > 0, "buffer of more than 2^28-1 elements", SECTION);
        if (this.element != null && length > 0) {
            cx.check(
                    address,
                    (long) length * this.element.size(),
                    this.element.alignment(),
                    "buffer out of bounds of memory",
                    SECTION);
        }
    }

    @Override
    public ComponentInstance instance() {
        return cx.instance();
    }

    @Override
    public int remain() {
        return length - progress;
    }

    @Override
    public int progress() {
        return progress;
    }

    @Override
    public boolean isZeroLength() {
        return length == 0;
    }

    /** The context of its memory. */
    LiftLowerContext cx() {
        return cx;
    }

    /** The address of the next element. */
    int address() {
        return address;
    }

    /** So many elements have been read or written. */
    void advance(int count) {
        progress += count;
        if (element != null) {
            address += count * element.size();
        }
    }

    @Override
    public void take(Buffer source, int count) {
        switch (source) {
            case GuestBuffer guest -> {
                if (element != null) {
                    transfer(guest, element, count);
                }
                guest.advance(count);
            }
            case HostBuffer host -> host.lower(this, count);
            default -> throw new AssertionError("a buffer is a guest's or the host's");
        }
        advance(count);
    }

    private void transfer(GuestBuffer from, Shape shape, int count) {
        int size = shape.size();
        if (isPlain(shape)) {
            cx.memory().copy(address, from.cx.memory(), from.address, count * size);
            return;
        }
        from.cx.instance().beginLifting();
        for (int i = 0; i < count; i++) {
            Lower.store(cx, Lift.load(from.cx, from.address + i * size, shape), shape, address + i * size);
        }
    }

    /** Whether every pattern of bits is a value of its own. */
    private static boolean isPlain(Shape shape) {
        return shape instanceof Shape.Scalar scalar
                && switch (scalar.primitive()) {
                    case S8, U8, S16, U16, S32, U32, S64, U64 -> true;
                    case BOOL, F32, F64, CHAR, STRING, ERROR_CONTEXT -> false;
                };
    }
}

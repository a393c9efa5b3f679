package tenon.runtime.abi;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tenon.runtime.table.Rule;
import tenon.runtime.task.Buffer;
import tenon.runtime.task.ComponentInstance;

/** A part of a guest's memory that a copy reads from or writes to: CanonicalABI.md, {@code BufferGuestImpl}. Confined to its Store. */
public final class GuestBuffer implements Buffer {
    private static final String SECTION = "Buffer State";

    private final LiftLowerContext cx;
    private final @Nullable StreamElement element;
    private final int size;
    private final int length;
    private long address;
    private int progress;

    /** A buffer of {@code length} elements; traps unless they lie in memory. Address and length are unsigned. */
    public GuestBuffer(LiftLowerContext cx, Optional<StreamElement> element, long address, long length) {
        this.cx = cx;
        this.element = element.orElse(null);
        this.size = this.element == null ? 0 : this.element.shape().size(cx.pointer());
        this.address = address;
        Rule.trapIf(Long.compareUnsigned(length, MAX_LENGTH) > 0, "buffer of more than 2^28-1 elements", SECTION);
        this.length = (int) length;
        if (this.element != null && length > 0) {
            cx.check(
                    address,
                    length * size,
                    this.element.shape().alignment(cx.pointer()),
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
    long address() {
        return address;
    }

    /** So many elements have been read or written. */
    void advance(int count) {
        progress += count;
        address += (long) count * size;
    }

    @Override
    public void take(Buffer source, int count) {
        switch (source) {
            case GuestBuffer guest -> {
                if (element != null && count > 0) {
                    transfer(guest, element, count);
                }
                guest.advance(count);
            }
            case HostBuffer host -> host.lower(this, count);
            default -> throw new AssertionError("a buffer is a guest's or the host's");
        }
        advance(count);
    }

    private void transfer(GuestBuffer from, StreamElement of, int count) {
        if (isPlain(of.shape())) {
            cx.memory().copy(address, from.cx.memory(), from.address, (long) count * size);
            return;
        }
        from.cx.instance().beginLifting();
        cx.memory().mark(address, (long) count * size);
        of.transfer(from.cx, cx, from.address, address, count);
    }

    /** Has elements of a list of the host's, from {@code first} on, put here. */
    void lower(Shape form, List<Object> elements, int first, int count) {
        if (element != null && count > 0) {
            cx.memory().mark(address, (long) count * size);
            element.lower(cx, form, elements, first, address, count);
        }
    }

    /** Puts elements at the end of a list of the host's. */
    void lift(Shape form, List<Object> elements, int count) {
        cx.instance().beginLifting();
        if (element != null) {
            element.lift(cx, form, elements, address, count);
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

package tenon.core;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tenon.types.TenonException;

/**
 * The border between host and guest. Inside, traps may be what the JVM throws by itself; on the way out they become {@link
 * Trap}s. What a host function throws crosses the guest unchanged: on the way in it is wrapped, so that an error of the
 * host's is never taken for a trap.
 */
final class Border {
    private static final MethodHandle ENDED = find("ended", Frames.class, Throwable.class);
    private static final MethodHandle FAILED = find("failed", Throwable.class);

    private static final MethodHandle UNHANDLED = find("unhandled", GuestException.class);

    private Border() {}

    private static MethodHandle find(String name, Class<?>... params) {
        try {
            return MethodHandles.lookup()
                    .findStatic(Border.class, name, MethodType.methodType(Throwable.class, params));
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /** For calls from the host into the guest. */
    static MethodHandle enter(MethodHandle guest, Frames frames) {
        return rethrowing(guest, ENDED.bindTo(frames));
    }

    /** For calls from the guest to the host. */
    static MethodHandle leave(MethodHandle host) {
        return rethrowing(host, FAILED);
    }

    /** For calls from one component to another: an exception that none of the callee's handles is a trap. */
    static MethodHandle between(MethodHandle guest) {
        MethodHandle raise = MethodHandles.filterArguments(
                MethodHandles.throwException(guest.type().returnType(), Throwable.class), 0, UNHANDLED);
        return MethodHandles.catchException(
                guest,
                GuestException.class,
                MethodHandles.dropArguments(raise, 1, List.of(guest.type().parameterArray())));
    }

    private static MethodHandle rethrowing(MethodHandle target, MethodHandle conversion) {
        MethodHandle raise = MethodHandles.filterArguments(
                MethodHandles.throwException(target.type().returnType(), Throwable.class), 0, conversion);
        return MethodHandles.catchException(
                target,
                Throwable.class,
                MethodHandles.dropArguments(raise, 1, List.of(target.type().parameterArray())));
    }

    /** What the host sees of what ended the guest. */
    static Throwable ended(Frames frames, Throwable thrown) {
        return switch (thrown) {
            case HostFailure failure -> failure.failure();
            case Trap trap -> frames.rewrite(trap);
            case GuestException exception -> unhandled(exception);
            case StackOverflowError _ -> trap(TrapKind.STACK_EXHAUSTED, thrown, frames);
            case OutOfMemoryError _ -> trap(TrapKind.OUT_OF_MEMORY, thrown, frames);
            case ArithmeticException _ when frames.isOfGuest(thrown) -> trap(TrapKind.DIVIDE_BY_ZERO, thrown, frames);
            case IndexOutOfBoundsException _
            when frames.isOfGuest(thrown) -> trap(TrapKind.MEMORY_OUT_OF_BOUNDS, thrown, frames);
            default -> thrown;
        };
    }

    /** An exception that nobody handled knows nothing of where it was raised. */
    private static Throwable unhandled(GuestException exception) {
        return new Trap(TrapKind.UNHANDLED_EXCEPTION, exception.getMessage(), exception);
    }

    private static Trap trap(TrapKind kind, Throwable thrown, Frames frames) {
        var trap = new Trap(kind);
        trap.setStackTrace(thrown.getStackTrace());
        return frames.rewrite(trap);
    }

    /** What the guest's frames see of what ended a host function. */
    private static Throwable failed(Throwable thrown) {
        return thrown instanceof TenonException
                        || thrown instanceof HostFailure
                        || thrown instanceof VirtualMachineError
                ? thrown
                : new HostFailure(thrown);
    }

    /** Carries an exception of the host's through a guest. */
    private static final class HostFailure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        HostFailure(Throwable failure) {
            super(null, failure, false, false);
        }

        Throwable failure() {
            @Nullable Throwable cause = getCause();
            return cause != null ? cause : this;
        }
    }
}

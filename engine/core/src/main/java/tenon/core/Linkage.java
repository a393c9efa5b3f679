package tenon.core;

import java.lang.invoke.MethodHandle;
import java.util.List;
import tenon.core.link.GuestLoader;

/**
 * A group of modules that are linked to one another and live as long as each other: their compiled classes share a loader,
 * and are unloaded when nothing refers to any of them. Thread-safe.
 */
public final class Linkage {
    /** What compiled code may touch first: initialised now, since a guest may do so with its last bytes of stack. */
    private static final List<String> GROUND = List.of(
            "guest.Access",
            "guest.Bulk",
            "guest.CallSites",
            "guest.ChunkAccess",
            "guest.Comparisons",
            "guest.Exceptions",
            "guest.Numerics",
            "guest.Traps",
            "ChunkedBytes",
            "CoreFunction",
            "CoreGlobal",
            "CoreMemory",
            "CoreTable",
            "Interrupt",
            "Signature",
            "StackRoom",
            "Trap",
            "TrapKind");

    static {
        GROUND.forEach(Linkage::initialise);
    }

    private final GuestLoader loader = new GuestLoader(StackRoom::requireMuch);
    private final Frames frames = new Frames(loader.getName());

    public Linkage() {
        Linkage.class.getModule().addExports("tenon.core.guest", loader.getUnnamedModule());
    }

    private static void initialise(String name) {
        try {
            Class.forName("tenon.core." + name);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    /** A handle that leads from the host into guests of this linkage, so that whatever ends them arrives as a {@link Trap}. */
    public MethodHandle entering(MethodHandle guest) {
        return Border.enter(guest, frames);
    }

    /**
     * A handle that leads from one component to another: an exception that the callee raises and does not handle is a trap,
     * which the caller cannot catch. Component Model, "Canonical ABI", {@code canon lift}.
     */
    public static MethodHandle between(MethodHandle guest) {
        return Border.between(guest);
    }

    /** What the host sees of what ended a guest of this linkage: a {@link Trap}, or what a host function threw. */
    public RuntimeException ended(Throwable thrown) {
        return switch (Border.ended(frames, thrown)) {
            case RuntimeException seen -> seen;
            case Error error -> throw error;
            case Throwable checked -> new IllegalStateException("a guest ended with " + checked, checked);
        };
    }

    GuestLoader loader() {
        return loader;
    }

    Frames frames() {
        return frames;
    }
}

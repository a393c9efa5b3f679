package tenon.wasi.io;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import java.util.List;
import tenon.core.Trap;
import tenon.core.TrapKind;
import tenon.runtime.HostInterface;

/** {@code wasi:io/poll@0.2}. Confined to the Store. */
public final class Poll {
    /** The interface, for a Linker. */
    public static final HostInterface INTERFACE = HostInterface.of(
                    "wasi:io/poll@0.2.12", Poll.class, MethodHandles.lookup())
            .resource("pollable", Pollable.class)
            .function("[method]pollable.ready", "ready", methodType(boolean.class, Pollable.class))
            .function("[method]pollable.block", "block", methodType(void.class, Pollable.class))
            .function("poll", "poll", methodType(int[].class, List.class))
            .build();

    private final Readiness readiness;

    /** The functions, waiting at {@code readiness}. */
    public Poll(Readiness readiness) {
        this.readiness = readiness;
    }

    boolean ready(Pollable pollable) {
        return pollable.ready();
    }

    void block(Pollable pollable) {
        pollable.block();
    }

    /**
     * {@code poll}: waits until at least one is ready.
     *
     * @return the indices of all that are ready, ascending
     * @throws tenon.core.Trap if the list is empty
     */
    public int[] poll(List<Pollable> pollables) {
        if (pollables.isEmpty()) {
            throw new Trap(TrapKind.HOST, "`poll` was called with an empty list");
        }
        long deadline = pollables.stream().mapToLong(Pollable::deadline).min().orElse(Readiness.NEVER);
        readiness.await(() -> pollables.stream().anyMatch(Pollable::ready), deadline);
        int[] ready = new int[pollables.size()];
        int count = 0;
        for (int i = 0; i < pollables.size(); i++) {
            if (pollables.get(i).ready()) {
                ready[count++] = i;
            }
        }
        return Arrays.copyOf(ready, count);
    }
}

package tenon.runtime.task;

import java.util.ArrayList;
import java.util.List;
import tenon.runtime.table.ResourceHandle;

/** A call out of a component instance: CanonicalABI.md, "Subtask State". It remembers what it borrowed. Confined to its Store. */
public final class Subtask {
    private final List<ResourceHandle> lenders = new ArrayList<>(2);
    private final List<Runnable> endings = new ArrayList<>(0);

    /** A subtask that has borrowed nothing. */
    public Subtask() {}

    /** Counts a handle as lent until the call ends. */
    public void addLender(ResourceHandle handle) {
        handle.lend();
        lenders.add(handle);
    }

    /** Has something else end with the call. */
    public void onEnd(Runnable ending) {
        endings.add(ending);
    }

    /** Gives back what was borrowed: {@code deliver_resolve}. */
    public void end() {
        for (ResourceHandle lender : lenders) {
            lender.giveBack();
        }
        lenders.clear();
        endings.forEach(Runnable::run);
        endings.clear();
    }
}

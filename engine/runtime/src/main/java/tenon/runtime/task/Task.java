package tenon.runtime.task;

import tenon.runtime.table.ResourceHandle.BorrowScope;
import tenon.runtime.table.Rule;

/** A call into a component instance: CanonicalABI.md, "Tasks". Its borrowed handles must be gone when it returns. Confined to its Store. */
public final class Task extends BorrowScope {

    /** A task without borrows. */
    public Task() {}

    /** Traps if borrowed handles are left. */
    public void trapIfBorrowsRemain() {
        Rule.trapIf(borrows() > 0, "borrow handles still remain at the end of the call", "Tasks");
    }
}

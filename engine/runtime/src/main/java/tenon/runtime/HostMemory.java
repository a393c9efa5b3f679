package tenon.runtime;

import tenon.core.MemoryBudget;
import tenon.core.ResourceLimits;
import tenon.core.Trap;
import tenon.core.TrapKind;

/**
 * What the host keeps for the guests of one store beside their memories: fields, bytes on their way out, and the like. Confined to its
 * Store, but for the budget.
 *
 * <p>Policy: what one guest can make the host keep is bounded, and the budget of all guests pays for it. Small things behind a handle
 * are paid for with the handle.
 */
public final class HostMemory {
    /** The budget is asked for so much at a time. */
    private static final long PORTION = 64 << 10;

    private static final HostMemory ENDLESS = new HostMemory(Long.MAX_VALUE, MemoryBudget.of(0));

    private final long most;
    private final ResourceLimits account;
    private long used;
    private long held;

    HostMemory(long most, MemoryBudget budget) {
        this.most = most;
        this.account = new ResourceLimits(0, 0, budget);
    }

    /** One that counts nothing. Immutable. */
    public static HostMemory endless() {
        return ENDLESS;
    }

    /** Bytes in use. */
    public long used() {
        return used;
    }

    /**
     * Counts bytes; {@code what} they are for is said in the trap.
     *
     * @throws Trap if that is beyond the store's limit, or the host's budget is used up
     */
    public void take(long bytes, String what) {
        if (this == ENDLESS) {
            return;
        }
        if (bytes > most - used) {
            throw new Trap(
                    TrapKind.HOST, what + " need more than the " + most + " bytes that the host keeps for a guest");
        }
        if (used + bytes > held) {
            long more = Math.max(used + bytes - held, PORTION);
            if (!account.hold(more)) {
                throw new Trap(TrapKind.OUT_OF_MEMORY, "the host has no room for " + what);
            }
            held += more;
        }
        used += bytes;
    }

    /** Counts bytes no more. */
    public void giveBack(long bytes) {
        if (this != ENDLESS) {
            used -= bytes;
        }
    }

    /** Whether the host's budget was in the way. */
    boolean refused() {
        return account.refused();
    }

    /** The store is over. */
    void close() {
        account.close();
    }
}

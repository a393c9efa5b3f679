package tenon.core;

import java.lang.ref.Cleaner;
import org.jspecify.annotations.Nullable;

/**
 * What one owner holds of a budget. If the owner is collected without being closed, the budget gets it back then: an embedder may drop
 * a component, or a store. Not thread-safe; the owner guards it.
 */
final class BudgetAccount {
    private static final Cleaner CLEANER =
            Cleaner.create(Thread.ofPlatform().name("tenon-budget").daemon().factory());

    private final Object owner;
    private final Holding holding;
    private Cleaner.@Nullable Cleanable atTheEnd;

    /** Holds nothing yet. */
    BudgetAccount(Object owner, MemoryBudget budget) {
        this.owner = owner;
        this.holding = new Holding(budget);
    }

    /** Bytes that are held. */
    long held() {
        return holding.bytes;
    }

    /** Holds {@code bytes} in all, more or less than before; false if the budget has not enough. */
    boolean hold(long bytes) {
        long more = bytes - holding.bytes;
        return (more <= 0 || holding.budget.take(more)) && holdTaken(bytes);
    }

    /** The same for what waits in reserve, without having anyone else give something back for it. */
    boolean holdInReserve(long bytes) {
        long more = bytes - holding.bytes;
        return (more <= 0 || holding.budget.takeInReserve(more)) && holdTaken(bytes);
    }

    private boolean holdTaken(long bytes) {
        long more = bytes - holding.bytes;
        if (atTheEnd == null && bytes > 0 && holding.budget.most() < Long.MAX_VALUE) {
            atTheEnd = CLEANER.register(owner, holding);
        }
        holding.bytes = bytes;
        if (more < 0) {
            holding.budget.giveBack(-more);
        }
        return true;
    }

    /** Holds nothing any more. */
    void close() {
        if (atTheEnd != null) {
            atTheEnd.clean();
            atTheEnd = null;
        } else {
            holding.run();
        }
    }

    /** What outlives the owner; the collector's thread reads it after everyone else. */
    private static final class Holding implements Runnable {
        private final MemoryBudget budget;
        private volatile long bytes;

        Holding(MemoryBudget budget) {
            this.budget = budget;
        }

        @Override
        public void run() {
            long all = bytes;
            bytes = 0;
            budget.giveBack(all);
        }
    }
}

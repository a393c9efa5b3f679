package tenon.runtime;

/** An instance of a provider that can be replaced, in use by one slot. Confined to its Store. */
final class LateInstance {
    private final LateInstances of;
    private final Generation generation;
    private final Slot slot;
    private final int life;
    private int resources;

    LateInstance(LateInstances of, Generation generation, Slot slot) {
        this.of = of;
        this.generation = generation;
        this.slot = slot;
        this.life = slot.life();
    }

    Generation generation() {
        return generation;
    }

    Slot slot() {
        return slot;
    }

    /** Whether its store has closed. */
    boolean hasEnded() {
        return life != slot.life();
    }

    /** Whether a call is in it, somebody holds a resource of it, or a stream or future between it and others is open. */
    boolean isInUse() {
        return resources > 0 || !slot.isIdle() || slot.holdsEnds();
    }

    /** Counts one more resource that is held outside. */
    void handOut() {
        resources++;
    }

    /** Counts one less. */
    void takeBack() {
        resources--;
    }

    /** Something of it has ended. */
    void settle() {
        of.settle();
    }
}

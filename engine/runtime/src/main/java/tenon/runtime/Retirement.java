package tenon.runtime;

import java.time.Duration;

/** What is left of a provider that was replaced: calls that had begun, resources that somebody holds. Thread-safe. */
public final class Retirement {
    private final Generation generation;

    Retirement(Generation generation) {
        this.generation = generation;
    }

    /** The provider that was replaced. */
    public Provider provider() {
        return generation.provider();
    }

    /** How many instances of it are in use. */
    public int instances() {
        return generation.instances();
    }

    /** Whether all its instances have ended; what it had at hand for further ones was given back then. */
    public boolean isOver() {
        return generation.isGone();
    }

    /** Waits until all its instances have ended; false if some have not by then. */
    public boolean await(Duration patience) throws InterruptedException {
        return generation.await(patience);
    }
}

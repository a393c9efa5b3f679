package tenon.wasi.keyvalue;

import java.util.Optional;
import tenon.runtime.HostMemory;

/** What the guest of one definition has open, and what it was handed last. Confined to the Store. */
final class OpenStores {
    private final KeyValueStores granted;
    private final KeyValueLimits limits;
    private final HostMemory memory;
    private int open;
    private long handedOut;

    OpenStores(KeyValueStores granted, KeyValueLimits limits, HostMemory memory) {
        this.granted = granted;
        this.limits = limits;
        this.memory = memory;
    }

    KeyValueLimits limits() {
        return limits;
    }

    HostMemory memory() {
        return memory;
    }

    boolean isFull() {
        return open >= limits.open();
    }

    Optional<OpenStore> open(String label) {
        return granted.find(label).map(store -> {
            open++;
            return new OpenStore(store, this);
        });
    }

    void closed() {
        open--;
    }

    /** Counts what a call gives the guest, until the next one gives something: by then it lies in the guest's own memory. */
    void handOut(long bytes) {
        memory.giveBack(handedOut);
        handedOut = 0;
        memory.take(bytes, "values of a store");
        handedOut = bytes;
    }
}

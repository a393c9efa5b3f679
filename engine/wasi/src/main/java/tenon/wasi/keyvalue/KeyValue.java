package tenon.wasi.keyvalue;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.Function;
import tenon.runtime.Linker;
import tenon.runtime.Store;
import tenon.types.Actor;

/** Offers all interfaces of this package to a Linker. Immutable. */
public final class KeyValue {
    private static final Logger LOG = System.getLogger("tenon.wasi.keyvalue");

    private KeyValue() {}

    /** Offers {@code granted} through {@code wasi:keyvalue}, both drafts, and {@code fermyon:spin/key-value}. */
    public static void define(Linker linker, KeyValueStores granted, KeyValueLimits limits) {
        // of their own for each definition: components of one store may have been granted different things
        Function<Store, OpenStores> stores = store -> new OpenStores(granted, limits, store.hostMemory());
        linker.define(BucketStore.DRAFT, store -> new BucketStore(stores.apply(store)));
        linker.define(BucketStore.DRAFT2, store -> new BucketStore(stores.apply(store)));
        linker.define(Atomics.DRAFT, _ -> new Atomics());
        linker.define(Atomics.DRAFT2, _ -> new Atomics());
        linker.define(Batch.DRAFT, _ -> new Batch());
        linker.define(Batch.DRAFT2, _ -> new Batch());
        linker.define(SpinKeyValue.INTERFACE, store -> new SpinKeyValue(stores.apply(store)));
    }

    /** The guest is told the fact; whoever runs the host sees the cause. */
    static void log(KeyValueException failure) {
        if (failure.actor() == Actor.HOST) {
            LOG.log(Level.WARNING, "key-value store failed reason=\"" + failure.fact() + "\"", failure);
        }
    }
}

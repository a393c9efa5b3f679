package tenon.wasi.keyvalue;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import tenon.runtime.HostInterface;
import tenon.runtime.value.Result;
import tenon.runtime.value.Unit;

/** {@code fermyon:spin/key-value@2.0.0}. Confined to the Store. */
public final class SpinKeyValue {
    /** The interface, for a Linker. */
    public static final HostInterface INTERFACE = HostInterface.of(
                    "fermyon:spin/key-value@2.0.0", SpinKeyValue.class, MethodHandles.lookup())
            .resource("store", OpenStore.class)
            .function("[static]store.open", "open", methodType(Result.class, String.class))
            .function("[method]store.get", "get", methodType(Result.class, OpenStore.class, String.class))
            .function("[method]store.set", "set", methodType(Result.class, OpenStore.class, String.class, byte[].class))
            .function("[method]store.delete", "delete", methodType(Result.class, OpenStore.class, String.class))
            .function("[method]store.exists", "exists", methodType(Result.class, OpenStore.class, String.class))
            .function("[method]store.get-keys", "getKeys", methodType(Result.class, OpenStore.class))
            .build();

    private final OpenStores stores;

    SpinKeyValue(OpenStores stores) {
        this.stores = stores;
    }

    Result<OpenStore, Refusal> open(String label) {
        if (stores.isFull()) {
            return Result.err(new Refusal.StoreTableFull());
        }
        return stores.open(label)
                .<Result<OpenStore, Refusal>>map(Result::ok)
                .orElseGet(() -> Result.err(new Refusal.AccessDenied()));
    }

    Result<Optional<byte[]>, Refusal> get(OpenStore store, String key) {
        return catching(() -> store.get(key));
    }

    Result<Unit, Refusal> set(OpenStore store, String key, byte[] value) {
        return catching(() -> {
            store.set(key, value);
            return Unit.UNIT;
        });
    }

    Result<Unit, Refusal> delete(OpenStore store, String key) {
        return catching(() -> {
            store.delete(key);
            return Unit.UNIT;
        });
    }

    Result<Boolean, Refusal> exists(OpenStore store, String key) {
        return catching(() -> store.exists(key));
    }

    Result<List<String>, Refusal> getKeys(OpenStore store) {
        return catching(store::keys);
    }

    private static <T> Result<T, Refusal> catching(Supplier<T> call) {
        try {
            return Result.ok(call.get());
        } catch (KeyValueException e) {
            KeyValue.log(e);
            return Result.err(new Refusal.Other(e.fact()));
        }
    }

    /** The interface's {@code error}. Immutable. */
    public sealed interface Refusal {
        /** {@code store-table-full}. */
        record StoreTableFull() implements Refusal {}

        /** {@code no-such-store}. */
        record NoSuchStore() implements Refusal {}

        /** {@code access-denied}. */
        record AccessDenied() implements Refusal {}

        /** {@code other}. */
        record Other(String description) implements Refusal {}
    }
}

package tenon.wasi.keyvalue;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tenon.runtime.HostInterface;
import tenon.runtime.value.Result;
import tenon.runtime.value.Unit;

/** {@code wasi:keyvalue/batch}; the drafts differ in what stands for a key that is not there. Immutable. */
public final class Batch {
    /** {@code @0.2.0-draft}, for a Linker. */
    public static final HostInterface DRAFT =
            describe("0.2.0-draft", BucketStore.DRAFT, "getMany").build();

    /** {@code @0.2.0-draft2}, for a Linker. */
    public static final HostInterface DRAFT2 =
            describe("0.2.0-draft2", BucketStore.DRAFT2, "getManyByKey").build();

    Batch() {}

    private static HostInterface.Builder describe(String version, HostInterface store, String getMany) {
        return HostInterface.of("wasi:keyvalue/batch@" + version, Batch.class, MethodHandles.lookup())
                .resourceOf("bucket", store)
                .function("get-many", getMany, methodType(Result.class, OpenStore.class, List.class))
                .function("set-many", "setMany", methodType(Result.class, OpenStore.class, List.class))
                .function("delete-many", "deleteMany", methodType(Result.class, OpenStore.class, List.class));
    }

    Result<List<Optional<KeyValueStore.Entry>>, StoreError> getMany(OpenStore bucket, List<String> keys) {
        return StoreError.catching(() -> {
            List<Optional<byte[]>> values = bucket.getMany(keys);
            var found = new ArrayList<Optional<KeyValueStore.Entry>>();
            for (int i = 0; i < keys.size(); i++) {
                String key = keys.get(i);
                found.add(values.get(i).map(value -> new KeyValueStore.Entry(key, value)));
            }
            return found;
        });
    }

    Result<List<Found>, StoreError> getManyByKey(OpenStore bucket, List<String> keys) {
        return StoreError.catching(() -> {
            List<Optional<byte[]>> values = bucket.getMany(keys);
            var found = new ArrayList<Found>();
            for (int i = 0; i < keys.size(); i++) {
                found.add(new Found(keys.get(i), values.get(i)));
            }
            return found;
        });
    }

    Result<Unit, StoreError> setMany(OpenStore bucket, List<KeyValueStore.Entry> entries) {
        return StoreError.catching(() -> bucket.setMany(entries));
    }

    Result<Unit, StoreError> deleteMany(OpenStore bucket, List<String> keys) {
        return StoreError.catching(() -> bucket.deleteMany(keys));
    }

    /** A key that was asked for, and its value if it has one. Immutable. */
    public record Found(String key, Optional<byte[]> value) {}
}

package tenon.wasi.keyvalue;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import tenon.runtime.HostInterface;
import tenon.runtime.value.Result;
import tenon.runtime.value.Unit;

/** {@code wasi:keyvalue/store}; the drafts differ in the type of a cursor. Confined to the Store. */
public final class BucketStore {
    /** {@code @0.2.0-draft}, for a Linker. */
    public static final HostInterface DRAFT = describe("0.2.0-draft")
            .function("[method]bucket.list-keys", "listKeys", methodType(Result.class, OpenStore.class, Optional.class))
            .build();

    /** {@code @0.2.0-draft2}, for a Linker. */
    public static final HostInterface DRAFT2 = describe("0.2.0-draft2")
            .function(
                    "[method]bucket.list-keys",
                    "listKeysFromText",
                    methodType(Result.class, OpenStore.class, Optional.class))
            .build();

    private final OpenStores stores;

    BucketStore(OpenStores stores) {
        this.stores = stores;
    }

    private static HostInterface.Builder describe(String version) {
        return HostInterface.of("wasi:keyvalue/store@" + version, BucketStore.class, MethodHandles.lookup())
                .resource("bucket", OpenStore.class)
                .function("open", "open", methodType(Result.class, String.class))
                .function("[method]bucket.get", "get", methodType(Result.class, OpenStore.class, String.class))
                .function(
                        "[method]bucket.set",
                        "set",
                        methodType(Result.class, OpenStore.class, String.class, byte[].class))
                .function("[method]bucket.delete", "delete", methodType(Result.class, OpenStore.class, String.class))
                .function("[method]bucket.exists", "exists", methodType(Result.class, OpenStore.class, String.class));
    }

    Result<OpenStore, StoreError> open(String identifier) {
        if (stores.isFull()) {
            return Result.err(new StoreError.Other("too many buckets are open"));
        }
        return stores.open(identifier.isEmpty() ? KeyValueStores.DEFAULT : identifier)
                .<Result<OpenStore, StoreError>>map(Result::ok)
                .orElseGet(() -> Result.err(new StoreError.AccessDenied()));
    }

    Result<Optional<byte[]>, StoreError> get(OpenStore bucket, String key) {
        return StoreError.catching(() -> bucket.get(key));
    }

    Result<Unit, StoreError> set(OpenStore bucket, String key, byte[] value) {
        return StoreError.catching(() -> bucket.set(key, value));
    }

    Result<Unit, StoreError> delete(OpenStore bucket, String key) {
        return StoreError.catching(() -> bucket.delete(key));
    }

    Result<Boolean, StoreError> exists(OpenStore bucket, String key) {
        return StoreError.catching(() -> bucket.exists(key));
    }

    Result<KeyResponse, StoreError> listKeys(OpenStore bucket, Optional<Long> cursor) {
        return StoreError.catching(() -> {
            KeyValueStore.Page page = bucket.page(cursor.orElse(0L));
            return new KeyResponse(page.keys(), boxed(page.next()));
        });
    }

    Result<TextKeyResponse, StoreError> listKeysFromText(OpenStore bucket, Optional<String> cursor) {
        return StoreError.catching(() -> {
            KeyValueStore.Page page =
                    bucket.page(cursor.map(BucketStore::number).orElse(0L));
            return new TextKeyResponse(page.keys(), boxed(page.next()).map(Long::toUnsignedString));
        });
    }

    private static long number(String cursor) {
        try {
            return Long.parseUnsignedLong(cursor);
        } catch (NumberFormatException e) {
            throw new KeyValueException("`" + cursor + "` is no cursor that `list-keys` gave");
        }
    }

    private static Optional<Long> boxed(OptionalLong number) {
        return number.isPresent() ? Optional.of(number.getAsLong()) : Optional.empty();
    }

    /** {@code key-response} of the first draft. Immutable. */
    public record KeyResponse(List<String> keys, Optional<Long> cursor) {}

    /** {@code key-response} of the second draft. Immutable. */
    public record TextKeyResponse(List<String> keys, Optional<String> cursor) {}
}

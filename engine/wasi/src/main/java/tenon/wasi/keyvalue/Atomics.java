package tenon.wasi.keyvalue;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandles;
import java.util.Optional;
import tenon.runtime.HostInterface;
import tenon.runtime.value.Result;
import tenon.runtime.value.Unit;

/** {@code wasi:keyvalue/atomics}; the second draft has compare-and-swap, and its numbers have a sign. Immutable. */
public final class Atomics {
    /** {@code @0.2.0-draft}, for a Linker. */
    public static final HostInterface DRAFT = HostInterface.of(
                    "wasi:keyvalue/atomics@0.2.0-draft", Atomics.class, MethodHandles.lookup())
            .resourceOf("bucket", BucketStore.DRAFT)
            .function("increment", "increment", methodType(Result.class, OpenStore.class, String.class, long.class))
            .build();

    /** {@code @0.2.0-draft2}, for a Linker. */
    public static final HostInterface DRAFT2 = HostInterface.of(
                    "wasi:keyvalue/atomics@0.2.0-draft2", Atomics.class, MethodHandles.lookup())
            .resourceOf("bucket", BucketStore.DRAFT2)
            .resource("cas", Cas.class)
            .function("[static]cas.new", "newCas", methodType(Result.class, OpenStore.class, String.class))
            .function("[method]cas.current", "current", methodType(Result.class, Cas.class))
            .function("increment", "increment", methodType(Result.class, OpenStore.class, String.class, long.class))
            .function("swap", "swap", methodType(Result.class, Cas.class, byte[].class))
            .build();

    Atomics() {}

    Result<Long, StoreError> increment(OpenStore bucket, String key, long delta) {
        return StoreError.catching(() -> bucket.increment(key, delta));
    }

    Result<Cas, StoreError> newCas(OpenStore bucket, String key) {
        return StoreError.catching(() -> Cas.of(bucket, key));
    }

    Result<Optional<byte[]>, StoreError> current(Cas cas) {
        return Result.ok(cas.value());
    }

    Result<Unit, CasError> swap(Cas cas, byte[] value) {
        try (cas) {
            if (cas.bucket().swap(cas.key(), cas.value(), value)) {
                return Result.ok();
            }
            // "an updated handle for easy retries"
            return Result.err(new CasError.CasFailed(Cas.of(cas.bucket(), cas.key())));
        } catch (KeyValueException e) {
            KeyValue.log(e);
            return Result.err(new CasError.Failed(new StoreError.Other(e.fact())));
        }
    }

    /** {@code cas}: a key with the value that it had when this was made. Confined to the Store. */
    public record Cas(OpenStore bucket, String key, Optional<byte[]> value) implements AutoCloseable {
        static Cas of(OpenStore bucket, String key) {
            Optional<byte[]> value = bucket.get(key);
            bucket.owner().memory().take(size(value), "`cas`");
            return new Cas(bucket, key, value);
        }

        private static int size(Optional<byte[]> value) {
            return value.map(bytes -> bytes.length).orElse(0);
        }

        /** The destructor; {@code swap} takes the handle, too. */
        @Override
        public void close() {
            bucket.owner().memory().giveBack(size(value));
        }
    }

    /** {@code cas-error}. Immutable. */
    public sealed interface CasError {
        /** {@code store-error}. */
        record Failed(StoreError error) implements CasError {}

        /** {@code cas-failed}: with a handle of the value that the key has now. */
        record CasFailed(Cas cas) implements CasError {}
    }
}

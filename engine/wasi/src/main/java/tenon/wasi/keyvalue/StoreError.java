package tenon.wasi.keyvalue;

import java.util.function.Supplier;
import tenon.runtime.value.Result;
import tenon.runtime.value.Unit;

/** {@code wasi:keyvalue/store.error}. Immutable. */
public sealed interface StoreError {
    /** {@code no-such-store}. */
    record NoSuchStore() implements StoreError {}

    /** {@code access-denied}. */
    record AccessDenied() implements StoreError {}

    /** {@code other}. */
    record Other(String description) implements StoreError {}

    /** What {@code call} gives, or why the store could not. */
    static <T> Result<T, StoreError> catching(Supplier<T> call) {
        try {
            return Result.ok(call.get());
        } catch (KeyValueException e) {
            KeyValue.log(e);
            return Result.err(new Other(e.fact()));
        }
    }

    /** The same for a call that gives nothing. */
    static Result<Unit, StoreError> catching(Runnable call) {
        return catching(() -> {
            call.run();
            return Unit.UNIT;
        });
    }
}

package tenon.wasi.sockets;

import tenon.runtime.value.Result;
import tenon.runtime.value.Unit;

/** Something that gives a value or an error code. */
@FunctionalInterface
interface Attempt<T> {
    T run() throws RefusedException;

    /** Its value, or its code. */
    static <T> Result<T, ErrorCode> tried(Attempt<T> attempt) {
        try {
            return Result.ok(attempt.run());
        } catch (RefusedException e) {
            return Result.err(e.code());
        }
    }

    /** Nothing, or its code. */
    static Result<Unit, ErrorCode> done(Action action) {
        try {
            action.run();
            return Result.ok();
        } catch (RefusedException e) {
            return Result.err(e.code());
        }
    }

    /** Something that gives nothing or an error code. */
    @FunctionalInterface
    interface Action {
        void run() throws RefusedException;
    }
}

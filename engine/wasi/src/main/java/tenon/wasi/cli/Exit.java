package tenon.wasi.cli;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandles;
import tenon.runtime.HostInterface;
import tenon.runtime.value.Result;
import tenon.runtime.value.Unit;
import tenon.types.Actor;
import tenon.types.Place;
import tenon.types.TenonException;

/** {@code wasi:cli/exit@0.2}: ends the guest by throwing {@link Exited} through it. Immutable. */
public final class Exit {
    /** The interface, for a Linker. */
    public static final HostInterface INTERFACE = HostInterface.of(
                    "wasi:cli/exit@0.2.12", Exit.class, MethodHandles.lookup())
            .function("exit", "exit", methodType(void.class, Result.class))
            .function("exit-with-code", "exitWithCode", methodType(void.class, byte.class))
            .build();

    /** The functions; they have no state. */
    public Exit() {}

    /** {@code exit}: 0 for ok, 1 for an error. */
    public void exit(Result<Unit, Unit> status) {
        throw new Exited(status instanceof Result.Ok<Unit, Unit> ? 0 : 1);
    }

    /** {@code exit-with-code}. */
    public void exitWithCode(byte status) {
        throw new Exited(status & 0xff);
    }

    /** The guest asked to end. Not an error by itself. */
    public static final class Exited extends TenonException {
        private static final long serialVersionUID = 1L;

        private final int code;

        /** An end with {@code code}, 0 to 255. */
        public Exited(int code) {
            super(Actor.GUEST, Place.NOWHERE, "the guest ended with exit code " + code, null);
            this.code = code;
        }

        /** 0 to 255. */
        public int code() {
            return code;
        }
    }
}

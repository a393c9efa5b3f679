package tenon.wasi.io;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandles;
import java.util.Optional;
import tenon.runtime.HostInterface;

/**
 * {@code wasi:io/error.error}: why a stream operation failed. Immutable.
 *
 * @param description for people
 * @param detail what another interface can say about it, if it came from there
 */
public record IoError(String description, Optional<Detail> detail) {
    /** The interface {@code wasi:io/error}, for a Linker. */
    public static final HostInterface INTERFACE = HostInterface.of(
                    "wasi:io/error@0.2.12", Functions.class, MethodHandles.lookup())
            .resource("error", IoError.class)
            .function("[method]error.to-debug-string", "toDebugString", methodType(String.class, IoError.class))
            .build();

    /** An error with nothing but words. */
    public static IoError of(String description) {
        return new IoError(description, Optional.empty());
    }

    /** An error that another interface's code stands behind. */
    public static IoError of(String description, Detail detail) {
        return new IoError(description, Optional.of(detail));
    }

    /** An error code of another interface: {@code wasi:http/types.error-code}, {@code wasi:filesystem/types.error-code}. */
    public interface Detail {}

    /** The functions of {@code wasi:io/error}; immutable. */
    public static final class Functions {
        /** The functions; they have no state. */
        public Functions() {}

        String toDebugString(IoError error) {
            return error.description();
        }
    }
}

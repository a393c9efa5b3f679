package tenon.core;

import java.lang.invoke.MethodHandle;
import java.util.Optional;
import java.util.function.Supplier;

/** What a function import of a linked module goes to; decided once for the place in a linkage. */
public sealed interface ImportTarget {

    /** A {@link CoreFunction} that is given to each instance. */
    record Dynamic() implements ImportTarget {}

    /**
     * One method for all instances, which the JIT can inline: {@code (params…, Object context)result}. The context is given
     * to each instance as {@link ImportValue.Context}. What it throws goes to the caller of the guest as it is.
     *
     * @param source gives the method; asked when the first call is linked, perhaps several times, always with the same answer
     * @param tail of a guest's function with tail calls the method of its body, which leaves them in the context, a {@link
     *     CoreInstance}: {@link LinkedModule#bodyCode}
     */
    record Static(Supplier<MethodHandle> source, Supplier<Optional<MethodHandle>> tail) implements ImportTarget {
        /** A method that makes all of its calls itself. */
        public Static(Supplier<MethodHandle> source) {
            this(source, Optional::empty);
        }

        /** A method that is there already. */
        public Static(MethodHandle target) {
            this(() -> target);
        }

        Optional<MethodHandle> body() {
            return tail.get();
        }

        MethodHandle target() {
            return source.get();
        }
    }

    ImportTarget DYNAMIC = new Dynamic();
}

package tenon.core;

import java.lang.invoke.MethodHandle;

/** What a function import of a linked module goes to; decided once for the place in a linkage. */
public sealed interface ImportTarget {

    /** A {@link CoreFunction} that is given to each instance. */
    record Dynamic() implements ImportTarget {}

    /**
     * One method for all instances, which the JIT can inline: {@code (params…, Object context)result}. The context is given
     * to each instance as {@link ImportValue.Context}. What it throws goes to the caller of the guest as it is.
     */
    record Static(MethodHandle target) implements ImportTarget {}

    ImportTarget DYNAMIC = new Dynamic();
}

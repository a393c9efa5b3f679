package tenon.core;

import tenon.types.core.FuncType;

/** A tag: the identity of a kind of exception. WebAssembly 3.0, "Tag Instances". */
public final class CoreTag implements CoreExtern {
    private final Signature signature;

    CoreTag(Signature signature) {
        this.signature = signature;
    }

    /** What an exception carries, as parameters. */
    public FuncType type() {
        return signature.type();
    }

    Signature signature() {
        return signature;
    }
}

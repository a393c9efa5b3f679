package tenon.wit.binary;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tenon.types.component.PlainName;
import tenon.wit.FunctionKind;
import tenon.wit.TypeId;

/** What kind a function is by its name in a binary: Explainer.md, "Import and Export Names". */
final class FunctionKinds {
    private FunctionKinds() {}

    /** The kind; empty if it is one of a resource's, and {@code resource}, which the name says, is not there. */
    static Optional<FunctionKind> of(PlainName name, boolean async, @Nullable TypeId resource) {
        FunctionKind.Form form = switch (name.kind()) {
            case LABEL -> FunctionKind.Form.FREESTANDING;
            case CONSTRUCTOR -> FunctionKind.Form.CONSTRUCTOR;
            case METHOD -> FunctionKind.Form.METHOD;
            case STATIC -> FunctionKind.Form.STATIC;
        };
        FunctionKind.Access access = switch (name.access()) {
            case CALL -> FunctionKind.Access.CALL;
            case GET -> FunctionKind.Access.GET;
            case SET -> FunctionKind.Access.SET;
        };
        if (form == FunctionKind.Form.FREESTANDING) {
            return Optional.of(FunctionKind.freestanding(access, async));
        }
        return Optional.ofNullable(resource).map(owner -> FunctionKind.of(form, access, async, owner));
    }
}

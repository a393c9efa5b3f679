package tenon.wit.syntax;

import java.util.List;
import java.util.Optional;
import tenon.wit.FunctionKind;

/**
 * A function as written: WIT.md, "Item: `interface`" and "Item: `resource`".
 *
 * @param name for a constructor the keyword
 * @param form whether it is static or a constructor; {@code METHOD} for what is written like a free function in a resource
 * @param spot where its type starts: {@code func}, {@code get}, {@code set} or {@code constructor}
 */
public record FunctionSyntax(
        Comments comments,
        List<Attribute> attributes,
        Identifier name,
        FunctionKind.Form form,
        FunctionKind.Access access,
        boolean async,
        List<Parameter> params,
        Optional<TypeSyntax> result,
        Spot spot) {

    /** A parameter as written. */
    public record Parameter(Identifier name, TypeSyntax type) {}
}

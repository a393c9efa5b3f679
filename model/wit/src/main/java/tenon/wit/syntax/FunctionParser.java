package tenon.wit.syntax;

import java.util.List;
import java.util.Optional;
import tenon.wit.FunctionKind;

/** Reads functions: WIT.md, "Item: `interface`" and "Item: `resource`". Confined to one run. */
final class FunctionParser {
    private final Cursor cursor;
    private final TypeParser types;

    FunctionParser(Cursor cursor, TypeParser types) {
        this.cursor = cursor;
        this.types = types;
    }

    /** Whether a function's type starts here. */
    boolean atFunction() {
        return cursor.is("func") || cursor.is("async") || cursor.is("static") || atAccessor();
    }

    /** {@code get} and {@code set} are names wherever nothing is called. */
    private boolean atAccessor() {
        Token word = cursor.peek();
        return word.kind() == Token.Kind.IDENTIFIER
                && (word.text().equals("get") || word.text().equals("set"))
                && cursor.peek(1).is("(");
    }

    /** A function behind its name and {@code :}, up to the {@code ;}. */
    FunctionSyntax function(Comments comments, List<Attribute> attributes, Identifier name, FunctionKind.Form outside) {
        boolean inResource = outside == FunctionKind.Form.METHOD;
        FunctionKind.Form form = inResource && cursor.eat("static") ? FunctionKind.Form.STATIC : outside;
        FunctionKind.Access access = FunctionKind.Access.CALL;
        boolean async = cursor.eat("async");
        Spot spot = cursor.spot();
        if (!async && atAccessor()) {
            access = cursor.next().text().equals("get") ? FunctionKind.Access.GET : FunctionKind.Access.SET;
        } else {
            cursor.expect("func");
        }
        List<FunctionSyntax.Parameter> params = params();
        Optional<TypeSyntax> result = result();
        cursor.expect(";");
        var function = new FunctionSyntax(comments, attributes, name, form, access, async, params, result, spot);
        checkAccess(function);
        return function;
    }

    private static void checkAccess(FunctionSyntax function) {
        int count = function.params().size();
        switch (function.access()) {
            case CALL -> {}
            case GET -> {
                if (function.result().isEmpty()) {
                    throw function.spot()
                            .error("getter `" + function.name() + "` gives nothing back, expected a result");
                }
                if (count > 0) {
                    throw function.params().getFirst().name().spot().error("a getter has no parameters");
                }
            }
            case SET -> {
                if (count != 1) {
                    Spot spot = count == 0
                            ? function.spot()
                            : function.params().get(1).name().spot();
                    throw spot.error("a setter must have exactly one parameter");
                }
                function.result().ifPresent(FunctionParser::checkSetterResult);
            }
        }
    }

    private static void checkSetterResult(TypeSyntax result) {
        if (!(result instanceof TypeSyntax.Result shape) || shape.ok().isPresent()) {
            throw result.spot().error("a setter gives back nothing or a `result` without an `ok` type");
        }
    }

    /** A function of a resource. */
    FunctionSyntax member(Comments comments, List<Attribute> attributes) {
        if (!cursor.is("constructor")) {
            Identifier name = cursor.identifier("`constructor` or a name of a function");
            cursor.expect(":");
            return function(comments, attributes, name, FunctionKind.Form.METHOD);
        }
        Spot spot = cursor.spot();
        var name = new Identifier(cursor.next().text(), spot);
        List<FunctionSyntax.Parameter> params = params();
        Optional<TypeSyntax> result = result();
        cursor.expect(";");
        return new FunctionSyntax(
                comments,
                attributes,
                name,
                FunctionKind.Form.CONSTRUCTOR,
                FunctionKind.Access.CALL,
                false,
                params,
                result,
                spot);
    }

    private List<FunctionSyntax.Parameter> params() {
        cursor.expect("(");
        return cursor.list(")", () -> {
            Identifier name = cursor.identifier("a name of a parameter");
            cursor.expect(":");
            return new FunctionSyntax.Parameter(name, types.type());
        });
    }

    private Optional<TypeSyntax> result() {
        return cursor.eat("->") ? Optional.of(types.type()) : Optional.empty();
    }
}

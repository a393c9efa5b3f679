package tenon.compose.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tenon.compose.source.Span;
import tenon.types.component.PrimitiveType;
import tenon.wit.syntax.Token;

/** Reads types of values and functions. Confined to one run. */
final class TypeParser {
    private static final List<PrimitiveType> PRIMITIVES = List.of(
            PrimitiveType.BOOL,
            PrimitiveType.S8,
            PrimitiveType.U8,
            PrimitiveType.S16,
            PrimitiveType.U16,
            PrimitiveType.S32,
            PrimitiveType.U32,
            PrimitiveType.S64,
            PrimitiveType.U64,
            PrimitiveType.F32,
            PrimitiveType.F64,
            PrimitiveType.CHAR,
            PrimitiveType.STRING);

    private final Cursor cursor;

    TypeParser(Cursor cursor) {
        this.cursor = cursor;
    }

    boolean atFunction() {
        return cursor.is("func")
                || (isWord(cursor.peek(), "async") && cursor.peek(1).is("func"));
    }

    /** {@code async func(a: u32) -> u32}. */
    TypeSyntax.Function function() {
        boolean async = isWord(cursor.peek(), "async");
        if (async) {
            cursor.next();
        }
        cursor.expect("func");
        List<TypeSyntax.Parameter> params = params();
        Optional<TypeSyntax> result = cursor.eat("->") ? Optional.of(type()) : Optional.empty();
        return new TypeSyntax.Function(params, result, async);
    }

    List<TypeSyntax.Parameter> params() {
        cursor.expect("(");
        return cursor.list(")", this::parameter);
    }

    private TypeSyntax.Parameter parameter() {
        Identifier name = cursor.identifier();
        cursor.expect(":");
        return new TypeSyntax.Parameter(name, type());
    }

    /** A name that is a word of the language only where it stands in for a type. */
    private static boolean isWord(Token token, String word) {
        return token.kind() == Token.Kind.IDENTIFIER && token.text().equals(word);
    }

    TypeSyntax type() {
        return cursor.nested(this::anyType);
    }

    private TypeSyntax anyType() {
        Token token = cursor.peek();
        Span start = cursor.span();
        if (token.kind() == Token.Kind.KEYWORD) {
            for (PrimitiveType primitive : PRIMITIVES) {
                if (token.text().equals(primitive.toString().toLowerCase(Locale.ROOT))) {
                    cursor.next();
                    return new TypeSyntax.Primitive(primitive, start);
                }
            }
            return keyword(token, start);
        }
        if (token.kind() == Token.Kind.IDENTIFIER && cursor.peek(1).is("<")) {
            return word(token, start);
        }
        return new TypeSyntax.Named(cursor.identifier("a type"));
    }

    private TypeSyntax keyword(Token token, Span start) {
        return switch (token.text()) {
            case "tuple" -> {
                open();
                var types = new ArrayList<TypeSyntax>();
                types.add(type());
                if (cursor.eat(",")) {
                    types.addAll(cursor.list(">", this::type));
                } else {
                    cursor.expect(">", "`,` or `>`");
                }
                yield new TypeSyntax.Tuple(List.copyOf(types), start.to(cursor.last()));
            }
            case "list" -> list(start);
            case "option" -> {
                open();
                TypeSyntax some = type();
                yield new TypeSyntax.Option(some, close(start));
            }
            case "result" -> result(start);
            case "borrow" -> {
                open();
                Identifier resource = cursor.identifier("a resource");
                yield new TypeSyntax.Borrow(resource, close(start));
            }
            default -> throw cursor.unexpected("a type");
        };
    }

    /** Types that WIT has by now and that are no keywords of WAC. */
    private TypeSyntax word(Token token, Span start) {
        return switch (token.text()) {
            case "own" -> {
                open();
                Identifier resource = cursor.identifier("a resource");
                yield new TypeSyntax.Own(resource, close(start));
            }
            case "stream" -> {
                open();
                TypeSyntax element = type();
                yield new TypeSyntax.Stream(Optional.of(element), close(start));
            }
            case "future" -> {
                open();
                TypeSyntax element = type();
                yield new TypeSyntax.Future(Optional.of(element), close(start));
            }
            case "map" -> {
                open();
                TypeSyntax key = type();
                cursor.expect(",");
                TypeSyntax value = type();
                yield new TypeSyntax.MapOf(key, value, close(start));
            }
            default -> throw cursor.unexpected("a type");
        };
    }

    private void open() {
        cursor.next();
        cursor.expect("<");
    }

    private Span close(Span start) {
        return start.to(cursor.expect(">"));
    }

    private TypeSyntax list(Span start) {
        open();
        TypeSyntax element = type();
        if (!cursor.eat(",")) {
            return new TypeSyntax.ListOf(element, close(start));
        }
        Token length = cursor.peek();
        if (length.kind() != Token.Kind.INTEGER) {
            throw cursor.unexpected("the length of the list");
        }
        cursor.next();
        return new TypeSyntax.FixedLengthList(element, length(length), close(start));
    }

    private long length(Token token) {
        try {
            return Integer.parseUnsignedInt(token.text()) & 0xffff_ffffL;
        } catch (NumberFormatException _) {
            throw cursor.last().error("a list cannot be this long, expected less than 2^32 elements");
        }
    }

    private TypeSyntax result(Span start) {
        cursor.next();
        if (!cursor.eat("<")) {
            return new TypeSyntax.Result(Optional.empty(), Optional.empty(), start);
        }
        if (cursor.eat("_")) {
            cursor.expect(",");
            TypeSyntax error = type();
            return new TypeSyntax.Result(Optional.empty(), Optional.of(error), close(start));
        }
        TypeSyntax ok = type();
        Optional<TypeSyntax> error = cursor.eat(",") ? Optional.of(type()) : Optional.empty();
        return new TypeSyntax.Result(Optional.of(ok), error, close(start));
    }
}

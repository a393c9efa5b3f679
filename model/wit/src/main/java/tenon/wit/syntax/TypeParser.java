package tenon.wit.syntax;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tenon.types.component.PrimitiveType;

/** Reads types: WIT.md, "Types" and "Items: type". Confined to one run. */
final class TypeParser {
    /** So many types may stand in one another. */
    private static final int DEEPEST = 100;

    private static final long LONGEST_LIST = 0xffff_ffffL;

    private static final Map<String, PrimitiveType> PRIMITIVES = Stream.of(PrimitiveType.values())
            .collect(Collectors.toUnmodifiableMap(
                    type -> type.name().toLowerCase(Locale.ROOT).replace('_', '-'), Function.identity()));

    private final Cursor cursor;

    TypeParser(Cursor cursor) {
        this.cursor = cursor;
    }

    TypeSyntax type() {
        return type(0);
    }

    private TypeSyntax type(int depth) {
        Spot spot = cursor.spot();
        if (depth >= DEEPEST) {
            throw spot.error("types are nested too deep, expected at most " + DEEPEST + " levels");
        }
        if (cursor.atName()) {
            return named();
        }
        Token token = cursor.peek();
        PrimitiveType primitive = token.kind() == Token.Kind.KEYWORD ? PRIMITIVES.get(token.text()) : null;
        if (primitive != null) {
            cursor.next();
            return new TypeSyntax.Primitive(primitive, spot);
        }
        return switch (token.kind() == Token.Kind.KEYWORD ? token.text() : "") {
            case "list" -> list(depth, spot);
            case "option" -> new TypeSyntax.Option(angled(() -> type(depth + 1)), spot);
            case "result" -> result(depth, spot);
            case "tuple" -> tuple(depth, spot);
            case "map" -> map(depth, spot);
            case "own" -> new TypeSyntax.Own(angled(this::resource), spot);
            case "borrow" -> new TypeSyntax.Borrow(angled(this::resource), spot);
            case "future" -> new TypeSyntax.Future(optional(depth), spot);
            case "stream" -> new TypeSyntax.Stream(optional(depth), spot);
            default -> throw unexpected();
        };
    }

    private RuntimeException unexpected() {
        if (cursor.is("(")) {
            return cursor.spot()
                    .error(
                            "expected a type, found `(`",
                            "a function gives back one value; several can be put into a `tuple<…>` or a record");
        }
        if (cursor.is("record") || cursor.is("variant") || cursor.is("enum") || cursor.is("flags")) {
            String word = cursor.peek().text();
            return cursor.spot()
                    .error(
                            "expected a type, found keyword `" + word + "`",
                            "a " + word + " is defined with a name of its own, which can stand here");
        }
        return cursor.unexpected("a type");
    }

    private TypeSyntax named() {
        Token word = cursor.peek();
        Identifier name = cursor.identifier("a type");
        if (cursor.is("<")) {
            throw cursor.spot()
                    .error(
                            "type `" + name + "` has no parameters",
                            Slips.word(word.text()).map(known -> "WIT has `" + known + "<…>` for it"));
        }
        return new TypeSyntax.Named(name);
    }

    private Identifier resource() {
        return cursor.identifier("the name of a resource");
    }

    private <T> T angled(Supplier<T> inside) {
        cursor.next();
        cursor.expect("<");
        T result = inside.get();
        cursor.expect(">");
        return result;
    }

    private Optional<TypeSyntax> optional(int depth) {
        cursor.next();
        if (!cursor.eat("<")) {
            return Optional.empty();
        }
        TypeSyntax element = type(depth + 1);
        cursor.expect(">");
        return Optional.of(element);
    }

    private TypeSyntax list(int depth, Spot spot) {
        return angled(() -> {
            TypeSyntax element = type(depth + 1);
            return cursor.eat(",")
                    ? new TypeSyntax.FixedLengthList(element, length(), spot)
                    : new TypeSyntax.ListOf(element, spot);
        });
    }

    private long length() {
        Token token = cursor.peek();
        if (token.kind() != Token.Kind.INTEGER) {
            throw cursor.unexpected("a number of elements");
        }
        long length = token.text().length() > 10 ? -1 : Long.parseLong(token.text());
        if (length < 1 || length > LONGEST_LIST) {
            throw cursor.spot().error("a list's length must be at least 1 and less than 2^32");
        }
        cursor.next();
        return length;
    }

    private TypeSyntax result(int depth, Spot spot) {
        cursor.next();
        if (!cursor.eat("<")) {
            return new TypeSyntax.Result(Optional.empty(), Optional.empty(), spot);
        }
        Optional<TypeSyntax> ok = Optional.empty();
        Optional<TypeSyntax> error = Optional.empty();
        if (cursor.eat("_")) {
            cursor.expect(",");
            error = Optional.of(type(depth + 1));
        } else {
            ok = Optional.of(type(depth + 1));
            if (cursor.eat(",")) {
                error = Optional.of(type(depth + 1));
            }
        }
        cursor.expect(">");
        return new TypeSyntax.Result(ok, error, spot);
    }

    private TypeSyntax tuple(int depth, Spot spot) {
        cursor.next();
        cursor.expect("<");
        List<TypeSyntax> types = cursor.list(">", () -> type(depth + 1));
        if (types.isEmpty()) {
            throw spot.error("empty tuple, expected at least one type");
        }
        return new TypeSyntax.Tuple(types, spot);
    }

    private TypeSyntax map(int depth, Spot spot) {
        return angled(() -> {
            TypeSyntax key = type(depth + 1);
            if (!isKey(key)) {
                throw spot.error(
                        "invalid key type of a map, expected `bool`, `char`, `string` or a type of whole numbers");
            }
            cursor.expect(",");
            return new TypeSyntax.MapOf(key, type(depth + 1), spot);
        });
    }

    private static boolean isKey(TypeSyntax key) {
        return key instanceof TypeSyntax.Primitive primitive
                && switch (primitive.type()) {
                    case BOOL, S8, U8, S16, U16, S32, U32, S64, U64, CHAR, STRING -> true;
                    case F32, F64, ERROR_CONTEXT -> false;
                };
    }

    /** {@code { a: u32, b: string }} behind {@code record} and its name. */
    TypeSyntax record(Identifier name) {
        cursor.expect("{");
        List<TypeSyntax.Field> fields = cursor.list("}", () -> {
            Comments comments = cursor.comments();
            Identifier field = cursor.identifier("a name of a field");
            cursor.expect(":");
            return new TypeSyntax.Field(comments, field, type());
        });
        filled(fields, "record", "field", name);
        return new TypeSyntax.Record(fields, name.spot());
    }

    /** {@code { a, b(u32) }} behind {@code variant} and its name. */
    TypeSyntax variant(Identifier name) {
        cursor.expect("{");
        List<TypeSyntax.Case> cases = cursor.list("}", () -> {
            Comments comments = cursor.comments();
            Identifier label = cursor.identifier("a name of a case");
            Optional<TypeSyntax> type = Optional.empty();
            if (cursor.eat("(")) {
                type = Optional.of(type());
                cursor.expect(")");
            } else if (cursor.is(":")) {
                throw cursor.spot()
                        .error(
                                "expected `,`, `(` or `}`, found `:`",
                                "a case's payload stands in parentheses: `" + label + "(…)`");
            }
            return new TypeSyntax.Case(comments, label, type);
        });
        filled(cases, "variant", "case", name);
        return new TypeSyntax.Variant(cases, name.spot());
    }

    /** {@code { a, b }} behind {@code enum} or {@code flags} and the name. */
    List<TypeSyntax.Label> labels(String keyword, String part, Identifier name) {
        cursor.expect("{");
        List<TypeSyntax.Label> labels = cursor.list("}", () -> {
            Comments comments = cursor.comments();
            Identifier label = cursor.identifier("a name of a " + part);
            if (cursor.is("(")) {
                throw cursor.spot()
                        .error(
                                part + " `" + label + "` has a payload, which a"
                                        + (part.equals("case") ? "n enum's" : " flag") + " cannot have",
                                "use `variant " + name + "` instead of `" + keyword + " " + name + "`");
            }
            if (cursor.is("=") || cursor.is(":")) {
                throw cursor.spot()
                        .error(
                                "expected `,` or `}`, found `" + cursor.peek().text() + "`",
                                "a " + part + " has no number; its position counts");
            }
            return new TypeSyntax.Label(comments, label);
        });
        filled(labels, keyword, part, name);
        return labels;
    }

    private static void filled(List<?> parts, String keyword, String part, Identifier name) {
        if (parts.isEmpty()) {
            throw name.spot().error("empty " + keyword + " `" + name + "`, expected at least one " + part);
        }
    }
}

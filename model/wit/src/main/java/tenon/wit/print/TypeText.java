package tenon.wit.print;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tenon.wit.Function;
import tenon.wit.FunctionKind;
import tenon.wit.PackageGraph;
import tenon.wit.Type;
import tenon.wit.TypeDefinition;
import tenon.wit.TypeId;
import tenon.wit.TypeKind;
import tenon.wit.syntax.Lexer;

/** Writes types and functions in WIT's notation. Immutable. */
record TypeText(PackageGraph graph) {

    /** A name, behind {@code %} if it is a keyword. */
    static String escaped(String name) {
        return Lexer.isKeyword(name) ? "%" + name : name;
    }

    /** The type's name, or what it is made of if it has none. */
    String of(Type type) {
        return switch (type) {
            case Type.Primitive primitive -> primitive.toString();
            case TypeId id -> {
                TypeDefinition definition = graph.get(id);
                yield definition.name().map(TypeText::escaped).orElseGet(() -> inPlace(definition.kind()));
            }
        };
    }

    /** A handle that owns is written by the name of its resource. */
    private String inPlace(TypeKind kind) {
        return kind instanceof TypeKind.Own(TypeId resource) ? of(resource) : definition(kind);
    }

    /** What stands behind {@code type name =}: here {@code own<r>} is not the same as {@code r}. */
    String definition(TypeKind kind) {
        return switch (kind) {
            case TypeKind.Alias(Type type) -> of(type);
            case TypeKind.Own(TypeId resource) -> "own<" + of(resource) + ">";
            case TypeKind.Borrow(TypeId resource) -> "borrow<" + of(resource) + ">";
            case TypeKind.Tuple(List<Type> types) ->
                types.stream().map(this::of).collect(Collectors.joining(", ", "tuple<", ">"));
            case TypeKind.Option(Type some) -> "option<" + of(some) + ">";
            case TypeKind.Result(Optional<Type> ok, Optional<Type> error) ->
                error.isPresent()
                        ? "result<" + ok.map(this::of).orElse("_") + ", " + of(error.get()) + ">"
                        : "result" + angled(ok);
            case TypeKind.ListOf(Type element) -> "list<" + of(element) + ">";
            case TypeKind.FixedLengthList(Type element, long length) -> "list<" + of(element) + ", " + length + ">";
            case TypeKind.MapOf(Type key, Type value) -> "map<" + of(key) + ", " + of(value) + ">";
            case TypeKind.Future(Optional<Type> element) -> "future" + angled(element);
            case TypeKind.Stream(Optional<Type> element) -> "stream" + angled(element);
            case TypeKind.Resource _, TypeKind.Record _, TypeKind.Variant _, TypeKind.Enum _, TypeKind.Flags _ ->
                throw new AssertionError("a type like this has a name");
        };
    }

    private String angled(Optional<Type> element) {
        return element.map(type -> "<" + of(type) + ">").orElse("");
    }

    /** {@code async func(a: u32) -> string}, without the name. */
    String function(Function function) {
        FunctionKind kind = function.kind();
        boolean method = kind.form() == FunctionKind.Form.METHOD;
        String word = kind.form() == FunctionKind.Form.CONSTRUCTOR
                ? "constructor"
                : switch (kind.access()) {
                    case CALL -> "func";
                    case GET -> "get";
                    case SET -> "set";
                };
        String params = function.params().stream()
                .skip(method ? 1 : 0)
                .map(param -> escaped(param.name()) + ": " + of(param.type()))
                .collect(Collectors.joining(", ", "(", ")"));
        String result = isPlainConstructor(function)
                ? ""
                : function.result().map(type -> " -> " + of(type)).orElse("");
        return (kind.async() ? "async " : "") + word + params + result;
    }

    /** Whether it gives back just what it makes, which is not written. */
    private boolean isPlainConstructor(Function function) {
        return function.kind().form() == FunctionKind.Form.CONSTRUCTOR
                && function.result().orElseThrow() instanceof TypeId id
                && graph.get(id).kind() instanceof TypeKind.Own(TypeId resource)
                && function.kind().resource().equals(Optional.of(resource));
    }
}

package tenon.compose.resolve;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import tenon.compose.source.Span;
import tenon.compose.syntax.Declaration;
import tenon.compose.syntax.Identifier;
import tenon.compose.syntax.TypeSyntax;
import tenon.compose.type.FunctionType;
import tenon.compose.type.Item;
import tenon.compose.type.ResourceType;
import tenon.compose.type.Type;
import tenon.compose.type.ValueType;
import tenon.types.component.PrimitiveType;

/** Gives types of values, functions and resources their meaning. Confined to one run. */
final class TypeResolver {
    /** As deep as the validator of components lets types be. */
    private static final int DEEPEST = 100;

    private final Scope scope;
    private final Map<ValueType, Integer> depths = new HashMap<>();

    /** What is being read. */
    private Span here;

    TypeResolver(Scope scope, Span start) {
        this.scope = scope;
        this.here = start;
    }

    /** A named type. */
    Type type(Declaration.Type declaration) {
        here = declaration.name().span();
        return switch (declaration) {
            case Declaration.Variant variant -> {
                var cases = new ArrayList<ValueType.Case>();
                variant.cases()
                        .forEach(each -> cases.add(new ValueType.Case(
                                each.name().name(), each.type().map(this::value))));
                unique(variant.cases(), Declaration.Case::name, "case", "variant", variant.name());
                yield defined(new ValueType.Variant(cases));
            }
            case Declaration.Record record -> {
                var fields = new ArrayList<FunctionType.Parameter>();
                record.fields()
                        .forEach(field -> fields.add(
                                new FunctionType.Parameter(field.name().name(), value(field.type()))));
                unique(record.fields(), Declaration.Field::name, "field", "record", record.name());
                yield defined(new ValueType.Record(fields));
            }
            case Declaration.Flags flags ->
                defined(new ValueType.Flags(labels(flags.labels(), "flag", "flags", flags.name())));
            case Declaration.Enum labels ->
                defined(new ValueType.Enum(labels(labels.labels(), "case", "enum", labels.name())));
            case Declaration.Alias alias -> alias(alias);
            case Declaration.FunctionAlias alias -> function(alias.function());
            case Declaration.Resource resource ->
                new ResourceType(resource.name().name());
        };
    }

    private static List<String> labels(
            List<Declaration.Label> labels, String word, String what, Identifier declaration) {
        unique(labels, Declaration.Label::name, word, what, declaration);
        return labels.stream().map(label -> label.name().name()).toList();
    }

    private static <T> void unique(
            List<T> parts, Function<T, Identifier> name, String word, String what, Identifier declaration) {
        var seen = new HashSet<String>();
        for (T part : parts) {
            Identifier each = name.apply(part);
            if (!seen.add(each.name())) {
                throw each.span()
                        .error(word + " `" + each + "` is there already in " + what + " `" + declaration + "`");
            }
        }
    }

    private Type alias(Declaration.Alias alias) {
        if (!(alias.type() instanceof TypeSyntax.Named(Identifier name)) || isWord(name)) {
            return defined(new ValueType.Alias(value(alias.type())));
        }
        Item item = scope.local(name).item();
        return switch (item) {
            case Item.OfType(ResourceType resource) ->
                ResourceType.alias(alias.name().name(), resource, resource.owner());
            case Item.OfType(ValueType value) -> defined(new ValueType.Alias(value));
            case Item.OfType(FunctionType function) -> copy(function);
            case Item.Function(FunctionType function) -> copy(function);
            case Item.OfType _, Item.Instance _, Item.Component _, Item.Module _, Item.Value _ ->
                throw name.span().error("`" + name + "` is no type of values or functions, but " + article(item));
        };
    }

    private static FunctionType copy(FunctionType function) {
        return new FunctionType(function.params(), function.result(), function.async());
    }

    /** The kind of an item with its article. */
    static String article(Item item) {
        String word = item.word();
        return ("aeiou".indexOf(word.charAt(0)) >= 0 ? "an " : "a ") + word;
    }

    /** The type of a function that is no method. */
    FunctionType function(TypeSyntax.Function function) {
        return function(function, List.of());
    }

    private FunctionType function(TypeSyntax.Function function, List<FunctionType.Parameter> self) {
        return new FunctionType(
                params(function.params(), self), function.result().map(this::result), function.async());
    }

    private List<FunctionType.Parameter> params(List<TypeSyntax.Parameter> params, List<FunctionType.Parameter> self) {
        var found = new ArrayList<>(self);
        for (TypeSyntax.Parameter param : params) {
            String name = param.name().name();
            ValueType type = value(param.type());
            if (found.stream().anyMatch(other -> other.name().equals(name))) {
                throw param.name().span().error("parameter `" + name + "` is there already");
            }
            found.add(new FunctionType.Parameter(name, type));
        }
        return found;
    }

    private ValueType result(TypeSyntax type) {
        ValueType value = value(type);
        if (borrows(value, new HashSet<>())) {
            throw type.span().error("a result cannot contain a borrow: it would outlive the call");
        }
        return value;
    }

    private static boolean borrows(ValueType type, Set<ValueType> seen) {
        if (type instanceof ValueType.Borrow) {
            return true;
        }
        var parts = new LinkedHashSet<ValueType>();
        type.parts(parts::add);
        return seen.add(type) && parts.stream().anyMatch(part -> borrows(part, seen));
    }

    /** The functions of a resource, by the names under which they are exported; {@code define} is told each. */
    void methods(Declaration.Resource declaration, ResourceType resource, BiConsumer<String, FunctionType> define) {
        String name = declaration.name().name();
        var seen = new HashSet<String>();
        for (Declaration.Method method : declaration.methods()) {
            switch (method) {
                case Declaration.Constructor constructor -> {
                    if (!seen.add("")) {
                        throw constructor.span().error("resource `" + name + "` has a constructor already");
                    }
                    define.accept(
                            "[constructor]" + name,
                            new FunctionType(
                                    params(constructor.params(), List.of()),
                                    Optional.of(new ValueType.Own(resource)),
                                    false));
                }
                case Declaration.Member member -> {
                    if (!seen.add(member.name().name())) {
                        throw member.name()
                                .span()
                                .error("resource `" + name + "` has a method `" + member.name() + "` already");
                    }
                    var self = new FunctionType.Parameter("self", new ValueType.Borrow(resource));
                    define.accept(
                            (member.isStatic() ? "[static]" : "[method]") + name + "." + member.name(),
                            function(member.function(), member.isStatic() ? List.of() : List.of(self)));
                }
            }
        }
    }

    /** Words that are types unless the document calls something so. */
    private boolean isWord(Identifier name) {
        return word(name).isPresent()
                && !scope.knows(name.name())
                && !name.span().text().startsWith("%");
    }

    private static Optional<ValueType> word(Identifier name) {
        return switch (name.name()) {
            case "stream" -> Optional.of(new ValueType.Defined(new ValueType.Stream(Optional.empty())));
            case "future" -> Optional.of(new ValueType.Defined(new ValueType.Future(Optional.empty())));
            case "error-context" -> Optional.of(new ValueType.Primitive(PrimitiveType.ERROR_CONTEXT));
            default -> Optional.empty();
        };
    }

    ValueType value(TypeSyntax type) {
        return switch (type) {
            case TypeSyntax.Primitive(var primitive, var _) -> new ValueType.Primitive(primitive);
            case TypeSyntax.Named(Identifier name) -> named(name);
            case TypeSyntax.Own own -> new ValueType.Own(resource(own.resource()));
            case TypeSyntax.Borrow borrow -> new ValueType.Borrow(resource(borrow.resource()));
            case TypeSyntax.ListOf list -> defined(new ValueType.ListOf(value(list.element())));
            case TypeSyntax.FixedLengthList list ->
                defined(new ValueType.FixedLengthList(value(list.element()), list.length()));
            case TypeSyntax.MapOf map -> defined(new ValueType.MapOf(value(map.key()), value(map.value())));
            case TypeSyntax.Option option -> defined(new ValueType.Option(value(option.some())));
            case TypeSyntax.Result result ->
                defined(new ValueType.Result(
                        result.ok().map(this::value), result.error().map(this::value)));
            case TypeSyntax.Tuple tuple ->
                defined(new ValueType.Tuple(
                        tuple.types().stream().map(this::value).toList()));
            case TypeSyntax.Stream stream ->
                defined(new ValueType.Stream(stream.element().map(this::value)));
            case TypeSyntax.Future future ->
                defined(new ValueType.Future(future.element().map(this::value)));
        };
    }

    private ValueType.Defined defined(ValueType.Shape shape) {
        return limited(new ValueType.Defined(shape));
    }

    /** Refuses types that are nested deeper than any validator takes them. */
    private ValueType.Defined limited(ValueType.Defined type) {
        var deepest = new int[1];
        type.parts(part -> deepest[0] = Math.max(deepest[0], depths.getOrDefault(part, 1)));
        // another name is no level
        int depth = deepest[0] + (type.shape() instanceof ValueType.Alias ? 0 : 1);
        if (depth > DEEPEST) {
            throw here.error("type is nested too deep, expected at most " + DEEPEST + " levels");
        }
        depths.put(type, depth);
        return type;
    }

    private ValueType named(Identifier name) {
        if (isWord(name)) {
            return word(name).orElseThrow();
        }
        Item item = scope.local(name).item();
        return switch (item) {
            case Item.OfType(ResourceType resource) -> new ValueType.Own(resource);
            case Item.OfType(ValueType value) -> value;
            case Item.OfType _, Item.Function _, Item.Instance _, Item.Component _, Item.Module _, Item.Value _ ->
                throw name.span().error("`" + name + "` is no type of values, but " + article(item));
        };
    }

    private ResourceType resource(Identifier name) {
        Item item = scope.local(name).item();
        if (item instanceof Item.OfType(ResourceType resource)) {
            return resource;
        }
        throw name.span().error("`" + name + "` is no resource, but " + article(item));
    }
}

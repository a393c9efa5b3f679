package tenon.compose.type;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;
import tenon.types.component.CoreModuleType;

/**
 * Whether an item can stand where another one is asked for: Explainer.md, "Type Checking"; and if not, why. An instance may export more
 * than is asked for, a component may import less and export more; all other types must be the same. Resource types are the same if they
 * stand under the same name of two instances, or else if they are called the same. Confined to one run.
 */
public final class Subtyping {
    private final Deque<String> path = new ArrayDeque<>();
    private final Map<ResourceType, ResourceType> bound = new HashMap<>();

    /** Pairs of value types that were found to be the same. */
    private final Set<Pair> same = new HashSet<>();

    private final Words words;

    private record Pair(ValueType asked, ValueType given) {}

    /** Which side is called what: for what a composition imports, the world that it must fit is the one that offers. */
    private record Words(String missing) {}

    private static final class Mismatch extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient List<String> path;

        Mismatch(List<String> path) {
            super(String.join(": ", path), null, false, false);
            this.path = path;
        }
    }

    private Subtyping(Words words) {
        this.words = words;
    }

    /** Why {@code given} cannot stand where {@code asked} is asked for, from the outermost type down to the part that differs. */
    public static Optional<List<String>> mismatch(Item asked, Item given) {
        return mismatch(asked, given, new Words("missing %s `%s`"));
    }

    /** The same for an item {@code asked} that a composition imports, and what a world {@code offered} has in its place. */
    public static Optional<List<String>> excess(Item asked, Item offered) {
        return mismatch(asked, offered, new Words("%s `%s` is not there in the world"));
    }

    private static Optional<List<String>> mismatch(Item asked, Item given, Words words) {
        try {
            new Subtyping(words).check(asked.promoted(), given.promoted());
            return Optional.empty();
        } catch (Mismatch mismatch) {
            return Optional.of(mismatch.path);
        }
    }

    /** Whether two types of functions, values or resources are the same. */
    public static Optional<List<String>> difference(Item one, Item other) {
        return mismatch(one, other).or(() -> mismatch(other, one));
    }

    private Mismatch mismatch(String fact) {
        return new Mismatch(Stream.concat(path.stream(), Stream.of(fact)).toList());
    }

    private Mismatch expected(String asked, String given) {
        return mismatch("expected " + asked + ", found " + given);
    }

    private void check(Item asked, Item given) throws Mismatch {
        switch (asked) {
            case Item.Function(FunctionType type) -> {
                if (!(given instanceof Item.Function(FunctionType other))) {
                    throw expected(asked.word(), given.word());
                }
                function(type, other);
            }
            case Item.Instance(InterfaceType type) -> {
                if (!(given instanceof Item.Instance(InterfaceType other))) {
                    throw expected(asked.word(), given.word());
                }
                items(type.exports(), other.exports(), "export");
            }
            case Item.Component(WorldType type) -> {
                if (!(given instanceof Item.Component(WorldType other))) {
                    throw expected(asked.word(), given.word());
                }
                items(other.imports(), type.imports(), "import");
                items(type.exports(), other.exports(), "export");
            }
            case Item.Module(ModuleType type) -> {
                if (!(given instanceof Item.Module(ModuleType other))) {
                    throw expected(asked.word(), given.word());
                }
                module(type.type(), other.type());
            }
            case Item.Value(ValueType type) -> {
                if (!(given instanceof Item.Value(ValueType other))) {
                    throw expected(asked.word(), given.word());
                }
                value(type, other);
            }
            case Item.OfType(Type type) -> {
                if (!(given instanceof Item.OfType(Type other))) {
                    throw expected(asked.word(), given.word());
                }
                type(type, other);
            }
        }
    }

    private void items(SequencedMap<String, Item> asked, SequencedMap<String, Item> given, String word)
            throws Mismatch {
        asked.forEach((name, item) -> {
            if (item instanceof Item.OfType(ResourceType resource)
                    && given.get(name) instanceof Item.OfType(ResourceType other)) {
                bound.putIfAbsent(resource.origin(), other.origin());
            }
        });
        for (Map.Entry<String, Item> each : asked.entrySet()) {
            Item other = given.get(each.getKey());
            if (other == null) {
                throw mismatch(words.missing().formatted(each.getValue().word() + " " + word, each.getKey()));
            }
            path.addLast(word + " `" + each.getKey() + "`");
            check(each.getValue(), other);
            path.removeLast();
        }
    }

    private void type(Type asked, Type given) throws Mismatch {
        switch (asked) {
            case ResourceType resource when given instanceof ResourceType other -> resource(resource, other);
            case ValueType value when given instanceof ValueType other -> value(value, other);
            case FunctionType function when given instanceof FunctionType other -> function(function, other);
            case InterfaceType face
            when given instanceof InterfaceType other -> items(face.exports(), other.exports(), "export");
            case WorldType world
            when given instanceof WorldType other -> {
                items(other.imports(), world.imports(), "import");
                items(world.exports(), other.exports(), "export");
            }
            case ModuleType module when given instanceof ModuleType other -> module(module.type(), other.type());
            case ResourceType _, ValueType _, FunctionType _, InterfaceType _, WorldType _, ModuleType _ ->
                throw expected(asked.word(), given.word());
        }
    }

    private void resource(ResourceType asked, ResourceType given) throws Mismatch {
        ResourceType found = bound.get(asked.origin());
        boolean fits =
                found == null ? asked.origin().name().equals(given.origin().name()) : found == given.origin();
        if (!fits) {
            throw expected(asked.origin().toString(), given.origin().toString());
        }
    }

    private void function(FunctionType asked, FunctionType given) throws Mismatch {
        if (asked == given) {
            return;
        }
        if (asked.async() != given.async()) {
            throw expected(color(asked), color(given));
        }
        if (asked.params().size() != given.params().size()) {
            throw expected(count(asked.params(), "parameter"), count(given.params(), "parameter"));
        }
        for (int i = 0; i < asked.params().size(); i++) {
            FunctionType.Parameter param = asked.params().get(i);
            FunctionType.Parameter other = given.params().get(i);
            if (!param.name().equals(other.name())) {
                throw expected("parameter " + i + " to be called `" + param.name() + "`", "`" + other.name() + "`");
            }
            part("parameter `" + param.name() + "`", param.type(), other.type());
        }
        part("result", asked.result(), given.result());
    }

    private static String color(FunctionType function) {
        return function.async() ? "an async function" : "a function that is not async";
    }

    private static String count(List<?> parts, String word) {
        return parts.size() + " " + word + (parts.size() == 1 ? "" : "s");
    }

    private void part(String word, Optional<ValueType> asked, Optional<ValueType> given) throws Mismatch {
        if (asked.isPresent() != given.isPresent()) {
            throw expected(
                    asked.map(type -> word + " of type " + type.word()).orElse("no " + word),
                    given.map(ValueType::word).orElse("none"));
        }
        if (asked.isPresent() && given.isPresent()) {
            part(word, asked.get(), given.get());
        }
    }

    private void part(String word, ValueType asked, ValueType given) throws Mismatch {
        path.addLast(word);
        value(asked, given);
        path.removeLast();
    }

    private void value(ValueType askedName, ValueType givenName) throws Mismatch {
        ValueType asked = askedName.origin();
        ValueType given = givenName.origin();
        var pair = new Pair(asked, given);
        if (asked == given || same.contains(pair)) {
            return;
        }
        switch (asked) {
            case ValueType.Primitive _ -> {
                if (!asked.equals(given)) {
                    throw expected(asked.word(), given.word());
                }
            }
            case ValueType.Own(ResourceType resource) -> {
                if (!(given instanceof ValueType.Own(ResourceType other))) {
                    throw expected(asked.word() + " of " + resource, described(given));
                }
                resource(resource, other);
            }
            case ValueType.Borrow(ResourceType resource) -> {
                if (!(given instanceof ValueType.Borrow(ResourceType other))) {
                    throw expected(asked.word() + " of " + resource, described(given));
                }
                resource(resource, other);
            }
            case ValueType.Defined defined -> {
                if (!(given instanceof ValueType.Defined other)) {
                    throw expected(asked.word(), described(given));
                }
                shape(defined.shape(), other.shape(), asked.word(), given.word());
            }
        }
        same.add(pair);
    }

    private static String described(ValueType type) {
        return switch (type) {
            case ValueType.Own(ResourceType resource) -> "own of " + resource;
            case ValueType.Borrow(ResourceType resource) -> "borrow of " + resource;
            case ValueType.Primitive _, ValueType.Defined _ -> type.word();
        };
    }

    private void shape(ValueType.Shape asked, ValueType.Shape given, String askedWord, String givenWord)
            throws Mismatch {
        switch (asked) {
            case ValueType.Record(var fields)
            when given instanceof ValueType.Record(var others) -> {
                names(
                        fields.stream().map(FunctionType.Parameter::name).toList(),
                        others.stream().map(FunctionType.Parameter::name).toList(),
                        "field");
                for (int i = 0; i < fields.size(); i++) {
                    part(
                            "field `" + fields.get(i).name() + "`",
                            fields.get(i).type(),
                            others.get(i).type());
                }
            }
            case ValueType.Variant(var cases)
            when given instanceof ValueType.Variant(var others) -> {
                names(
                        cases.stream().map(ValueType.Case::name).toList(),
                        others.stream().map(ValueType.Case::name).toList(),
                        "case");
                for (int i = 0; i < cases.size(); i++) {
                    path.addLast("case `" + cases.get(i).name() + "`");
                    part("payload", cases.get(i).type(), others.get(i).type());
                    path.removeLast();
                }
            }
            case ValueType.Enum(var labels)
            when given instanceof ValueType.Enum(var others) -> names(labels, others, "case");
            case ValueType.Flags(var labels)
            when given instanceof ValueType.Flags(var others) -> names(labels, others, "flag");
            case ValueType.Tuple(var types)
            when given instanceof ValueType.Tuple(var others) -> {
                if (types.size() != others.size()) {
                    throw expected("a tuple of " + types.size(), "one of " + others.size());
                }
                for (int i = 0; i < types.size(); i++) {
                    part("element " + i, types.get(i), others.get(i));
                }
            }
            case ValueType.ListOf(var element)
            when given instanceof ValueType.ListOf(var other) -> part("element", element, other);
            case ValueType.FixedLengthList(var element, long length)
            when given instanceof ValueType.FixedLengthList(var other, long otherLength) -> {
                if (length != otherLength) {
                    throw expected("a list of length " + length, "one of length " + otherLength);
                }
                part("element", element, other);
            }
            case ValueType.MapOf(var key, var value)
            when given instanceof ValueType.MapOf(var otherKey, var other) -> {
                part("key", key, otherKey);
                part("value", value, other);
            }
            case ValueType.Option(var some)
            when given instanceof ValueType.Option(var other) -> part("option", some, other);
            case ValueType.Result(var ok, var error)
            when given instanceof ValueType.Result(var otherOk, var otherError) -> {
                part("ok", ok, otherOk);
                part("error", error, otherError);
            }
            case ValueType.Stream(var element)
            when given instanceof ValueType.Stream(var other) -> part("element", element, other);
            case ValueType.Future(var element)
            when given instanceof ValueType.Future(var other) -> part("element", element, other);
            case ValueType.Record _,
                    ValueType.Variant _,
                    ValueType.Enum _,
                    ValueType.Flags _,
                    ValueType.Tuple _,
                    ValueType.ListOf _,
                    ValueType.FixedLengthList _,
                    ValueType.MapOf _,
                    ValueType.Option _,
                    ValueType.Result _,
                    ValueType.Stream _,
                    ValueType.Future _,
                    ValueType.Alias _ -> throw expected(askedWord, givenWord);
        }
    }

    private void names(List<String> asked, List<String> given, String word) throws Mismatch {
        if (asked.size() != given.size()) {
            throw expected(count(asked, word), String.valueOf(given.size()));
        }
        for (int i = 0; i < asked.size(); i++) {
            if (!asked.get(i).equals(given.get(i))) {
                throw expected(word + " " + i + " to be called `" + asked.get(i) + "`", "`" + given.get(i) + "`");
            }
        }
    }

    /** A module may import less and export more. */
    private void module(CoreModuleType asked, CoreModuleType given) throws Mismatch {
        for (CoreModuleType.Import each : given.imports()) {
            boolean there = asked.imports().stream()
                    .anyMatch(other ->
                            other.module().equals(each.module()) && other.name().equals(each.name()));
            if (!there) {
                throw mismatch("missing import `" + each.module() + "::" + each.name() + "`");
            }
        }
        for (String name : asked.exports().keySet()) {
            if (!given.exports().containsKey(name)) {
                throw mismatch("missing export `" + name + "`");
            }
        }
    }
}

package tenon.component.resolve;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tenon.component.ExternalName;
import tenon.types.InvalidException;
import tenon.types.component.BorrowType;
import tenon.types.component.FunctionType;
import tenon.types.component.OwnType;
import tenon.types.component.PlainName;
import tenon.types.component.ResourceType;
import tenon.types.component.ResultType;
import tenon.types.component.ValueType;

/**
 * Checks that constructors, methods and static functions of one scope belong to a resource type that stands in front of them: Binary.md,
 * "Import and Export Definitions".
 */
final class AnnotatedNames {
    private final boolean isScope;
    private final Map<String, ResourceType> resources = new HashMap<>();

    /** Names of a component, a component type or an instance type. */
    AnnotatedNames() {
        this(true);
    }

    private AnnotatedNames(boolean isScope) {
        this.isScope = isScope;
    }

    /** Names of an instance made from exports, which is no scope: no resource type can stand in front of a function. */
    static AnnotatedNames ofInlineExports() {
        return new AnnotatedNames(false);
    }

    void add(ExternalName name, Item item, long offset) {
        AttributeCheck.check(name, item, offset);
        if (!(name.name() instanceof PlainName plain)) {
            return;
        }
        if (plain.access() != PlainName.Access.CALL) {
            checkAccessor(plain, item, offset);
        }
        if (plain.kind() == PlainName.Kind.LABEL) {
            if (isScope && item instanceof Item.Type type && type.type() instanceof ResourceType resource) {
                resources.put(plain.label(), resource);
            }
        } else {
            check(plain, item, offset);
        }
    }

    /** A getter takes nothing and gives back a value; a setter takes one, and gives back nothing or why it could not. */
    private static void checkAccessor(PlainName name, Item item, long offset) {
        if (!(item instanceof Item.Func function)) {
            throw new InvalidException(offset, "item named `" + name + "` is not a function, found " + item.sort());
        }
        FunctionType type = function.type();
        int params = type.params().size() - (name.kind() == PlainName.Kind.METHOD ? 1 : 0);
        boolean fits = name.access() == PlainName.Access.GET
                ? params == 0 && type.result().isPresent()
                : params == 1
                        && type.result()
                                .map(result -> result instanceof ResultType either
                                        && either.ok().isEmpty())
                                .orElse(true);
        if (!fits) {
            String expected = name.access() == PlainName.Access.GET
                    ? "no parameters and a result"
                    : "one parameter, and no result or one with an error alone";
            throw new InvalidException(offset, "function `" + name + "` does not fit its name, expected " + expected);
        }
    }

    private void check(PlainName name, Item item, long offset) {
        if (!(item instanceof Item.Func function)) {
            throw new InvalidException(offset, "item named `" + name + "` is not a function, found " + item.sort());
        }
        ResourceType resource = resources.get(name.resource());
        if (resource == null) {
            throw new InvalidException(
                    offset,
                    "function `" + name + "` does not match a resource name in scope, expected `" + name.resource()
                            + "`");
        }
        if (name.kind() == PlainName.Kind.CONSTRUCTOR && function.type().async()) {
            throw new InvalidException(offset, "constructor function cannot be async: `" + name + "`");
        }
        boolean fits = switch (name.kind()) {
            case CONSTRUCTOR -> constructs(function.type(), resource);
            case METHOD -> takesSelf(function.type(), resource);
            case STATIC, LABEL -> true;
        };
        if (!fits) {
            String expected = name.kind() == PlainName.Kind.METHOD
                    ? "a first parameter `self: borrow<" + name.resource() + ">`"
                    : "the result `own<" + name.resource() + ">`, or a result with that on its ok side";
            throw new InvalidException(offset, "function `" + name + "` does not fit its name, expected " + expected);
        }
    }

    private static boolean constructs(FunctionType type, ResourceType resource) {
        Optional<ValueType> made = type.result()
                .flatMap(result -> result instanceof ResultType either ? either.ok() : Optional.of(result));
        return made.equals(Optional.of(new OwnType(resource)));
    }

    private static boolean takesSelf(FunctionType type, ResourceType resource) {
        List<FunctionType.Parameter> params = type.params();
        return !params.isEmpty()
                && params.getFirst().equals(new FunctionType.Parameter("self", new BorrowType(resource)));
    }
}

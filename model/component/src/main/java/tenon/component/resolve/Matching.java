package tenon.component.resolve;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import tenon.types.InvalidException;
import tenon.types.component.ComponentType;
import tenon.types.component.CoreModuleType;
import tenon.types.component.DefinedType;
import tenon.types.component.ExternType;
import tenon.types.component.FunctionType;
import tenon.types.component.InstanceType;
import tenon.types.component.ResourceType;
import tenon.types.component.Substitution;
import tenon.types.component.TypeExtern;
import tenon.types.component.ValueExtern;
import tenon.types.component.ValueType;

/**
 * Whether an item can stand where a type is declared: Explainer.md, "Type Checking". The declared type's own resources take the
 * item's in their place.
 */
final class Matching {
    private static final int BRIEF_PARTS = 100;
    private static final int BRIEF_LENGTH = 200;

    private final Resolution resolution;
    private final long offset;
    private final String what;

    /** {@code what} the item is in messages: import or export and its name. */
    Matching(Resolution resolution, String what, long offset) {
        this.resolution = resolution;
        this.what = what;
        this.offset = offset;
    }

    /** The item, showing no more than {@code declared} says, whose {@code own} resources take the item's in their place; an {@link InvalidException} if it does not match. */
    Item narrow(ExternType declared, List<ResourceType> own, Item actual) {
        ExternType actualType = ExternItems.type(actual, resolution, offset);
        resolution.complexity().spend(resolution.complexity().size(declared), offset);
        var binding = new Binding(own);
        binding.bind(declared, actualType);
        check(new Substitution(binding.found).extern(declared), actualType, "");
        return narrowed(declared, actual);
    }

    /**
     * Adds to {@code found} what stands in the place of the {@code own} resources of {@code declared}, and to {@code named} which types it
     * gives for those that have names in {@code declared}.
     */
    void bind(
            ExternType declared,
            List<ResourceType> own,
            Item actual,
            Map<ResourceType, ResourceType> found,
            Map<ValueType, ValueType> named) {
        var binding = new Binding(own);
        binding.bind(declared, ExternItems.type(actual, resolution, offset));
        binding.found.forEach(found::putIfAbsent);
        binding.named.forEach(named::putIfAbsent);
    }

    private static Item narrowed(ExternType declared, Item actual) {
        if (!(declared instanceof InstanceType type) || !(actual instanceof Item.Instance instance)) {
            return actual;
        }
        var exports = new LinkedHashMap<String, Item>();
        type.exports().forEach((name, each) -> {
            Item item = instance.exports().get(name);
            if (item != null) {
                exports.put(name, narrowed(each, item));
            }
        });
        return new Item.Instance(exports, instance.inside());
    }

    /** Finds what stands in the place of each resource type that a declaration makes. */
    private static final class Binding {
        private final Set<ResourceType> own;
        private final Map<ResourceType, ResourceType> found = new HashMap<>();
        private final Map<ValueType, ValueType> named = new IdentityHashMap<>();

        Binding(List<ResourceType> own) {
            this.own = Set.copyOf(own);
        }

        void bind(ExternType declared, ExternType actual) {
            if (declared instanceof TypeExtern(ResourceType resource)
                    && actual instanceof TypeExtern(ResourceType other)
                    && own.contains(resource)) {
                found.putIfAbsent(resource, other);
            }
            if (declared instanceof TypeExtern(ValueType value) && actual instanceof TypeExtern(ValueType other)) {
                named.putIfAbsent(value, other);
            }
            if (declared instanceof InstanceType wanted && actual instanceof InstanceType given) {
                bindAll(wanted.exports(), given.exports());
            }
        }

        void bindAll(SequencedMap<String, ExternType> declared, SequencedMap<String, ExternType> actual) {
            declared.forEach((name, type) -> {
                ExternType other = actual.get(name);
                if (other != null) {
                    bind(type, other);
                }
            });
        }
    }

    private void check(ExternType expected, ExternType actual, String path) {
        switch (expected) {
            case FunctionType function -> {
                if (!(actual instanceof FunctionType) || !function.equals(actual)) {
                    throw mismatch(expected, actual, path);
                }
            }
            case ValueExtern value -> {
                if (!value.equals(actual)) {
                    throw mismatch(expected, actual, path);
                }
            }
            case TypeExtern(DefinedType type) -> {
                if (!(actual instanceof TypeExtern(DefinedType other)) || !sameType(type, other)) {
                    throw mismatch(expected, actual, path);
                }
            }
            case InstanceType instance -> {
                if (!(actual instanceof InstanceType given)) {
                    throw mismatch(expected, actual, path);
                }
                checkAll(instance.exports(), given.exports(), path, "export");
            }
            case ComponentType component -> {
                if (!(actual instanceof ComponentType given)) {
                    throw mismatch(expected, actual, path);
                }
                checkComponent(component, given, path);
            }
            case CoreModuleType module -> {
                if (!(actual instanceof CoreModuleType given)) {
                    throw mismatch(expected, actual, path);
                }
                requireModule(module, given, what + path, offset);
            }
        }
    }

    private static boolean sameType(DefinedType a, DefinedType b) {
        // instance and component types make resources of their own, so only the same one is known to be equal at once
        return a == b
                || !(a instanceof InstanceType) && !(a instanceof ComponentType) && a.equals(b)
                || a instanceof InstanceType && b instanceof InstanceType
                || a instanceof ComponentType && b instanceof ComponentType;
    }

    private void checkAll(
            SequencedMap<String, ExternType> expected,
            SequencedMap<String, ExternType> actual,
            String path,
            String word) {
        expected.forEach((name, type) -> {
            ExternType given = actual.get(name);
            if (given == null) {
                throw new InvalidException(offset, what + path + ": missing expected " + word + " `" + name + "`");
            }
            check(type, given, path + " " + word + " `" + name + "`");
        });
    }

    /** The actual component may ask for less and offer more. */
    private void checkComponent(ComponentType expected, ComponentType actual, String path) {
        var arguments = new Binding(actual.importedResources());
        arguments.bindAll(actual.imports(), expected.imports());
        ComponentType instantiated = new Substitution(arguments.found).component(actual);
        checkAll(instantiated.imports(), expected.imports(), path, "import");
        var results = new Binding(expected.exportedResources());
        results.bindAll(expected.exports(), instantiated.exports());
        checkAll(new Substitution(results.found).externs(expected.exports()), instantiated.exports(), path, "export");
    }

    /** A module may ask for less and offer more; an {@link InvalidException} about {@code what} if it does not match. */
    static void requireModule(CoreModuleType expected, CoreModuleType actual, String what, long offset) {
        for (CoreModuleType.Import each : actual.imports()) {
            boolean offered = expected.imports().stream()
                    .anyMatch(other -> other.module().equals(each.module())
                            && other.name().equals(each.name())
                            && CoreMatching.matches(
                                    CoreResolver.item(actual, each.type(), offset),
                                    CoreResolver.item(expected, other.type(), offset)));
            if (!offered) {
                throw new InvalidException(
                        offset,
                        what + ": missing expected import `" + each.module() + "::" + each.name()
                                + "`, or it has the wrong type");
            }
        }
        expected.exports().forEach((name, type) -> {
            var given = actual.exports().get(name);
            if (given == null) {
                throw new InvalidException(offset, what + ": missing expected export `" + name + "`");
            }
            CoreItem wanted = CoreResolver.item(expected, type, offset);
            CoreItem found = CoreResolver.item(actual, given, offset);
            if (!CoreMatching.matches(wanted, found)) {
                throw new InvalidException(
                        offset,
                        what + ": export `" + name + "` has the wrong type, expected " + wanted + ", found " + found);
            }
        });
    }

    private InvalidException mismatch(ExternType expected, ExternType actual, String path) {
        String fact = expected.sort().equals(actual.sort())
                ? "expected " + brief(expected) + ", found " + brief(actual)
                : "expected " + expected.sort() + ", found " + actual.sort();
        return new InvalidException(offset, "type mismatch for " + what + path + ": " + fact);
    }

    private String brief(ExternType type) {
        if (resolution.complexity().size(type) > BRIEF_PARTS) {
            return "another " + type.sort();
        }
        String text = type.toString();
        return text.length() <= BRIEF_LENGTH ? text : text.substring(0, BRIEF_LENGTH) + "…";
    }
}

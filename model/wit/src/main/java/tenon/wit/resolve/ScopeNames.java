package tenon.wit.resolve;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import tenon.wit.TypeId;
import tenon.wit.WitException;
import tenon.wit.syntax.Identifier;
import tenon.wit.syntax.Slips;

/** The types and functions of an interface or world by name. Confined to one run. */
final class ScopeNames {
    private final SequencedMap<String, TypeId> types = new LinkedHashMap<>();
    private final SequencedMap<String, Identifier> functions = new LinkedHashMap<>();
    private final StrongNames names = new StrongNames();

    SequencedMap<String, TypeId> types() {
        return types;
    }

    void define(Identifier name, TypeId type) {
        define(name, name.name());
        types.put(name.name(), type);
    }

    /** {@code fullName} is the function's name in the Component Model. */
    void defineFunction(Identifier name, String fullName) {
        functions.putIfAbsent(name.name(), name);
        define(name, fullName);
    }

    private void define(Identifier name, String fullName) {
        names.add(fullName).ifPresent(other -> {
            throw name.spot().error(conflict("name", fullName, other));
        });
    }

    static String conflict(String what, String name, String other) {
        return name.equals(other)
                ? what + " `" + name + "` is defined more than once"
                : what + " `" + name + "` conflicts with `" + other
                        + "`, expected names that differ in more than case and `-`";
    }

    /** What is missing beside a setter. */
    Optional<String> missingGetter(String fullName) {
        return names.missingGetter(fullName);
    }

    /** The type of a name. */
    TypeId type(Identifier name, PackageSyntax syntax, Hints hints) {
        TypeId found = types.get(name.name());
        if (found != null) {
            return found;
        }
        if (functions.containsKey(name.name())) {
            throw name.spot().error("`" + name + "` is a function, expected a type");
        }
        throw missing(name, syntax, hints);
    }

    WitException missing(Identifier name, PackageSyntax syntax, Hints hints) {
        return name.spot()
                .error("type `" + name + "` does not exist", hints.missingType(name.name(), types.keySet(), syntax));
    }

    /** The type that {@code use} takes from here. */
    TypeId used(Identifier name, PackageSyntax syntax, Hints hints) {
        TypeId found = types.get(name.name());
        if (found != null) {
            return found;
        }
        if (functions.containsKey(name.name())) {
            throw name.spot().error("`" + name + "` is a function, expected a type", "`use` takes types only");
        }
        throw name.spot()
                .error(
                        "type `" + name + "` does not exist in that interface",
                        Slips.nearest(name.name(), List.copyOf(types.keySet()))
                                .map(near -> "`" + near + "` does")
                                .or(() -> Hints.listed("it has ", types.keySet())));
    }
}

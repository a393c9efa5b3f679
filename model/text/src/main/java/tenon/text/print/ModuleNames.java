package tenon.text.print;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import tenon.wasm.Names;
import tenon.wasm.Names.Space;

/** The identifiers of a core module. Immutable. */
record ModuleNames(Map<Space, Identifiers> spaces, Names names) {
    /** No identifiers. */
    static final ModuleNames NONE = of(Names.NONE);

    static ModuleNames of(Names names) {
        var spaces = new EnumMap<Space, Identifiers>(Space.class);
        for (Space space : Space.values()) {
            spaces.put(space, new Identifiers(word(space), names.of(space)));
        }
        return new ModuleNames(spaces, names);
    }

    /** The keyword of what is in a space. */
    static String word(Space space) {
        return switch (space) {
            case FUNCTION -> "func";
            case ELEMENT -> "elem";
            case TYPE, TABLE, MEMORY, GLOBAL, DATA, TAG -> space.name().toLowerCase(Locale.ROOT);
        };
    }

    private Identifiers of(Space space) {
        return Objects.requireNonNull(spaces.get(space));
    }

    /** {@code word name index}, as a definition begins. */
    String definition(Space space, int index) {
        return word(space) + " " + of(space).definition(index);
    }

    String use(Space space, int index) {
        return of(space).use(index);
    }

    Identifiers types() {
        return of(Space.TYPE);
    }

    /** The identifiers of a function's labels by the number of their blocks; an empty name is left out. */
    Map<Integer, String> labels(int function) {
        var identifiers = new HashMap<Integer, String>();
        names.labels().getOrDefault(function, Map.of()).forEach((block, name) -> {
            // none of them is made up, and they may be equal
            if (!name.isEmpty()) {
                identifiers.put(block, Quoted.identifier(name));
            }
        });
        return identifiers;
    }

    /** The identifiers of a function's parameters and locals. */
    Identifiers locals(int function) {
        return new Identifiers("local", names.locals().getOrDefault(function, Map.of()));
    }
}

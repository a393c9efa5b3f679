package tenon.types.core;

import java.util.List;

/** A defined type with its declared supertypes, as indices in the type index space. */
public record SubType(boolean isFinal, List<Integer> supers, CompositeType composite) {
    public SubType {
        supers = List.copyOf(supers);
    }

    /** A final type without supertypes: all that WebAssembly 2.0 has. */
    public static SubType of(CompositeType composite) {
        return new SubType(true, List.of(), composite);
    }
}

package tenon.core;

import java.util.List;

/** What an instance imports: one value for each import of the module, in its order. Immutable. */
public record Imports(List<ImportValue> values) {
    public static final Imports NONE = new Imports(List.of());

    public Imports {
        values = List.copyOf(values);
    }

    public static Imports of(ImportValue... values) {
        return new Imports(List.of(values));
    }
}

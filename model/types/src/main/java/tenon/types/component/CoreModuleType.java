package tenon.types.component;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import tenon.types.core.SubType;
import tenon.types.core.TypeIdentity;

/**
 * The type of a core module: Explainer.md, {@code core:moduletype}.
 *
 * @param types the type index space that function and tag types of {@code imports} and {@code exports} point into
 * @param identities what these types are, outside of this module, too
 * @param imports in order; two-level names
 * @param exports by name, in order
 */
public record CoreModuleType(
        List<SubType> types,
        List<TypeIdentity> identities,
        List<Import> imports,
        SequencedMap<String, tenon.types.core.ExternType> exports)
        implements ExternType {

    /** What the module asks for. */
    public record Import(String module, String name, tenon.types.core.ExternType type) {}

    public CoreModuleType {
        types = List.copyOf(types);
        identities = List.copyOf(identities);
        imports = List.copyOf(imports);
        exports = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(exports));
    }

    @Override
    public String toString() {
        return imports.stream()
                        .map(imported -> imported.module() + "." + imported.name())
                        .collect(Collectors.joining(", ", "core module { import ", "; "))
                + String.join(", ", exports.keySet())
                + " }";
    }
}

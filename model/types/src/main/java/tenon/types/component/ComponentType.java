package tenon.types.component;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * The type of a component.
 *
 * @param importedResources the resource types that its imports bind; an instantiation puts the arguments' in their place
 * @param exportedResources the resource types that its exports bind; each instantiation makes fresh ones in their place
 * @param imports by name, in order
 * @param exports by name, in order
 */
public record ComponentType(
        List<ResourceType> importedResources,
        List<ResourceType> exportedResources,
        SequencedMap<String, ExternType> imports,
        SequencedMap<String, ExternType> exports)
        implements DefinedType, ExternType {
    public ComponentType {
        importedResources = List.copyOf(importedResources);
        exportedResources = List.copyOf(exportedResources);
        imports = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(imports));
        exports = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(exports));
    }

    @Override
    public String toString() {
        return "component { "
                + InstanceType.describe("import", imports)
                + " "
                + InstanceType.describe("export", exports)
                + " }";
    }
}

package tenon.types.component;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/**
 * The type of an instance.
 *
 * @param resources the resource types that this type binds: each use of the type makes fresh ones in their place
 *     ({@link Substitution#freshen}); empty for the type of an instance that is there
 * @param exports by name, in order
 */
public record InstanceType(List<ResourceType> resources, SequencedMap<String, ExternType> exports)
        implements DefinedType, ExternType {

    /** No exports. */
    public static final InstanceType EMPTY = new InstanceType(List.of(), new LinkedHashMap<>());

    public InstanceType {
        resources = List.copyOf(resources);
        exports = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(exports));
    }

    /** The export of this name. */
    public Optional<ExternType> export(String name) {
        return Optional.ofNullable(exports.get(name));
    }

    @Override
    public String toString() {
        return describe("interface", exports);
    }

    static String describe(String word, Map<String, ExternType> externs) {
        return externs.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .collect(Collectors.joining("; ", word + " { ", " }"));
    }
}

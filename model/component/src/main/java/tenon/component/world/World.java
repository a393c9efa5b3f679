package tenon.component.world;

import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import tenon.component.Component;
import tenon.component.ExternalName;
import tenon.component.resolve.IndexSpaces;
import tenon.component.resolve.Resolution;
import tenon.types.component.ExternName;
import tenon.types.component.ExternType;
import tenon.types.component.InterfaceName;

/** What the outermost component asks for and offers, by name, in the order of the binary. Immutable. */
public record World(List<Extern> imports, List<Extern> exports) {

    /** An import or export with its type. */
    public record Extern(ExternalName name, ExternType type) {

        /** The name if it is that of an interface. */
        public Optional<InterfaceName> interfaceName() {
            ExternName parsed = name.name();
            return parsed instanceof InterfaceName found ? Optional.of(found) : Optional.empty();
        }
    }

    public World {
        imports = List.copyOf(imports);
        exports = List.copyOf(exports);
    }

    /** Resolves {@code component} and takes its world; errors as {@link Resolution#of}. */
    public static World of(Component component) {
        return of(component, Resolution.of(component));
    }

    /** The world of a component that is already resolved. */
    public static World of(Component component, IndexSpaces spaces) {
        SequencedMap<String, ExternType> imports = Resolution.types(spaces.imports());
        SequencedMap<String, ExternType> exports = Resolution.types(spaces.exports());
        return new World(
                component.imports().stream()
                        .map(each -> extern(each.name(), imports))
                        .toList(),
                component.exports().stream()
                        .map(each -> extern(each.name(), exports))
                        .toList());
    }

    private static Extern extern(ExternalName name, SequencedMap<String, ExternType> types) {
        ExternType type = types.get(name.text());
        if (type == null) {
            throw new IllegalArgumentException("`" + name + "` is not resolved");
        }
        return new Extern(name, type);
    }
}

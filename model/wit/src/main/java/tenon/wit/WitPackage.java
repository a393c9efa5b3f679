package tenon.wit;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import tenon.types.component.PackageName;

/** A package: WIT.md, "WIT Packages and `use`"; interfaces and worlds by name, in order of definition. */
public record WitPackage(
        PackageName name,
        Optional<String> documentation,
        SequencedMap<String, InterfaceId> interfaces,
        SequencedMap<String, WorldId> worlds) {
    public WitPackage {
        interfaces = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(interfaces));
        worlds = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(worlds));
    }
}

package tenon.compose.resolve;

import java.util.Optional;
import tenon.compose.graph.Package;
import tenon.types.component.SemanticVersion;

/** Where the packages come from that a document names. */
@FunctionalInterface
public interface Packages {

    /**
     * A component or a WIT package; each is asked for once.
     *
     * @param name without version: {@code example:greeter}
     * @return empty if it is not known
     * @throws tenon.types.TenonException if it is there, but broken
     */
    Optional<Package> find(String name, Optional<SemanticVersion> version);

    /** Where a package that is not known was looked for; for a hint. */
    default Optional<String> whereabouts(String name, Optional<SemanticVersion> version) {
        return Optional.empty();
    }
}

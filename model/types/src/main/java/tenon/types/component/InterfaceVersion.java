package tenon.types.component;

import java.util.Optional;

/** The version in an interface name: a whole one, or only its track ({@code canonversion}). */
public sealed interface InterfaceVersion permits SemanticVersion, VersionTrack {

    /** What it is compatible with; empty for prereleases, which are compatible with nothing but themselves. */
    Optional<VersionTrack> track();

    /** Reads what stands behind the {@code @}; empty if it is neither form. */
    static Optional<InterfaceVersion> parse(String text) {
        Optional<SemanticVersion> whole = SemanticVersion.parse(text);
        return whole.isPresent()
                ? whole.map(version -> version)
                : VersionTrack.parse(text).map(track -> track);
    }
}

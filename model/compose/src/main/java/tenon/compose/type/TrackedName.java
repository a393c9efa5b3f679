package tenon.compose.type;

import java.util.Optional;
import tenon.types.component.SemanticVersion;
import tenon.types.component.VersionTrack;

/** An interface's name whose version others of the same track can stand in for: Explainer.md, "Canonical Interface Name". */
public record TrackedName(String unversioned, VersionTrack track, SemanticVersion version) {

    /** Empty for names without a version, and for prereleases, which nothing can stand in for. */
    public static Optional<TrackedName> of(String name) {
        int at = name.indexOf('@');
        return at < 0
                ? Optional.empty()
                : SemanticVersion.parse(name.substring(at + 1))
                        .flatMap(version ->
                                version.track().map(track -> new TrackedName(name.substring(0, at), track, version)));
    }

    /** Whether one name can stand in for the other, or is the same. */
    public static boolean compatible(String one, String other) {
        return one.equals(other)
                || of(one).flatMap(a -> of(other)
                                .filter(b -> a.unversioned().equals(b.unversioned())
                                        && a.track().equals(b.track())))
                        .isPresent();
    }

    /** Whether {@code one} has a higher version than {@code other}, which it is compatible with. */
    static boolean higher(String one, String other) {
        return of(one).flatMap(a -> of(other).filter(b -> a.version().compareTo(b.version()) > 0))
                .isPresent();
    }
}

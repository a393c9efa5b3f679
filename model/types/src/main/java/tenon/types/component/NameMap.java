package tenon.types.component;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tenon.types.InvalidException;
import tenon.types.Place;

/**
 * Definitions by name, found as imports ask for them: the exact name first; then, for interfaces, the same interface on the same
 * {@link VersionTrack}, of which the highest version stays. A prerelease is found by its exact name only. Not thread-safe.
 */
public final class NameMap<T> {
    private record Tracked<T>(InterfaceVersion version, String name, T value) {}

    private final Map<String, T> exact = new LinkedHashMap<>();
    private final Map<String, Tracked<T>> tracked = new HashMap<>();

    /** An empty map. */
    public NameMap() {}

    /** Defines {@code name}, or defines it anew. */
    public void put(String name, T value) {
        exact.put(name, value);
        track(name)
                .ifPresent(found -> tracked.merge(
                        found.key(),
                        new Tracked<>(found.version(), name, value),
                        (old, fresh) -> isBelow(fresh.version, old.version) ? old : fresh));
    }

    /** What meets an import of {@code name}. */
    public Optional<T> find(String name) {
        T value = exact.get(name);
        if (value != null) {
            return Optional.of(value);
        }
        return track(name)
                .flatMap(found -> Optional.ofNullable(tracked.get(found.key())))
                .map(Tracked::value);
    }

    /** The name under which what meets an import of {@code name} was defined. */
    public Optional<String> findName(String name) {
        if (exact.containsKey(name)) {
            return Optional.of(name);
        }
        return track(name)
                .flatMap(found -> Optional.ofNullable(tracked.get(found.key())))
                .map(Tracked::name);
    }

    /** All names defined, in order. */
    public Set<String> names() {
        return Collections.unmodifiableSet(exact.keySet());
    }

    private record Track(String key, InterfaceVersion version) {}

    private static Optional<Track> track(String name) {
        if (name.indexOf('@') < 0) {
            return Optional.empty();
        }
        InterfaceName parsed;
        try {
            parsed = InterfaceName.parse(name, Place.NOWHERE);
        } catch (InvalidException _) {
            // names of other forms have no versions to match by
            return Optional.empty();
        }
        return parsed.version()
                .flatMap(version ->
                        version.track().map(track -> new Track(parsed.unversioned() + "@" + track, version)));
    }

    private static boolean isBelow(InterfaceVersion a, InterfaceVersion b) {
        return switch (a) {
            case SemanticVersion one -> b instanceof SemanticVersion other && one.compareTo(other) < 0;
            case VersionTrack _ -> b instanceof SemanticVersion;
        };
    }
}

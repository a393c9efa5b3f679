package tenon.types.component;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Versions that can stand for each other: {@code 1}, {@code 0.2} or {@code 0.0.3}, the {@code canonversion} of Explainer.md,
 * "Canonical Interface Name".
 */
public record VersionTrack(String text) implements InterfaceVersion {
    private static final Pattern GRAMMAR = Pattern.compile("[1-9][0-9]*|0\\.[1-9][0-9]*|0\\.0\\.[1-9][0-9]*|0\\.0\\.0");

    /** Empty if {@code text} is not a track. */
    public static Optional<VersionTrack> parse(String text) {
        return GRAMMAR.matcher(text).matches() ? Optional.of(new VersionTrack(text)) : Optional.empty();
    }

    @Override
    public Optional<VersionTrack> track() {
        return Optional.of(this);
    }

    @Override
    public String toString() {
        return text;
    }
}

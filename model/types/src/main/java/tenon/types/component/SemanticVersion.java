package tenon.types.component;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of Semantic Versioning 2.0.
 *
 * @param major unsigned, as are {@code minor} and {@code patch}
 * @param prerelease identifiers behind {@code -}; empty for a release
 * @param build what stands behind {@code +}; empty if nothing does; it has no part in comparing
 */
public record SemanticVersion(long major, long minor, long patch, List<String> prerelease, String build)
        implements InterfaceVersion, Comparable<SemanticVersion> {
    private static final String NUMBER = "(0|[1-9][0-9]{0,18})";
    private static final String IDENTIFIER = "(?:0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*)";
    private static final Pattern GRAMMAR = Pattern.compile(NUMBER + "\\." + NUMBER + "\\." + NUMBER
            + "(?:-(" + IDENTIFIER + "(?:\\." + IDENTIFIER + ")*))?"
            + "(?:\\+([0-9A-Za-z-]++(?:\\.[0-9A-Za-z-]++)*+))?");

    /** Longer texts are no versions: the grammar's matcher must not be fed by the megabyte. */
    private static final int MAX_LENGTH = 256;

    public SemanticVersion {
        prerelease = List.copyOf(prerelease);
    }

    /** A release. */
    public static SemanticVersion of(long major, long minor, long patch) {
        return new SemanticVersion(major, minor, patch, List.of(), "");
    }

    /** Empty if {@code text} is not a semantic version. */
    public static Optional<SemanticVersion> parse(String text) {
        Matcher matcher = GRAMMAR.matcher(text);
        if (text.length() > MAX_LENGTH || !matcher.matches()) {
            return Optional.empty();
        }
        String prerelease = matcher.group(4);
        String build = matcher.group(5);
        try {
            return Optional.of(new SemanticVersion(
                    Long.parseLong(matcher.group(1)),
                    Long.parseLong(matcher.group(2)),
                    Long.parseLong(matcher.group(3)),
                    prerelease == null ? List.of() : List.of(prerelease.split("\\.")),
                    build == null ? "" : build));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    /** Explainer.md, "Canonical Interface Name"; empty for a prerelease: those match by their whole name only. */
    @Override
    public Optional<VersionTrack> track() {
        if (!prerelease.isEmpty()) {
            return Optional.empty();
        }
        String text = major > 0 ? "" + major : minor > 0 ? "0." + minor : "0.0." + patch;
        return Optional.of(new VersionTrack(text));
    }

    /** Precedence: semver.org, section 11. */
    @Override
    public int compareTo(SemanticVersion other) {
        int order = Long.compare(major, other.major);
        order = order != 0 ? order : Long.compare(minor, other.minor);
        order = order != 0 ? order : Long.compare(patch, other.patch);
        return order != 0 ? order : comparePrereleases(prerelease, other.prerelease);
    }

    private static int comparePrereleases(List<String> a, List<String> b) {
        if (a.isEmpty() || b.isEmpty()) {
            return Boolean.compare(a.isEmpty(), b.isEmpty());
        }
        for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
            int order = compareIdentifiers(a.get(i), b.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(a.size(), b.size());
    }

    private static int compareIdentifiers(String a, String b) {
        boolean numericA = isNumeric(a);
        boolean numericB = isNumeric(b);
        if (numericA && numericB && a.length() != b.length()) {
            return Integer.compare(a.length(), b.length());
        }
        return numericA == numericB ? a.compareTo(b) : numericA ? -1 : 1;
    }

    private static boolean isNumeric(String identifier) {
        return identifier.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch
                + (prerelease.isEmpty() ? "" : "-" + String.join(".", prerelease))
                + (build.isEmpty() ? "" : "+" + build);
    }
}

package tenon.types.component;

import java.util.Optional;
import tenon.types.InvalidException;
import tenon.types.Place;

/**
 * A name that says which component an import means, as earlier states of the specification had them and tools still write them:
 * {@code unlocked-dep=<a:b>}, {@code locked-dep=<a:b@1.0.0>,integrity=<sha256-…>}, {@code url=<…>}, {@code integrity=<…>}.
 *
 * @param target what stands between the first angle brackets
 * @param integrity the content's hashes; for {@link Kind#INTEGRITY} the same as {@code target}
 */
public record DependencyName(Kind kind, String target, Optional<String> integrity) implements ExternName {

    /** How the component is found. */
    public enum Kind {
        UNLOCKED("unlocked-dep=<"),
        LOCKED("locked-dep=<"),
        URL("url=<"),
        INTEGRITY("integrity=<");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }
    }

    private static final String INTEGRITY_SUFFIX = ",integrity=<";

    /** Reads a dependency name; {@code place} is where an error points at. */
    public static DependencyName parse(String text, Place place) {
        for (Kind kind : Kind.values()) {
            if (text.startsWith(kind.prefix)) {
                return parse(kind, text, place);
            }
        }
        throw malformed(text, "expected `unlocked-dep=<`, `locked-dep=<`, `url=<` or `integrity=<`", place);
    }

    private static DependencyName parse(Kind kind, String text, Place place) {
        int close = text.indexOf('>', kind.prefix.length());
        // a version range has `>` of its own: `unlocked-dep=<a:b@{>=1.2.3}>`
        int range = text.indexOf('}');
        if (kind == Kind.UNLOCKED && range >= 0) {
            close = text.indexOf('>', range);
        }
        if (close < 0) {
            throw malformed(text, "expected `>`", place);
        }
        String target = text.substring(kind.prefix.length(), close);
        String rest = text.substring(close + 1);
        Optional<String> integrity = kind == Kind.INTEGRITY ? Optional.of(target) : Optional.empty();
        if (rest.startsWith(INTEGRITY_SUFFIX) && rest.endsWith(">") && (kind == Kind.LOCKED || kind == Kind.URL)) {
            integrity = Optional.of(rest.substring(INTEGRITY_SUFFIX.length(), rest.length() - 1));
        } else if (!rest.isEmpty()) {
            throw malformed(text, "unexpected `" + rest + "`", place);
        }
        checkTarget(kind, target, text, place);
        integrity.ifPresent(hashes -> checkIntegrity(hashes, text, place));
        return new DependencyName(kind, target, integrity);
    }

    private static void checkTarget(Kind kind, String target, String text, Place place) {
        switch (kind) {
            case UNLOCKED, LOCKED -> checkPackage(kind, target, text, place);
            case URL -> {
                if (target.indexOf('<') >= 0) {
                    throw malformed(text, "unexpected `<`", place);
                }
            }
            case INTEGRITY -> {}
        }
    }

    private static void checkPackage(Kind kind, String target, String text, Place place) {
        int at = target.indexOf('@');
        String path = at < 0 ? target : target.substring(0, at);
        int colon = path.lastIndexOf(':');
        boolean words = colon > 0 && Label.isWords(path.substring(colon + 1));
        for (String part : path.substring(0, Math.max(colon, 0)).split(":", -1)) {
            words &= Label.isWords(part);
        }
        if (!words) {
            throw malformed(text, "expected a package name in lower case", place);
        }
        String version = at < 0 ? "" : target.substring(at + 1);
        boolean fine = kind == Kind.LOCKED
                ? at < 0 || SemanticVersion.parse(version).isPresent()
                : at < 0 || version.equals("*") || isRange(version);
        if (!fine) {
            throw malformed(
                    text, "`" + version + "` is not a valid semver" + (kind == Kind.LOCKED ? "" : " range"), place);
        }
    }

    /** {@code {>=1.2.3}}, {@code {<2.0.0}} or {@code {>=1.2.3 <2.0.0}}. */
    private static boolean isRange(String text) {
        if (!text.startsWith("{") || !text.endsWith("}")) {
            return false;
        }
        String[] bounds = text.substring(1, text.length() - 1).split(" ", -1);
        boolean lower = bounds[0].startsWith(">=");
        return switch (bounds.length) {
            case 1 -> lower ? isVersion(bounds[0], 2) : bounds[0].startsWith("<") && isVersion(bounds[0], 1);
            case 2 -> lower && isVersion(bounds[0], 2) && bounds[1].startsWith("<") && isVersion(bounds[1], 1);
            default -> false;
        };
    }

    private static boolean isVersion(String text, int start) {
        return SemanticVersion.parse(text.substring(start)).isPresent();
    }

    private static void checkIntegrity(String hashes, String text, Place place) {
        String[] all = hashes.strip().split("[ \\t\\r\\n]+");
        for (String hash : all) {
            if (!hash.matches("(sha256|sha384|sha512)-[A-Za-z0-9+/]{1,512}={0,2}(\\?[!-~]*)?")) {
                throw malformed(text, "expected hashes like `sha256-…`", place);
            }
        }
    }

    private static InvalidException malformed(String text, String why, Place place) {
        return new InvalidException(place, "`" + text + "` is not a valid extern name, " + why);
    }

    @Override
    public String uniqueForm() {
        return toString();
    }

    @Override
    public String toString() {
        return kind.prefix + target + ">"
                + (kind == Kind.INTEGRITY
                        ? ""
                        : integrity
                                .map(hashes -> INTEGRITY_SUFFIX + hashes + ">")
                                .orElse(""));
    }
}

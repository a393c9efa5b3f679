package tenon.types.component;

import java.util.Optional;
import tenon.types.InvalidException;
import tenon.types.Place;

/**
 * The name of a WIT interface: {@code wasi:http/types@0.2.12}.
 *
 * @param packageName with the version
 * @param projection behind the first slash; has slashes itself if packages are nested
 */
public record InterfaceName(PackageName packageName, String projection) implements ExternName {

    /** Reads an interface name; {@code place} is where an error points at. */
    public static InterfaceName parse(String text, Place place) {
        int at = text.indexOf('@');
        String path = at < 0 ? text : text.substring(0, at);
        int slash = path.indexOf('/');
        int colon = path.lastIndexOf(':', slash < 0 ? path.length() : slash);
        if (colon < 0) {
            throw new InvalidException(
                    place, "`" + text + "` is not a valid extern name, expected a namespace and `:`");
        }
        if (slash < 0) {
            throw new InvalidException(
                    place, "`" + text + "` is not a valid extern name, expected `/` behind the package's name");
        }
        String namespace = path.substring(0, colon);
        String name = path.substring(colon + 1, slash);
        String projection = path.substring(slash + 1);
        for (String part : namespace.split(":", -1)) {
            check(Label.isWords(part), part, text, place);
        }
        check(Label.isWords(name), name, text, place);
        for (String part : projection.split("/", -1)) {
            check(Label.isLabel(part), part, text, place);
        }
        Optional<InterfaceVersion> version = at < 0 ? Optional.empty() : Optional.of(version(text, at, place));
        return new InterfaceName(new PackageName(namespace, name, version), projection);
    }

    /** Whether namespaces or packages are nested. */
    public boolean nested() {
        return packageName.namespace().indexOf(':') >= 0 || projection.indexOf('/') >= 0;
    }

    /** Without the version: {@code wasi:http/types}. */
    public String unversioned() {
        return packageName.unversioned() + "/" + projection;
    }

    public Optional<InterfaceVersion> version() {
        return packageName.version();
    }

    @Override
    public String uniqueForm() {
        return packageName.unversioned() + "/" + Label.canonical(projection)
                + version().map(number -> "@" + number).orElse("");
    }

    @Override
    public String toString() {
        return unversioned() + version().map(number -> "@" + number).orElse("");
    }

    private static InterfaceVersion version(String text, int at, Place place) {
        String version = text.substring(at + 1);
        return InterfaceVersion.parse(version)
                .orElseThrow(() -> new InvalidException(
                        place, "`" + text + "` is not a valid extern name, `" + version + "` is not a valid semver"));
    }

    private static void check(boolean condition, String part, String text, Place place) {
        if (!condition) {
            boolean upper = Label.isLabel(part);
            throw new InvalidException(
                    place,
                    "`" + text + "` is not a valid extern name, `" + part + "` is not in "
                            + (upper ? "lower case" : "kebab case"));
        }
    }
}

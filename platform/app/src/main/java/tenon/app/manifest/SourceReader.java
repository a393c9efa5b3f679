package tenon.app.manifest;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tenon.app.toml.TomlValue;
import tenon.app.toml.TomlValue.TomlString;
import tenon.types.component.Label;
import tenon.types.component.SemanticVersion;

/** Reads where components are. */
final class SourceReader {
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-fA-F]{64}");

    private SourceReader() {}

    /** A component's source; an empty file name, with the problem noted, if there is none. */
    static ComponentSource read(Section section) {
        TomlValue value = section.required("source", "a file, or a table with `url` and `digest`");
        return value == null ? new LocalFile("", section.place()) : read(section, value);
    }

    static ComponentSource read(Section section, TomlValue value) {
        if (value instanceof TomlString path) {
            return new LocalFile(path.value(), path.place());
        }
        Section table = section.section(value, value.place(), section.path("source"));
        if (table == null) {
            return new LocalFile("", value.place());
        }
        ComponentSource source = table.has("package") ? registryPackage(table) : download(table);
        table.end();
        return source;
    }

    private static RegistryPackage registryPackage(Section table) {
        String registry = table.optionalText("registry");
        String name = packageName(table);
        String version = table.text("version", "a version like `1.0.0`");
        if (!version.isEmpty() && SemanticVersion.parse(version).isEmpty()) {
            table.problems()
                    .add(table.placeOf("version"), "`" + version + "` is not a version, expected one like `1.0.0`");
        }
        return new RegistryPackage(registry, name, version, table.place());
    }

    /** The package of a registry, from a key that is there. */
    static String packageName(Section table) {
        String name = table.text("package", "a package like `a:b`");
        if (!name.isEmpty() && !isPackage(name)) {
            table.problems().add(table.placeOf("package"), "`" + name + "` is not a package, expected one like `a:b`");
        }
        return name;
    }

    static boolean isPackage(String text) {
        int colon = text.indexOf(':');
        return colon > 0 && Label.isWords(text.substring(0, colon)) && Label.isWords(text.substring(colon + 1));
    }

    static Download download(Section table) {
        String url = table.text("url", "`url` and `digest`, or `package` and `version`");
        @Nullable String digest = table.optionalText("digest");
        if (digest == null) {
            table.problems()
                    .add(table.place(), "`" + table.path("digest") + "` is missing, expected `sha256:` and 64 digits");
        } else if (!DIGEST.matcher(digest).matches()) {
            table.problems()
                    .add(
                            table.placeOf("digest"),
                            "`" + digest + "` is not a digest, expected `sha256:` and 64 hexadecimal digits");
        }
        return new Download(url, digest == null ? "" : digest, table.place());
    }
}

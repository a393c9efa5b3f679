package tenon.app.manifest;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import tenon.app.ManifestException;
import tenon.app.Problems;
import tenon.app.toml.TomlReader;
import tenon.app.toml.TomlValue;
import tenon.app.toml.TomlValue.TomlInteger;
import tenon.app.toml.TomlValue.TomlString;
import tenon.app.toml.TomlValue.TomlTable;
import tenon.types.Place;

/**
 * Reads manifests.
 *
 * <p>Policy: every problem of a file is told at once, each with its place. A key that the format does not have is a problem; one
 * that it has is in the records, whether or not anything serves it. Differences from Spin: refused here, and not when a request
 * comes, are references to components that do not exist and expressions with unknown variables; refused and not ignored are
 * unknown keys of {@code static_response}, unknown names in {@code inherit_configuration}, and the second of two triggers with one
 * id.
 */
public final class ManifestReader {
    private static final String VERSION = "spin_manifest_version";
    private static final String OLD_VERSION = "spin_version";

    private ManifestReader() {}

    /**
     * Reads a file; relative paths begin in its folder.
     *
     * @throws ManifestException if it cannot be read, or anything is wrong with it
     */
    public static Manifest read(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        String text;
        try {
            text = Files.readString(file);
        } catch (CharacterCodingException _) {
            throw new ManifestException(new Place.ManifestKey(file.toString(), "text"), "not UTF-8");
        } catch (IOException e) {
            throw new ManifestException(Place.NOWHERE, "cannot read `" + file + "`: " + reason(e));
        }
        return read(text, file.toString(), folder == null ? Path.of("") : folder);
    }

    private static String reason(IOException e) {
        return e instanceof java.nio.file.NoSuchFileException ? "file does not exist" : String.valueOf(e.getMessage());
    }

    /**
     * Reads a text; relative paths begin in {@code folder}.
     *
     * @param file how errors call it
     * @throws ManifestException if anything is wrong with it
     */
    public static Manifest read(String text, String file, Path folder) {
        TomlTable table = TomlReader.read(text, file);
        var problems = new Problems();
        var top = new Section(table, table.place(), "", problems);
        Manifest manifest = switch (version(top)) {
            case 1 -> new ManifestV1(top, file, folder).read();
            case 2 -> new ManifestV2(top, file, folder).read();
            default -> null;
        };
        problems.throwIfAny();
        if (manifest == null) {
            throw new AssertionError("a manifest of no version and without a problem");
        }
        return manifest.withWarnings(Oddities.of(manifest));
    }

    /** 1 or 2; 0 with the problem noted. */
    private static int version(Section top) {
        String key = top.has(OLD_VERSION) && !top.has(VERSION) ? OLD_VERSION : VERSION;
        TomlValue value = top.required(key, "`spin_manifest_version = 2`");
        if (value instanceof TomlString text && text.value().equals("1")) {
            return 1;
        }
        if (value instanceof TomlInteger number && number.value() == 2) {
            return 2;
        }
        if (value != null) {
            top.problems()
                    .add(value.place(), "`" + key + "` is " + shown(value) + ", expected `2`, or `\"1\"` as a string");
        }
        return 0;
    }

    private static String shown(TomlValue value) {
        return switch (value) {
            case TomlString text -> "`\"" + text.value() + "\"`";
            case TomlInteger number -> "`" + number.value() + "`";
            default -> "of kind " + value.kind();
        };
    }
}

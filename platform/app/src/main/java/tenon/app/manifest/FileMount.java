package tenon.app.manifest;

import tenon.types.Place;

/** Files that a component sees, an item of {@code files}. Immutable; {@code tenon.app.files} finds the files. */
public sealed interface FileMount {
    Place place();

    /** {@code "images/*.png"}: files that match, each at the path that it has in the manifest's folder. */
    record Pattern(String glob, Place place) implements FileMount {}

    /** {@code { source = "config/", destination = "/etc/config" }}: a file, or all that is in a folder. */
    record Placement(String source, String destination, Place place) implements FileMount {}
}

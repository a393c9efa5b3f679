package tenon.app.files;

import java.nio.file.Path;
import tenon.types.Place;

/**
 * A file that a component sees. Immutable.
 *
 * @param host its real path, without links, inside the manifest's folder
 * @param guest where the guest sees it: absolute, with slashes, without {@code .} and {@code ..}
 * @param place of the mount in the manifest
 */
public record MountedFile(Path host, String guest, Place place) {}

package tenon.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder {@code shared} that stands beside a checkout and holds the suites: named by the system property
 * {@code tenon.shared} or the environment variable {@code TENON_SHARED}, else looked for beside the working folder and all
 * folders above it.
 */
public final class SharedFolder {
    private SharedFolder() {}

    /** What a test says when it is skipped. */
    public static String absent(String path) {
        return "`../shared/" + path + "` is not there";
    }

    /** A folder or file below {@code shared}, if it is there. */
    public static Optional<Path> find(String path) {
        return named().or(SharedFolder::beside)
                .map(shared -> shared.resolve(path))
                .filter(Files::exists);
    }

    private static Optional<Path> named() {
        return Stream.of(System.getProperty("tenon.shared"), System.getenv("TENON_SHARED"))
                .filter(name -> name != null && !name.isBlank())
                .map(Path::of)
                .findFirst();
    }

    private static Optional<Path> beside() {
        return Stream.iterate(Path.of("").toAbsolutePath(), folder -> folder.getParent() != null, Path::getParent)
                .map(folder -> folder.resolveSibling("shared"))
                .filter(Files::isDirectory)
                .findFirst();
    }
}

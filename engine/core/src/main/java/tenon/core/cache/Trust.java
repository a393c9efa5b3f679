package tenon.core.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Whether what lies at a path can be executed. Policy: bytecode out of the cache is run, so only files and folders count that belong to
 * whoever runs this process, or to the superuser, and that nobody else can write to.
 */
final class Trust {
    private static final int WRITABLE_BY_OTHERS = 022;
    private static final int SUPERUSER = 0;

    private Trust() {}

    /** Why a file or folder cannot be trusted; empty if it can. */
    static Optional<String> trouble(Path path) throws IOException {
        int owner;
        int mode;
        try {
            owner = (int) Files.getAttribute(path, "unix:uid");
            mode = (int) Files.getAttribute(path, "unix:mode");
        } catch (UnsupportedOperationException | IllegalArgumentException _) {
            return Optional.of("lies in a file system that names no owners");
        }
        if (owner != SUPERUSER && owner != ownUser()) {
            return Optional.of("belongs to another user (" + owner + ")");
        }
        if ((mode & WRITABLE_BY_OTHERS) != 0) {
            return Optional.of("can be written to by others (mode " + Integer.toOctalString(mode & 0777) + ")");
        }
        return Optional.empty();
    }

    private static int ownUser() throws IOException {
        Path self = Path.of("/proc/self");
        if (Files.exists(self)) {
            return (int) Files.getAttribute(self, "unix:uid");
        }
        Path probe = Files.createTempFile("tenon", "");
        try {
            return (int) Files.getAttribute(probe, "unix:uid");
        } finally {
            Files.delete(probe);
        }
    }
}

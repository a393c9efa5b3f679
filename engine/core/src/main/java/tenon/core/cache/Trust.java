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
    private static final int STICKY = 01000;
    private static final int SUPERUSER = 0;

    private Trust() {}

    /** Why a file or folder cannot be trusted; empty if it can. */
    static Optional<String> trouble(Path path) throws IOException {
        return trouble(path, false);
    }

    private static Optional<String> trouble(Path path, boolean outer) throws IOException {
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
        if ((mode & WRITABLE_BY_OTHERS & ~allowed(mode, outer)) != 0) {
            return Optional.of("can be written to by others (mode " + Integer.toOctalString(mode & 0777) + ")");
        }
        return Optional.empty();
    }

    /** In a folder with the sticky bit others may make files, and neither rename nor remove what is not theirs. */
    private static int allowed(int mode, boolean outer) {
        return outer && (mode & STICKY) != 0 ? WRITABLE_BY_OTHERS : 0;
    }

    /**
     * Why a folder cannot be trusted, itself or one that it lies in: who can rename one of those puts another one in its place.
     *
     * @param folder without links
     */
    static Optional<String> troubleFrom(Path folder) throws IOException {
        Optional<String> trouble = trouble(folder);
        for (Path outer = folder.getParent(); trouble.isEmpty() && outer != null; outer = outer.getParent()) {
            Path at = outer;
            trouble = trouble(at, true).map(text -> "lies in `" + at + "`, which " + text);
        }
        return trouble;
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

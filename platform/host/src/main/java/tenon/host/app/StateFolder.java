package tenon.host.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Where an application's stores and logs lie. Immutable.
 *
 * <p>Policy: what came with an application does not decide which files of this machine its guests read and write. So a folder inside the
 * manifest's is no link, nor is anything that guests write to in the folder.
 */
record StateFolder(Path path) {
    /**
     * The folder {@code path} of an application whose manifest lies in {@code application}.
     *
     * @throws IOException if it is a link that came with the application
     */
    static StateFolder of(Path path, Path application) throws IOException {
        Path absolute = path.toAbsolutePath().normalize();
        Path outer = application.toAbsolutePath().normalize();
        if (absolute.startsWith(outer) && !absolute.equals(outer)) {
            Path at = outer;
            for (Path name : outer.relativize(absolute)) {
                at = at.resolve(name);
                requireOwn(at, Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS));
            }
        }
        return new StateFolder(absolute);
    }

    /** A folder in it, which need not be there yet. */
    Path folder(String name) throws IOException {
        Path folder = path.resolve(name);
        requireOwn(folder, Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS));
        return folder;
    }

    /** A file in it, which need not be there yet. */
    Path file(String name) throws IOException {
        return file(path, name);
    }

    /** A file in a folder of its, which need not be there yet. */
    static Path file(Path folder, String name) throws IOException {
        Path file = folder.resolve(name);
        requireOwn(file, Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS));
        return file;
    }

    private static void requireOwn(Path at, boolean expected) throws IOException {
        if (!expected && Files.exists(at, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("`" + at + "` is a link or something else than a file or folder of the application's"
                    + " state, expected none; state is kept elsewhere with `--state-dir`");
        }
    }
}

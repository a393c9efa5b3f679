package tenon.wasi.filesystem;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An open directory of the host. Confined to the Store; shared by counting, since open files keep the directory they were found in.
 *
 * <p>Policy: all is done relative to the open directory and without following links (what {@code openat} and its kin do). The JDK
 * has no such call for reading a link, and for what a file's attributes lack in its portable view: there the path as it was when
 * the directory was opened is used, and the answer counts only if the object at that path is the one meant. What remains: whoever else
 * may change a granted directory can swap what leads to a link, and swap it back, so that the text of another link is read; that is walked
 * as any other.
 */
final class Directory {
    private final Opened opened;
    private final SecureDirectoryStream<Path> stream;
    private final Path path;
    private final Object key;
    private final Set<OpenFile> openFiles = Collections.newSetFromMap(new IdentityHashMap<>());
    private int users = 1;

    private Directory(Opened opened, SecureDirectoryStream<Path> stream, Path path) throws IOException {
        this.opened = opened;
        this.stream = stream;
        this.path = path;
        this.key = Objects.requireNonNull(attributes().fileKey());
    }

    /**
     * Opens a directory that the host's owner named.
     *
     * @throws RefusedException if there is none, too much is open, or the platform cannot work relative to an open directory
     */
    static Directory root(Opened opened, Path path) throws RefusedException {
        try {
            Path real = path.toRealPath();
            return of(opened, opened.open(() -> secure(real)), real);
        } catch (IOException e) {
            throw new RefusedException(e);
        }
    }

    // whoever asked owns the stream
    @SuppressWarnings("StreamResourceLeak")
    private static SecureDirectoryStream<Path> secure(Path real) throws IOException {
        DirectoryStream<Path> stream = Files.newDirectoryStream(real);
        if (stream instanceof SecureDirectoryStream<Path> secure) {
            return secure;
        }
        stream.close();
        throw new IOException("directory `" + real
                + "` cannot be granted: this platform has no operations relative to an open directory");
    }

    private static Directory of(Opened opened, SecureDirectoryStream<Path> stream, Path path) throws IOException {
        try {
            return new Directory(opened, stream, path);
        } catch (IOException e) {
            opened.close(stream);
            throw e;
        }
    }

    /** Where it is counted as open. */
    Opened opened() {
        return opened;
    }

    /** One more user; each calls {@link #release} once. */
    Directory retain() {
        users++;
        return this;
    }

    void release() {
        users--;
        if (users == 0) {
            try {
                opened.close(stream);
            } catch (IOException e) {
                // nothing was written through it, so nothing is lost
                System.getLogger("tenon.wasi.filesystem").log(System.Logger.Level.DEBUG, "directory not closed", e);
            }
        }
    }

    /** Of a granted directory: the files below it that guests have open, so that they can be found after they were renamed. */
    Set<OpenFile> openFiles() {
        return openFiles;
    }

    SecureDirectoryStream<Path> stream() {
        return stream;
    }

    Path path() {
        return path;
    }

    BasicFileAttributes attributes() throws IOException {
        return stream.getFileAttributeView(BasicFileAttributeView.class).readAttributes();
    }

    BasicFileAttributeView view() {
        return stream.getFileAttributeView(BasicFileAttributeView.class);
    }

    BasicFileAttributeView view(String name) throws RefusedException {
        return stream.getFileAttributeView(single(name), BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }

    /** What is there under a name, links not followed. */
    Optional<BasicFileAttributes> find(String name) throws RefusedException {
        try {
            return Optional.of(view(name).readAttributes());
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException e) {
            throw new RefusedException(e);
        }
    }

    /** What is there under a name, which must exist. */
    BasicFileAttributes attributes(String name) throws RefusedException {
        return find(name).orElseThrow(() -> new RefusedException(ErrorCode.NO_ENTRY));
    }

    /** Opens a directory in this one; refuses a link. */
    Directory open(String name) throws RefusedException {
        try {
            Path single = single(name);
            var inner = opened.open(() -> stream.newDirectoryStream(single, LinkOption.NOFOLLOW_LINKS));
            return of(opened, inner, path.resolve(name));
        } catch (IOException e) {
            throw new RefusedException(e);
        }
    }

    /** Opens this directory once more, to list it from its beginning. */
    SecureDirectoryStream<Path> again() throws RefusedException {
        return opened.open(() -> stream.newDirectoryStream(Path.of("."), LinkOption.NOFOLLOW_LINKS));
    }

    /** What a link says. */
    String readLink(String name) throws RefusedException {
        try {
            Object meant = attributes(name).fileKey();
            Path at = path.resolve(single(name));
            requireInPlace();
            String target = Files.readSymbolicLink(at).toString();
            requireAt(at, meant);
            requireInPlace();
            return target;
        } catch (IOException e) {
            throw new RefusedException(e);
        }
    }

    /** The number of links and the time of the last change of an object in this directory, if the path still leads to it. */
    Optional<Map<String, Object>> more(String name, Object expectedKey) {
        return more(path.resolve(name), expectedKey);
    }

    /** The same of this directory. */
    Optional<Map<String, Object>> more() {
        return more(path, key);
    }

    private static Optional<Map<String, Object>> more(Path at, Object expectedKey) {
        try {
            var found = Files.readAttributes(at, "unix:nlink,ctime,fileKey", LinkOption.NOFOLLOW_LINKS);
            return expectedKey.equals(found.get("fileKey")) ? Optional.of(found) : Optional.empty();
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException _) {
            // moved meanwhile, or a platform without this view
            return Optional.empty();
        }
    }

    /** Whether the path still leads here; it may not, if the directory was moved after it was opened. */
    void requireInPlace() throws RefusedException {
        requireAt(path, key);
    }

    private static void requireAt(Path at, @Nullable Object expectedKey) throws RefusedException {
        try {
            var now = Files.readAttributes(at, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (expectedKey == null || !expectedKey.equals(now.fileKey())) {
                throw new RefusedException(ErrorCode.BUSY);
            }
        } catch (IOException e) {
            throw new RefusedException(e);
        }
    }

    /** A name as a path of one component. */
    static Path single(String name) throws RefusedException {
        try {
            Path single = Path.of(name);
            if (single.getNameCount() != 1 || single.isAbsolute() || name.contains("/")) {
                throw new RefusedException(ErrorCode.INVALID);
            }
            return single;
        } catch (InvalidPathException e) {
            throw RefusedException.badPath(e);
        }
    }
}

package tenon.wasi.filesystem;

import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Walks a path from an open directory (wasi-filesystem, "Path resolution").
 *
 * <p>Policy: a component at a time, each opened without following links; a link is read and its target walked the same way. So
 * {@code ..}, a link, or a directory that is swapped for a link meanwhile leads out of the directory never: it leads to an error.
 */
final class PathResolution {
    /** Names that begin so are the host's own and do not exist for guests; see {@link Staging}. */
    static final String STAGING_PREFIX = ".tenon-staging-";

    private static final int MOST_LINKS = 40;
    private static final int LONGEST_PATH = 4096;

    private final Deque<Directory> directories = new ArrayDeque<>();
    private final Deque<String> rest = new ArrayDeque<>();
    private int links;

    private PathResolution(Directory base) {
        directories.push(base.retain());
    }

    /**
     * Where a path leads: a name in a directory, or a directory itself. Whoever gets it releases the directory.
     *
     * @param name empty if the path leads to the directory itself, as {@code .} does
     * @param mustBeDirectory whether the path ended with a slash
     */
    record Place(Directory directory, Optional<String> name, boolean mustBeDirectory) implements AutoCloseable {
        /** The name, for operations that cannot have the directory itself. */
        String requireName() throws RefusedException {
            return name.orElseThrow(() -> new RefusedException(ErrorCode.INVALID));
        }

        @Override
        public void close() {
            directory.release();
        }
    }

    /** Walks {@code path}; a link at its end is followed if {@code follow}, and what it leads to need not exist. */
    static Place resolve(Directory base, String path, boolean follow) throws RefusedException {
        var walk = new PathResolution(base);
        try {
            return walk.run(path, follow);
        } finally {
            walk.directories.forEach(Directory::release);
        }
    }

    private Place run(String path, boolean follow) throws RefusedException {
        if (path.isEmpty()) {
            throw new RefusedException(ErrorCode.NO_ENTRY);
        }
        if (path.length() > LONGEST_PATH) {
            throw new RefusedException(ErrorCode.NAME_TOO_LONG);
        }
        push(path);
        boolean slash = path.endsWith("/") || path.endsWith("/.");
        while (true) {
            String component = rest.poll();
            if (component == null) {
                return new Place(top().retain(), Optional.empty(), true);
            }
            if (component.equals("..")) {
                leave();
            } else {
                Optional<Place> end = enter(component, follow, slash);
                if (end.isPresent()) {
                    return end.get();
                }
            }
        }
    }

    /** One component; the place, if it is the last. */
    private Optional<Place> enter(String name, boolean follow, boolean slash) throws RefusedException {
        if (name.startsWith(STAGING_PREFIX)) {
            throw new RefusedException(ErrorCode.NO_ENTRY);
        }
        boolean last = rest.isEmpty();
        Optional<BasicFileAttributes> found = top().find(name);
        if (found.isPresent() && found.get().isSymbolicLink() && (!last || follow || slash)) {
            followLink(name);
            return Optional.empty();
        }
        if (last) {
            if (slash && found.isPresent() && !found.get().isDirectory()) {
                throw new RefusedException(ErrorCode.NOT_DIRECTORY);
            }
            return Optional.of(new Place(top().retain(), Optional.of(name), slash));
        }
        if (found.isEmpty()) {
            throw new RefusedException(ErrorCode.NO_ENTRY);
        }
        if (!found.get().isDirectory()) {
            throw new RefusedException(ErrorCode.NOT_DIRECTORY);
        }
        directories.push(top().open(name));
        return Optional.empty();
    }

    private void followLink(String name) throws RefusedException {
        links++;
        if (links > MOST_LINKS) {
            throw new RefusedException(ErrorCode.LOOP);
        }
        push(top().readLink(name));
    }

    private void leave() throws RefusedException {
        if (directories.size() == 1) {
            throw new RefusedException(ErrorCode.NOT_PERMITTED);
        }
        directories.pop().release();
    }

    private void push(String path) throws RefusedException {
        if (path.startsWith("/")) {
            throw new RefusedException(ErrorCode.NOT_PERMITTED);
        }
        List<String> components = List.of(path.split("/"));
        for (String component : components.reversed()) {
            if (!component.isEmpty() && !component.equals(".")) {
                rest.push(component);
            }
        }
    }

    private Directory top() {
        return directories.element();
    }
}

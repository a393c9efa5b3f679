package tenon.app.files;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tenon.app.ManifestException;
import tenon.app.Placed;
import tenon.app.Problems;
import tenon.app.manifest.ComponentSpec;
import tenon.app.manifest.FileMount;
import tenon.app.manifest.FileMount.Pattern;
import tenon.app.manifest.FileMount.Placement;
import tenon.types.Place;

/**
 * Finds the files that a component sees. Confined to one search.
 *
 * <p>Policy: nothing outside the manifest's folder, neither by {@code ..} nor by a link; a link to a folder is not walked
 * through. Of two files at the same path of the guest the later one is seen. {@code exclude_files} hides what patterns and folders
 * bring, and not a file that is named itself. Differences from Spin: what lies outside the folder is refused in every form, and a
 * folder that is named without a placement is seen at its own path.
 */
public final class MountedFiles {
    private final Path folder;
    private final Path real;
    private final List<Glob> excluded = new ArrayList<>();
    private final Problems problems = new Problems();
    private final Map<String, MountedFile> found = new LinkedHashMap<>();

    private MountedFiles(Path folder) throws IOException {
        this.folder = folder.toAbsolutePath().normalize();
        this.real = folder.toRealPath();
    }

    /**
     * The files of a component, as they are now.
     *
     * @param folder the manifest's
     * @throws ManifestException if a mount names what is not there, or what lies outside
     */
    public static List<MountedFile> of(ComponentSpec component, Path folder) {
        if (component.files().isEmpty()) {
            return List.of();
        }
        try {
            var files = new MountedFiles(folder);
            for (Placed<String> pattern : component.excludeFiles()) {
                files.exclude(pattern);
            }
            for (FileMount mount : component.files()) {
                files.mount(mount);
            }
            files.problems.throwIfAny();
            return List.copyOf(files.found.values());
        } catch (IOException e) {
            throw new ManifestException(
                    component.place(), "cannot read the files of `" + component.id() + "`: " + e.getMessage());
        }
    }

    private void exclude(Placed<String> pattern) {
        Glob glob = problems.gather(() -> Glob.parse(pattern.value(), pattern.place()));
        if (glob != null) {
            excluded.add(glob);
        }
    }

    private void mount(FileMount mount) throws IOException {
        switch (mount) {
            case Pattern pattern -> mountPattern(pattern);
            case Placement placement -> mountPlacement(placement);
        }
    }

    private void mountPattern(Pattern pattern) throws IOException {
        String glob = pattern.glob();
        if (glob.equals(".") || glob.equals("..") || glob.endsWith("/.") || glob.endsWith("/..")) {
            problems.add(
                    pattern.place(),
                    "pattern `" + glob + "` ends in a folder, expected one like `" + glob
                            + "/**/*`, or a source with a destination");
            return;
        }
        Path named = inside(glob, pattern.place());
        if (named == null) {
            return;
        }
        if (Files.isDirectory(named)) {
            walk(named, relative(named), pattern.place(), null);
        } else if (Files.exists(named)) {
            add(named, "/" + relative(named), pattern.place());
        } else if (Glob.isPattern(glob)) {
            expand(pattern);
        } else {
            problems.add(pattern.place(), "`" + glob + "` does not exist, expected a file or a pattern");
        }
    }

    /** Walks the deepest folder that the pattern names without special characters. */
    private void expand(Pattern pattern) throws IOException {
        String glob = relative(folder.resolve(pattern.glob()).normalize());
        Glob matcher = problems.gather(() -> Glob.parse(glob, pattern.place()));
        if (matcher == null || matcher.meansFolders()) {
            return;
        }
        var base = new StringBuilder();
        for (String segment : glob.split("/")) {
            if (Glob.isPattern(segment)) {
                break;
            }
            base.append(segment).append('/');
        }
        Path start = inside(base.toString(), pattern.place());
        if (start != null && Files.isDirectory(start)) {
            walk(start, relative(start), pattern.place(), matcher);
        }
    }

    private void mountPlacement(Placement placement) throws IOException {
        String destination = placement.destination();
        String guest = guestPath(destination);
        if (guest == null) {
            problems.add(
                    placement.place(),
                    "destination `" + destination + "` leads out of the root, expected a path without `..`");
            return;
        }
        Path source = inside(placement.source(), placement.place());
        if (source == null) {
            return;
        }
        if (Files.isDirectory(source)) {
            walk(source, guest, placement.place(), null);
        } else if (!Files.exists(source)) {
            problems.add(placement.place(), "`" + placement.source() + "` does not exist, expected a file or a folder");
        } else if (guest.isEmpty() || destination.endsWith("/") || destination.endsWith("/.")) {
            problems.add(
                    placement.place(), "destination `" + destination + "` is a folder, expected a path for the file");
        } else {
            add(source, "/" + guest, placement.place());
        }
    }

    /** A path of the guest without slashes at its ends; null if it leads out of the root. */
    private static @Nullable String guestPath(String destination) {
        List<String> segments = new ArrayList<>();
        for (String segment : destination.split("/")) {
            if (segment.equals("..") || segment.indexOf('\0') >= 0) {
                return null;
            }
            if (!segment.isEmpty() && !segment.equals(".")) {
                segments.add(segment);
            }
        }
        return String.join("/", segments);
    }

    /** A path inside the folder; null, with the problem noted, if it is outside. */
    private @Nullable Path inside(String text, Place place) throws IOException {
        Path path;
        try {
            path = folder.resolve(text).normalize();
        } catch (InvalidPathException e) {
            problems.add(place, "`" + text + "` is not a path: " + e.getReason());
            return null;
        }
        boolean within = path.startsWith(folder)
                && (!Files.exists(path) || path.toRealPath().startsWith(real));
        if (!within) {
            problems.add(place, "`" + text + "` is outside the manifest's folder, expected a path inside");
            return null;
        }
        return path;
    }

    /** With slashes, from the folder. */
    private String relative(Path path) {
        return folder.relativize(path).toString().replace('\\', '/');
    }

    /**
     * Adds the files of a folder.
     *
     * @param guest where the guest sees the folder
     * @param matcher for paths from the manifest's folder; null for all
     */
    private void walk(Path start, String guest, Place place, @Nullable Glob matcher) throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(start, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                files.add(file);
                return FileVisitResult.CONTINUE;
            }
        });
        files.sort(null);
        for (Path file : files) {
            String path = relative(file);
            boolean wanted = matcher == null || matcher.matches(path, false);
            if (wanted && Files.isRegularFile(file) && excluded.stream().noneMatch(glob -> glob.matches(path, true))) {
                String inner = start.relativize(file).toString().replace('\\', '/');
                add(file, guest.isEmpty() ? "/" + inner : "/" + guest + "/" + inner, place);
            }
        }
    }

    private void add(Path file, String guest, Place place) throws IOException {
        Path host = file.toRealPath();
        if (!host.startsWith(real)) {
            problems.add(place, "`" + relative(file) + "` is a link that leads out of the manifest's folder");
            return;
        }
        found.remove(guest);
        found.put(guest, new MountedFile(host, guest, place));
    }
}

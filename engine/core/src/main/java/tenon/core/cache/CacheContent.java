package tenon.core.cache;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The files of a cache's folder, seen from outside. Immutable; looks at the folder each time it is asked. */
public final class CacheContent {
    /** A file that a process which died has left behind. */
    private static final Duration ABANDONED = Duration.ofHours(1);

    private static final Pattern OURS = Pattern.compile("[0-9a-f]{64}\\.code|[0-9a-f]{16}-[0-9]+\\.tmp");

    private final CodeCache cache;

    CacheContent(CodeCache cache) {
        this.cache = cache;
    }

    /**
     * A file.
     *
     * @param label the module's own name, perhaps empty
     * @param moduleBytes length of the module
     * @param classes how many compiled classes it holds
     * @param bytes length of the file
     * @param state whether it can be of use to this build
     */
    public record Entry(
            Path path, String label, int moduleBytes, int classes, long bytes, Instant lastUsed, State state) {}

    /** Whether a file can be of use. */
    public enum State {
        /** Written by this build on this JVM. */
        CURRENT,
        /** Written by another build, or on another JVM. */
        OUTDATED,
        DAMAGED
    }

    /** All files with code, the one that was used last first. */
    public List<Entry> entries() throws IOException {
        var entries = new ArrayList<Entry>();
        Optional<String> build = CodeCache.build();
        for (Path path : files(CodeCache.SUFFIX)) {
            try {
                entries.add(entry(path, build));
            } catch (NoSuchFileException | FileNotFoundException _) {
                // another process was faster in removing it
            }
        }
        entries.sort(Comparator.comparing(Entry::lastUsed).reversed());
        return entries;
    }

    private static Entry entry(Path path, Optional<String> build) throws IOException {
        long bytes = Files.size(path);
        Instant used = Files.getLastModifiedTime(path).toInstant();
        try {
            CacheFile file = CacheFile.open(path);
            file.close();
            CacheFile.Head head = file.head();
            String here = "build " + build.orElse("-") + ", java " + Runtime.version() + ", ";
            return new Entry(
                    path,
                    head.label(),
                    head.moduleBytes(),
                    head.classes().size(),
                    bytes,
                    used,
                    head.traits().startsWith(here) ? State.CURRENT : State.OUTDATED);
        } catch (CacheFile.DamagedException _) {
            return new Entry(path, "", 0, 0, bytes, used, State.DAMAGED);
        }
    }

    /** Files that have names like ours: somebody may have named a folder with others in it. */
    private List<Path> files(String suffix) throws IOException {
        var files = new ArrayList<Path>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(cache.folder(), "*" + suffix)) {
            for (Path path : stream) {
                if (OURS.matcher(path.getFileName().toString()).matches()) {
                    files.add(path);
                }
            }
        } catch (NoSuchFileException _) {
            // nothing was ever kept
        }
        return files;
    }

    /** Removes all files; how many bytes they had. */
    public long clean() throws IOException {
        long freed = 0;
        for (String suffix : List.of(CodeCache.SUFFIX, CodeCache.TEMPORARY)) {
            for (Path path : files(suffix)) {
                freed += remove(path);
            }
        }
        return freed;
    }

    /** Removes what is of no use to this build, and then what was not used for longest, down to the limit; the bytes freed. */
    public long prune() throws IOException {
        long freed = 0;
        for (Entry entry : entries()) {
            if (entry.state() != State.CURRENT) {
                freed += remove(entry.path());
            }
        }
        return freed + shrink(cache.limit());
    }

    /** Removes what was not used for longest until so many bytes are left; the bytes freed. */
    long shrink(long limit) throws IOException {
        long freed = 0;
        Instant now = Instant.now();
        for (Path path : files(CodeCache.TEMPORARY)) {
            Optional<Used> used = Used.of(path);
            if (used.isPresent() && used.get().at().isBefore(now.minus(ABANDONED))) {
                freed += remove(path);
            }
        }
        var all = new ArrayList<Used>();
        for (Path path : files(CodeCache.SUFFIX)) {
            Used.of(path).ifPresent(all::add);
        }
        all.sort(Comparator.comparing(Used::at));
        long total = all.stream().mapToLong(Used::bytes).sum();
        for (Used each : all) {
            if (total <= limit) {
                break;
            }
            total -= each.bytes();
            freed += remove(each.path());
        }
        return freed;
    }

    /** A file, its length, and when it was used last. */
    private record Used(Path path, long bytes, Instant at) {
        static Optional<Used> of(Path path) throws IOException {
            try {
                return Optional.of(new Used(
                        path, Files.size(path), Files.getLastModifiedTime(path).toInstant()));
            } catch (NoSuchFileException _) {
                return Optional.empty();
            }
        }
    }

    private static long remove(Path path) throws IOException {
        try {
            long bytes = Files.size(path);
            Files.delete(path);
            return bytes;
        } catch (NoSuchFileException _) {
            return 0;
        }
    }
}

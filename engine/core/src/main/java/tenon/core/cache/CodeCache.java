package tenon.core.cache;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tenon.core.cache.CacheFile.Head;
import tenon.wasm.Binary;
import tenon.wasm.Module;
import tenon.wasm.Names;

/**
 * A folder of compiled classes: a file for each module, build of the compiler, and set of options. Thread-safe; any number of processes
 * may use a folder at once. Costs nothing before the first module is asked for.
 *
 * <p>Policy: the cache holds code that is run, so a folder that is not one's own, or that others can write to or replace, is refused with a
 * warning, and all goes on without it. A file's name is the SHA-256 of the module's bytes, the compiler's build, the JVM's version and the options:
 * nothing is found by path or time. Files are replaced as a whole. What was compiled is written by a thread of its own, some time after
 * the last class came; {@link #close} writes the rest.
 */
public final class CodeCache implements AutoCloseable {
    /** Bytes that all files of a folder may have together if nobody says otherwise. */
    public static final long DEFAULT_LIMIT = 512L << 20;

    static final String SUFFIX = ".code";
    static final String TEMPORARY = ".tmp";

    private static final Logger LOG = System.getLogger("tenon.core.cache");
    private static final Duration QUIET = Duration.ofMillis(1_000);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
    private static final Duration TOUCHED = Duration.ofMinutes(1);

    private final Path folder;
    private final long limit;
    private final Consumer<String> warnings;

    private final ReentrantLock writing = new ReentrantLock();
    private final Object changes = new Object();
    private final Set<CachedModule> changed = new HashSet<>();
    private final Object opening = new Object();
    private @Nullable Thread writer;
    private long firstChange;
    private long lastChange;
    private @Nullable State state;
    private volatile boolean writable;
    /** The folder without links, once it was looked at. */
    private volatile Path place;

    /** Whether the folder is used, and the compiler's build. */
    private record State(boolean usable, String build) {}

    private CodeCache(Path folder, long limit, Consumer<String> warnings) {
        this.folder = folder.toAbsolutePath().normalize();
        this.place = this.folder;
        this.limit = limit;
        this.warnings = warnings;
    }

    /** The cache in a folder, which is made when it is first needed. */
    public static CodeCache in(Path folder) {
        return new CodeCache(folder, DEFAULT_LIMIT, text -> LOG.log(Level.WARNING, text));
    }

    /** The same folder with another limit in bytes: what was not used for longest goes first. */
    public CodeCache withLimit(long bytes) {
        return new CodeCache(folder, bytes, warnings);
    }

    /** The same folder with somebody else to tell about what is wrong with it; not the log. */
    public CodeCache withWarnings(Consumer<String> listener) {
        return new CodeCache(folder, limit, listener);
    }

    public Path folder() {
        return folder;
    }

    /** Bytes that all files may have together. */
    public long limit() {
        return limit;
    }

    /** What is there, for looking around and cleaning up. */
    public CacheContent content() {
        return new CacheContent(this);
    }

    /**
     * What is known of a module; empty if the cache cannot be used.
     *
     * @param options of the engine that decide what its classes look like, as text
     */
    public Optional<CachedModule> module(Module module, String options) {
        State now = state();
        if (!now.usable()) {
            return Optional.empty();
        }
        Binary binary = module.binary();
        MessageDigest digest = Digests.sha256();
        digest.update(binary.bytes(), binary.start(), binary.end() - binary.start());
        byte[] bytes = digest.digest();
        String traits = traits(now.build(), options);
        digest.update(Digests.utf8(traits));
        byte[] key = digest.digest(bytes);
        var head = new Head(
                key,
                false,
                traits,
                module.names().module().map(Names::shown).orElse(""),
                binary.end() - binary.start(),
                new LinkedHashMap<>());
        return Optional.of(new CachedModule(this, path(key), HexFormat.of().formatHex(bytes), head));
    }

    private static String traits(String build, String options) {
        return "build " + build + ", java " + Runtime.version() + ", " + options;
    }

    /** The build of the compiler that this process has; empty if it cannot be told. */
    static Optional<String> build() {
        return Build.OURS;
    }

    /** Looked for when it is first asked for; it does not change. */
    private static final class Build {
        private static final Optional<String> OURS = find();

        private static Optional<String> find() {
            try {
                return BuildIdentity.find();
            } catch (IOException e) {
                LOG.log(Level.DEBUG, "the build cannot be told", e);
                return Optional.empty();
            }
        }
    }

    private Path path(byte[] key) {
        return place.resolve(HexFormat.of().formatHex(key) + SUFFIX);
    }

    private State state() {
        synchronized (opening) {
            State known = state;
            if (known == null) {
                known = open();
                state = known;
            }
            return known;
        }
    }

    private State open() {
        Optional<String> build = build();
        if (build.isEmpty()) {
            warn(
                    "the build of the compiler cannot be told where its classes come from: running without a cache of code");
            return new State(false, "");
        }
        try {
            if (Files.notExists(folder)) {
                make();
            }
            // a link on the way may lead elsewhere later; what it leads to now has been looked at
            Path real = folder.toRealPath();
            Optional<String> trouble = Trust.troubleFrom(real);
            if (trouble.isPresent()) {
                warn("cache folder `" + folder + "` " + trouble.get()
                        + ", expected a folder of one's own: running without a cache of code");
                return new State(false, "");
            }
            place = real;
        } catch (IOException e) {
            warn("cache folder `" + folder + "` cannot be used, running without a cache of code: " + e);
            return new State(false, "");
        }
        writable = Files.isWritable(place);
        return new State(true, build.get());
    }

    private void make() throws IOException {
        Path parent = folder.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        try {
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (java.nio.file.FileAlreadyExistsException _) {
            // another process was faster; whose folder it is will be looked at
        } catch (UnsupportedOperationException _) {
            throw new IOException("its file system has no permissions");
        }
    }

    /** Whether code can be kept: the folder is one's own and can be written to, and no writing has failed. */
    public boolean isWritable() {
        return state().usable() && writable;
    }

    void warn(String text) {
        warnings.accept(text);
    }

    /** Notes that a module has something to write. */
    void changed(CachedModule module) {
        if (!isWritable()) {
            return;
        }
        synchronized (changes) {
            lastChange = System.nanoTime();
            if (changed.isEmpty()) {
                firstChange = lastChange;
            }
            changed.add(module);
            if (writer == null) {
                Thread thread = Thread.ofPlatform()
                        .daemon()
                        .name("tenon-cache")
                        .priority(Thread.MIN_PRIORITY)
                        .unstarted(this::writeWhenQuiet);
                writer = thread;
                thread.start();
            }
        }
    }

    private void writeWhenQuiet() {
        while (true) {
            try {
                Thread.sleep(QUIET);
            } catch (InterruptedException _) {
                return;
            }
            long now = System.nanoTime();
            synchronized (changes) {
                if (changed.isEmpty()) {
                    writer = null;
                    return;
                }
                if (now - lastChange < QUIET.toNanos() && now - firstChange < LONGEST_WAIT.toNanos()) {
                    continue;
                }
            }
            flush();
        }
    }

    /** Writes what is not written yet. */
    public void flush() {
        writing.lock();
        try {
            List<CachedModule> due;
            synchronized (changes) {
                due = List.copyOf(changed);
                changed.clear();
            }
            boolean wrote = false;
            for (CachedModule module : due) {
                wrote |= module.save();
            }
            if (wrote) {
                content().shrink(limit);
            }
        } catch (IOException | UncheckedIOException e) {
            writable = false;
            warn("cache folder `" + folder + "` cannot be written to any more: " + e);
        } finally {
            writing.unlock();
        }
    }

    @Override
    public void close() {
        flush();
    }

    /** A new file beside another one, for its next content. */
    Path temporary(Path path) throws IOException {
        return Files.createTempFile(
                place,
                path.getFileName().toString().substring(0, 16) + "-",
                TEMPORARY,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    /** Puts a file in another one's place; whoever has that open keeps it. */
    static void replace(Path path, Path by) throws IOException {
        try {
            Files.move(by, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            throw new IOException("files cannot be replaced in one step: " + e.getMessage(), e);
        }
    }

    /** Marks a file as used now, unless that was done a moment ago. */
    static void touch(Path path) {
        try {
            Instant last = Files.getLastModifiedTime(path).toInstant();
            if (last.isBefore(Instant.now().minus(TOUCHED))) {
                Files.setLastModifiedTime(path, FileTime.from(Instant.now()));
            }
        } catch (IOException _) {
            // a folder that can only be read keeps no account of what is used
        }
    }
}

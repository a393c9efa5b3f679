package tenon.core.cache;

import java.io.BufferedOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tenon.core.cache.CacheFile.DamagedException;
import tenon.core.cache.CacheFile.Head;
import tenon.core.cache.CacheFile.Stored;

/**
 * What the cache has of one module, for one build of the compiler and one set of its options. Thread-safe.
 *
 * <p>A class that cannot be read is one that is not there: it is compiled and written anew, after one line of warning for the file.
 */
public final class CachedModule {
    private static final int NAME_DIGITS = 32;

    private final CodeCache cache;
    private final Path path;
    private final String packageName;
    private final Head empty;
    private final Map<String, CachedClass> fresh = new ConcurrentHashMap<>();
    private volatile @Nullable CacheFile file;
    private volatile boolean valid;
    private volatile boolean validIsNews;
    private boolean isDamaged;

    /** {@code empty} is the head of its file, without classes. */
    CachedModule(CodeCache cache, Path path, String moduleDigest, Head empty) {
        this.cache = cache;
        this.path = path;
        this.packageName = "m" + moduleDigest.substring(0, NAME_DIGITS);
        this.empty = empty;
        CacheFile found = open();
        this.file = found;
        this.valid = found != null && found.head().valid();
    }

    /** A name for the package of its classes that is the same in every process. */
    public String packageName() {
        return packageName;
    }

    /** Whether the module, to the last byte, was found valid. */
    public boolean isValid() {
        return valid;
    }

    /** Remembers that the module is valid. */
    public void markValid() {
        if (!valid) {
            valid = true;
            validIsNews = true;
            cache.changed(this);
        }
    }

    /** Whether a class is there, which may turn out to be damaged when it is read. */
    public boolean has(String className) {
        CacheFile present = file;
        return fresh.containsKey(className)
                || present != null && present.head().classes().containsKey(className);
    }

    /** A class by its full name; empty if it is not there. */
    public Optional<CachedClass> find(String className) {
        CachedClass unwritten = fresh.get(className);
        CacheFile present = file;
        if (unwritten != null || present == null) {
            return Optional.ofNullable(unwritten);
        }
        try {
            return present.read(className);
        } catch (IOException e) {
            damaged(e);
            return Optional.empty();
        }
    }

    /** Keeps a class, to be written soon. */
    public void add(String className, CachedClass compiled) {
        if (cache.isWritable()) {
            fresh.put(className, compiled);
            cache.changed(this);
        }
    }

    private @Nullable CacheFile open() {
        try {
            Optional<String> trouble = Files.exists(path) ? Trust.trouble(path) : Optional.empty();
            if (trouble.isPresent()) {
                cache.warn("file `" + path + "` " + trouble.get() + ": its code is not used");
                return null;
            }
            CacheFile found = CacheFile.open(path);
            if (!found.isOf(empty.key())) {
                found.close();
                throw new DamagedException("it is the file of another module");
            }
            CodeCache.touch(path);
            return found;
        } catch (NoSuchFileException | FileNotFoundException _) {
            return null;
        } catch (IOException e) {
            cache.warn("file `" + path + "` is damaged, its code is compiled anew: " + e.getMessage());
            return null;
        }
    }

    /** The class is written anew when it is compiled; what else is in the file may be whole. */
    private synchronized void damaged(IOException why) {
        if (!isDamaged) {
            isDamaged = true;
            cache.warn("file `" + path + "` is damaged, its code is compiled anew: " + why.getMessage());
        }
    }

    /** Writes what is new, beside what other processes have written meanwhile; whether there was anything. */
    synchronized boolean save() throws IOException {
        Map<String, CachedClass> added = Map.copyOf(fresh);
        if (added.isEmpty() && !validIsNews) {
            return false;
        }
        CacheFile base = open();
        Path temporary = cache.temporary(path);
        try {
            try {
                write(temporary, base, added);
            } catch (DamagedException e) {
                // of the old file only; what was compiled now is whole
                cache.warn("file `" + path + "` is damaged, it is written anew: " + e.getMessage());
                write(temporary, null, added);
            }
            CodeCache.replace(path, temporary);
        } finally {
            Files.deleteIfExists(temporary);
        }
        file = open();
        isDamaged = false;
        validIsNews = false;
        if (file != null) {
            added.forEach(fresh::remove);
        }
        return true;
    }

    private void write(Path to, @Nullable CacheFile base, Map<String, CachedClass> added) throws IOException {
        var classes = new LinkedHashMap<String, Stored>();
        if (base != null) {
            classes.putAll(base.head().classes());
        }
        added.forEach((name, compiled) -> classes.put(name, Stored.of(compiled)));
        boolean nowValid = valid || base != null && base.head().valid();
        try (var out = new BufferedOutputStream(Files.newOutputStream(to), 1 << 16)) {
            CacheFile.write(out, empty.with(nowValid, classes), name -> {
                CachedClass compiled = added.get(name);
                if (compiled == null && base != null) {
                    compiled = base.read(name).orElse(null);
                }
                if (compiled == null) {
                    throw new DamagedException("class `" + name + "` is not where it was");
                }
                return compiled;
            });
        }
    }

    /** The names of the classes that are there. */
    List<String> classes() {
        var names = new ArrayList<>(fresh.keySet());
        CacheFile present = file;
        if (present != null) {
            names.addAll(present.head().classes().keySet());
        }
        return names;
    }
}

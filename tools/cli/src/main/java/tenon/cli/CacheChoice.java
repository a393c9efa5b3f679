package tenon.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import tenon.core.cache.CodeCache;

/**
 * Where commands keep compiled code: {@code --cache-dir}, else {@code TENON_CACHE_DIR}, else {@code tenon} in {@code XDG_CACHE_HOME} or in
 * {@code ~/.cache}; and the options that say so.
 */
final class CacheChoice {
    private static final String NONE = "--no-cache";
    private static final String FOLDER = "--cache-dir";

    private CacheChoice() {}

    /** Adds the options of commands that run guests. */
    static void describe(CommandSpec spec) {
        describeFolder(spec);
        spec.addOption(OptionSpec.builder(NONE)
                .type(boolean.class)
                .description("Neither read nor keep compiled code on disk.")
                .build());
    }

    /** Adds the option that chooses the folder. */
    static void describeFolder(CommandSpec spec) {
        spec.addOption(OptionSpec.builder(FOLDER)
                .paramLabel("DIR")
                .type(Path.class)
                .description("Where compiled code is kept; TENON_CACHE_DIR, or ~/.cache/tenon, if not given.")
                .build());
    }

    /** The cache; empty if none is wanted, or nobody named one and the user has no home. To be closed. */
    static Optional<CodeCache> of(ParseResult arguments, Console console) {
        if (arguments.matchedOptionValue(NONE, false)) {
            return Optional.empty();
        }
        Optional<Path> named = named(arguments);
        if (named.isEmpty() && !canBeMade(standard())) {
            return Optional.empty();
        }
        return Optional.of(at(named.orElseGet(CacheChoice::standard), console));
    }

    /** The cache in the chosen folder, for commands that are about nothing else. To be closed. */
    static CodeCache required(ParseResult arguments, Console console) {
        return at(named(arguments).orElseGet(CacheChoice::standard), console);
    }

    private static CodeCache at(Path folder, Console console) {
        return CodeCache.in(folder)
                .withWarnings(text -> console.err().println(console.alarming("warning:") + " " + text));
    }

    private static Optional<Path> named(ParseResult arguments) {
        Path given = arguments.matchedOptionValue(FOLDER, null);
        return given != null ? Optional.of(given) : variable("TENON_CACHE_DIR").map(Path::of);
    }

    /** XDG Base Directory Specification: a folder that is not absolute does not count. */
    private static Path standard() {
        return variable("XDG_CACHE_HOME")
                .map(Path::of)
                .filter(Path::isAbsolute)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"))
                .resolve("tenon");
    }

    private static boolean canBeMade(Path folder) {
        Path existing = folder;
        while (existing != null && Files.notExists(existing)) {
            existing = existing.getParent();
        }
        return existing != null && (existing.equals(folder) || Files.isWritable(existing));
    }

    private static Optional<String> variable(String name) {
        @Nullable String value = System.getenv(name);
        return Optional.ofNullable(value).filter(text -> !text.isEmpty());
    }
}

package tenon.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import tenon.core.CoreEngine;
import tenon.core.EngineOptions;
import tenon.core.cache.CodeCache;
import tenon.runtime.Runtime;

/** How commands have guests compiled: {@code --large-memories}. */
final class EngineChoice {
    private static final String LARGE_MEMORIES = "--large-memories";

    private EngineChoice() {}

    /** Adds the options. */
    static void describe(CommandSpec spec) {
        spec.addOption(OptionSpec.builder(LARGE_MEMORIES)
                .type(boolean.class)
                .description(
                        "Let linear memories have 2 GiB and more, up to 64 GiB; what was written takes room, and loads and stores"
                                + " take longer.")
                .build());
    }

    /** Whether memories may have 2 GiB and more. */
    static boolean largeMemories(ParseResult arguments) {
        return arguments.matchedOptionValue(LARGE_MEMORIES, false);
    }

    /** A runtime as the options say, which uses the cache, if there is one. */
    static Runtime runtime(ParseResult arguments, @Nullable CodeCache cache) {
        EngineOptions options = Runtime.OPTIONS.withLargeMemories(largeMemories(arguments));
        return Runtime.on(new CoreEngine(cache == null ? options : options.withCache(cache)));
    }
}

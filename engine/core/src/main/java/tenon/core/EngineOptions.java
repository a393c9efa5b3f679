package tenon.core;

import java.util.Optional;
import tenon.core.cache.CodeCache;

/**
 * How an engine compiles. Immutable.
 *
 * @param interruptible whether guests can be stopped and made to give way
 * @param resettable whether instances can be captured and reset: stores mark the pages that they dirty
 * @param largeMemories whether memories may have 2 GiB and more, up to {@link CoreMemory#mostBytes}: all are kept in chunks then,
 *     of which only those take room that were written to, and all accesses take longer
 * @param groupBytes bytes of WebAssembly that share a JVM class, and are compiled together
 * @param cache where compiled classes are kept between processes; whoever made it closes it
 */
public record EngineOptions(
        boolean interruptible, boolean resettable, boolean largeMemories, int groupBytes, Optional<CodeCache> cache) {
    /** Guests can be stopped; nothing is kept on disk. */
    public static final EngineOptions DEFAULT = new EngineOptions(true, false, false, 2048, Optional.empty());

    public EngineOptions withInterruptible(boolean value) {
        return new EngineOptions(value, resettable, largeMemories, groupBytes, cache);
    }

    public EngineOptions withResettable(boolean value) {
        return new EngineOptions(interruptible, value, largeMemories, groupBytes, cache);
    }

    public EngineOptions withLargeMemories(boolean value) {
        return new EngineOptions(interruptible, resettable, value, groupBytes, cache);
    }

    public EngineOptions withGroupBytes(int value) {
        return new EngineOptions(interruptible, resettable, largeMemories, value, cache);
    }

    public EngineOptions withCache(CodeCache value) {
        return new EngineOptions(interruptible, resettable, largeMemories, groupBytes, Optional.of(value));
    }

    /** What decides the content of compiled classes, as part of the key of a cache. */
    String traits() {
        return "interruptible " + interruptible + ", resettable " + resettable + ", large memories " + largeMemories
                + ", group " + groupBytes;
    }
}

package tenon.core;

import java.util.Optional;
import tenon.core.cache.CodeCache;

/**
 * How an engine compiles. Immutable.
 *
 * @param interruptible whether guests can be stopped and made to give way
 * @param resettable whether instances can be captured and reset: stores mark the pages that they dirty
 * @param groupBytes bytes of WebAssembly that share a JVM class, and are compiled together
 * @param cache where compiled classes are kept between processes; whoever made it closes it
 */
public record EngineOptions(boolean interruptible, boolean resettable, int groupBytes, Optional<CodeCache> cache) {
    /** Guests can be stopped; nothing is kept on disk. */
    public static final EngineOptions DEFAULT = new EngineOptions(true, false, 2048, Optional.empty());

    public EngineOptions withInterruptible(boolean value) {
        return new EngineOptions(value, resettable, groupBytes, cache);
    }

    public EngineOptions withResettable(boolean value) {
        return new EngineOptions(interruptible, value, groupBytes, cache);
    }

    public EngineOptions withGroupBytes(int value) {
        return new EngineOptions(interruptible, resettable, value, cache);
    }

    public EngineOptions withCache(CodeCache value) {
        return new EngineOptions(interruptible, resettable, groupBytes, Optional.of(value));
    }

    /** What decides the content of compiled classes, as part of the key of a cache. */
    String traits() {
        return "interruptible " + interruptible + ", resettable " + resettable + ", group " + groupBytes;
    }
}

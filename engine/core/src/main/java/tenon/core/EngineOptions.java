package tenon.core;

/**
 * How an engine compiles. Immutable.
 *
 * @param interruptible whether guests can be stopped and made to give way
 * @param resettable whether instances can be captured and reset: stores mark the pages that they dirty
 * @param groupBytes bytes of WebAssembly that share a JVM class, and are compiled together
 */
public record EngineOptions(boolean interruptible, boolean resettable, int groupBytes) {
    public static final EngineOptions DEFAULT = new EngineOptions(true, false, 2048);

    public EngineOptions withInterruptible(boolean value) {
        return new EngineOptions(value, resettable, groupBytes);
    }

    public EngineOptions withResettable(boolean value) {
        return new EngineOptions(interruptible, value, groupBytes);
    }

    public EngineOptions withGroupBytes(int value) {
        return new EngineOptions(interruptible, resettable, value);
    }
}

package tenon.core;

import java.util.concurrent.atomic.LongAdder;

/** How many methods of the JVM the functions of guests have become so far. Thread-safe. */
public final class CodeCounts {
    /** HotSpot compiles no method of more bytes, whatever it is told: {@code HugeMethodLimit}. */
    public static final int MOST_BYTES = 8000;

    private final LongAdder methods = new LongAdder();
    private final LongAdder hugeMethods = new LongAdder();

    CodeCounts() {}

    void add(int bytes) {
        methods.increment();
        if (bytes > MOST_BYTES) {
            hugeMethods.increment();
        }
    }

    public long methods() {
        return methods.sum();
    }

    /** Those that the JIT refuses, and that run interpreted for ever. */
    public long hugeMethods() {
        return hugeMethods.sum();
    }
}

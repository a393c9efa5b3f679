package tenon.core;

import java.util.concurrent.atomic.LongAdder;

/** How many methods of the JVM the functions of guests have become so far. Thread-safe. */
public final class CodeCounts {
    /** HotSpot compiles no method of more bytes, whatever it is told: {@code HugeMethodLimit}. */
    public static final int MOST_BYTES = 8000;

    private final LongAdder methods = new LongAdder();
    private final LongAdder hugeMethods = new LongAdder();
    private final LongAdder compiledClasses = new LongAdder();
    private final LongAdder cachedClasses = new LongAdder();

    CodeCounts() {}

    void add(int bytes) {
        methods.increment();
        if (bytes > MOST_BYTES) {
            hugeMethods.increment();
        }
    }

    /** Notes a class of so many methods, written now or found in the cache. */
    void add(int ofMethods, int ofHugeMethods, boolean cached) {
        methods.add(ofMethods);
        hugeMethods.add(ofHugeMethods);
        (cached ? cachedClasses : compiledClasses).increment();
    }

    /** Classes that were written by this process. */
    public long compiledClasses() {
        return compiledClasses.sum();
    }

    /** Classes that an earlier process wrote. */
    public long cachedClasses() {
        return cachedClasses.sum();
    }

    public long methods() {
        return methods.sum();
    }

    /** Those that the JIT refuses, and that run interpreted for ever. */
    public long hugeMethods() {
        return hugeMethods.sum();
    }
}

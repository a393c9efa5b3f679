package tenon.runtime;

import java.lang.invoke.SwitchPoint;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import tenon.component.resolve.Item;

/** One provider of a binding for as long as something uses it: linked, with the count of its instances. Thread-safe. */
final class Generation {
    private static final long RETIRED = 1L << 62;

    private final Provider provider;
    private final LinkedComponent linked;
    private final Map<String, Item> exports;
    private final AtomicLong instances = new AtomicLong();
    private final SwitchPoint live = new SwitchPoint();
    private final CountDownLatch gone = new CountDownLatch(1);

    private Generation(Provider provider, LinkedComponent linked, Map<String, Item> exports) {
        this.provider = provider;
        this.linked = linked;
        this.exports = exports;
    }

    static Generation of(Runtime runtime, Provider provider) {
        var assembly = new Assembly(runtime.engine());
        LinkedComponent linked = provider.offers().link(runtime, provider.component(), assembly);
        return new Generation(provider, linked, assembly.outermost().resolved().exports());
    }

    Provider provider() {
        return provider;
    }

    LinkedComponent linked() {
        return linked;
    }

    /** What the provider exports, with the types that it has here. */
    Map<String, Item> exports() {
        return exports;
    }

    /** Invalid once it is retired. */
    SwitchPoint live() {
        return live;
    }

    /** Counts one more instance; false if it is retired. */
    boolean enter() {
        while (true) {
            long seen = instances.get();
            if (seen >= RETIRED) {
                return false;
            }
            if (instances.compareAndSet(seen, seen + 1)) {
                return true;
            }
        }
    }

    /** Counts one instance less; the last one of a retired generation ends it. */
    void leave() {
        endIf(instances.decrementAndGet() == RETIRED);
    }

    /** There will be no further instances. */
    void retire() {
        long before = instances.getAndUpdate(count -> count | RETIRED);
        SwitchPoint.invalidateAll(new SwitchPoint[] {live});
        endIf(before == 0);
    }

    private void endIf(boolean last) {
        if (last) {
            linked.close();
            gone.countDown();
        }
    }

    /** How many instances there are. */
    int instances() {
        return (int) (instances.get() & ~RETIRED);
    }

    /** Whether nothing uses it any more, nor ever will. */
    boolean isGone() {
        return gone.getCount() == 0;
    }

    /** Waits until it is gone; false if it is not in time. */
    boolean await(Duration patience) throws InterruptedException {
        return gone.await(patience.toNanos(), TimeUnit.NANOSECONDS);
    }
}

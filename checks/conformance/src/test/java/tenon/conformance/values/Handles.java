package tenon.conformance.values;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import tenon.runtime.Instance;
import tenon.runtime.Store;
import tenon.runtime.value.FutureReader;
import tenon.runtime.value.Resource;
import tenon.runtime.value.StreamPipe;
import tenon.runtime.value.StreamReader;
import tenon.runtime.value.Value;
import tenon.types.component.ResourceType;

/** Resources, streams and futures of the host's side, in one store; it keeps count of them. Confined to its store's thread. */
final class Handles {
    private final Store store;
    private final Instance instance;
    private final Random random;
    private final List<Thing> things = new ArrayList<>();
    private final List<AutoCloseable> lent = new ArrayList<>();
    private final List<Thread> writers = new ArrayList<>();
    private final Map<ResourceType, Integer> made = new HashMap<>();

    /** How many elements of each stream have been taken. */
    private final List<AtomicInteger> written = new ArrayList<>();

    Handles(Store store, Instance instance, Random random) {
        this.store = store;
        this.instance = instance;
        this.random = random;
    }

    /** A new resource with a number. */
    Object make(ResourceType type, int number) {
        made.merge(type, 1, Integer::sum);
        if (type == RandomProgram.OF_HOST) {
            var thing = new Thing(number);
            things.add(thing);
            return thing;
        }
        Value own = instance.func("make-" + type)
                .call(List.of(new Value.U32(number)))
                .orElseThrow();
        return ((Value.Handle) own).resource();
    }

    /** A new resource that stays the host's, until {@link #takeBack}. */
    Object lend(ResourceType type, int number) {
        Object resource = make(type, number);
        lent.add((AutoCloseable) resource);
        return resource;
    }

    /** Closes what was lent. */
    void takeBack() throws Exception {
        for (AutoCloseable each : lent) {
            each.close();
        }
        lent.clear();
    }

    /** The number of a resource. */
    int number(ResourceType type, Object resource) {
        if (resource instanceof Thing thing) {
            return thing.number();
        }
        Value number = instance.func("number-" + type)
                .call(List.of(new Value.Handle(resource)))
                .orElseThrow();
        return ((Value.U32) number).value();
    }

    /** The number of a resource, which ends. */
    int take(ResourceType type, Object resource) {
        int number = number(type, resource);
        switch (resource) {
            case Thing thing -> thing.close();
            case Resource guest -> guest.close();
            default -> throw new AssertionError(resource);
        }
        return number;
    }

    /** A stream that another thread writes to, some elements at a time. */
    StreamReader<Object> stream(List<Object> elements) {
        StreamPipe<Object> pipe = store.pipe();
        int step = 1 + random.nextInt(5);
        var count = new AtomicInteger();
        written.add(count);
        writers.add(Thread.startVirtualThread(() -> {
            int taken = 1;
            while (count.get() < elements.size() && taken > 0) {
                int at = count.get();
                taken = pipe.writer().write(elements.subList(at, Math.min(elements.size(), at + step)));
                count.addAndGet(taken);
            }
            pipe.writer().close();
        }));
        return pipe.reader();
    }

    /** Runs all to its end: {@link #join}; how many elements of the stream that was made last were taken. */
    int settle() throws InterruptedException {
        join();
        return written.getLast().get();
    }

    /** The elements of a stream, at most so many, after which it is given up then. */
    List<Object> read(StreamReader<?> stream, int most) {
        var elements = new ArrayList<Object>();
        while (elements.size() < most) {
            List<?> some = stream.read(1 + random.nextInt(6));
            if (some.isEmpty()) {
                break;
            }
            elements.addAll(some);
        }
        stream.close();
        return elements;
    }

    /** A future that is complete at once, or later by another thread. */
    FutureReader<Object> future(Object element) {
        if (random.nextBoolean()) {
            return store.future(CompletableFuture.completedFuture(element));
        }
        var later = new CompletableFuture<Object>();
        writers.add(Thread.startVirtualThread(() -> later.complete(element)));
        return store.future(later);
    }

    /** What a future carries. */
    Object get(FutureReader<?> future) {
        Object element = future.get();
        future.close();
        return element;
    }

    /** Runs guests until nothing is left for them to do, and no thread writes any more. */
    void join() throws InterruptedException {
        store.runOut();
        for (Thread each : writers) {
            while (!each.join(Duration.ofMillis(1))) {
                store.runOut();
            }
        }
        writers.clear();
    }

    /** What a guest's destructor has counted wrong; {@code all} means that none may be left. */
    Optional<String> miscounted(ResourceType type, boolean all) {
        if (type == RandomProgram.OF_HOST) {
            return Optional.empty();
        }
        Value value = instance.func("dropped-" + type).call(List.of()).orElseThrow();
        int dropped = ((Value.U32) value).value();
        int expected = made.getOrDefault(type, 0);
        boolean right = all ? dropped == expected : dropped <= expected;
        return right
                ? Optional.empty()
                : Optional.of(dropped + " resources of `" + type + "` were dropped of " + expected + " made");
    }

    /** The host's resources that were not closed once, when the store is closed; those with the numbers given never. */
    Optional<String> miscounted(List<Integer> kept) {
        return things.stream()
                .filter(thing -> thing.closed() != (kept.contains(unclosed(thing)) ? 0 : 1))
                .map(thing -> "the host's resource was closed " + thing.closed() + " times")
                .findFirst();
    }

    private static int unclosed(Thing thing) {
        return thing.closed() == 0 ? thing.number() : -1;
    }
}

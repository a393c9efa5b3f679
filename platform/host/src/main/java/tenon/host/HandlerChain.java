package tenon.host;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import tenon.component.Component;
import tenon.core.FairShare;
import tenon.runtime.Binding;
import tenon.runtime.Linker;
import tenon.runtime.Provider;
import tenon.runtime.Runtime;
import tenon.runtime.StoreLimits;
import tenon.types.LinkException;

/**
 * Answers requests with a component behind others that get each request first, and that import {@code wasi:http/incoming-handler} to hand
 * it on. Each can be replaced while requests flow. Thread-safe.
 *
 * <p>Policy: a request goes through the components that are there when it comes to them, and ends in those; none is lost. A component that
 * does not fit is refused, and the one before stays.
 */
public final class HandlerChain implements RequestHandler {
    private static final String INCOMING_HANDLER = "wasi:http/incoming-handler@0.2.12";

    private final Runtime runtime;
    private final List<Link> links;
    private final StoreLimits limits;
    private final FairShare fairShare;
    private final boolean ownsFairShare;
    /** Behind each link but the first one stands the binding that its predecessor calls. */
    private final List<Binding> bindings = new ArrayList<>();

    private volatile Front front;

    /**
     * One component of a chain.
     *
     * @param component exports {@code wasi:http/incoming-handler}, and imports it unless it is the last one
     * @param offers WASI, and whatever else it gets; what comes after it is added
     */
    public record Link(Component component, Linker offers) {}

    /** The outermost component with the requests that are in it; it is closed when it was replaced and the last one has left. */
    private static final class Front {
        private static final long RETIRED = 1L << 62;

        private final ComponentHandler handler;
        private final AtomicLong requests = new AtomicLong();

        Front(ComponentHandler handler) {
            this.handler = handler;
        }

        boolean enter() {
            if (requests.incrementAndGet() < RETIRED) {
                return true;
            }
            leave();
            return false;
        }

        void leave() {
            closeIf(requests.decrementAndGet() == RETIRED);
        }

        void retire() {
            closeIf(requests.getAndAdd(RETIRED) == 0);
        }

        private void closeIf(boolean last) {
            if (last) {
                handler.close();
            }
        }
    }

    private HandlerChain(
            Runtime runtime, List<Link> links, StoreLimits limits, FairShare fairShare, boolean ownsFairShare) {
        this.runtime = runtime;
        this.fairShare = fairShare;
        this.ownsFairShare = ownsFairShare;
        this.links = List.copyOf(links);
        this.limits = limits;
        try {
            for (int i = links.size() - 1; i > 0; i--) {
                bindings.addFirst(new Binding(runtime, provider(links.get(i), i)));
                links.get(i - 1).offers().provide(INCOMING_HANDLER, bindings.getFirst(), INCOMING_HANDLER);
            }
            front = new Front(handler(links.getFirst().component()));
        } catch (Throwable failure) {
            closeRest();
            throw failure;
        }
    }

    /**
     * Links a chain.
     *
     * @param links the one that gets requests first, first; the linkers are the chain's from now on
     * @param limits of the guests of one request, each component's for itself
     * @throws LinkException if one of them needs more than is offered, or answers no HTTP requests
     */
    public static HandlerChain of(Runtime runtime, List<Link> links, StoreLimits limits) {
        return new HandlerChain(runtime, links, limits, new FairShare(), true);
    }

    /** The same among all guests of a host; {@code fairShare} is not closed with this chain. */
    public static HandlerChain of(Runtime runtime, List<Link> links, StoreLimits limits, FairShare fairShare) {
        return new HandlerChain(runtime, links, limits, fairShare, false);
    }

    private static Provider provider(Link link, int index) {
        boolean answers = link.component().exports().stream()
                .anyMatch(export -> export.name().text().startsWith("wasi:http/incoming-handler@"));
        if (!answers) {
            throw new LinkException("component " + (index + 1)
                    + " of the chain answers no HTTP requests: it does not export `wasi:http/incoming-handler@0.2`");
        }
        return new Provider(link.component(), link.offers());
    }

    private ComponentHandler handler(Component component) {
        return ComponentHandler.of(runtime, component, links.getFirst().offers(), limits, fairShare);
    }

    /**
     * Has another component take a place; requests that come to it from now on go there.
     *
     * @param index 0 for the one that gets requests first
     * @throws LinkException if it cannot be linked or does not fit; the one before stays then
     */
    public synchronized void replace(int index, Component component) {
        if (index > 0) {
            var link = new Link(component, links.get(index).offers());
            bindings.get(index - 1).replace(provider(link, index));
            return;
        }
        var fresh = new Front(handler(component));
        Front old = front;
        front = fresh;
        old.retire();
    }

    @Override
    public void handle(Work work) throws Exception {
        Front entered = front;
        while (!entered.enter()) {
            entered = front;
        }
        try {
            entered.handler.handle(work);
        } finally {
            entered.leave();
        }
    }

    @Override
    public synchronized void close() {
        front.retire();
        closeRest();
    }

    private void closeRest() {
        bindings.forEach(Binding::close);
        if (ownsFairShare) {
            fairShare.close();
        }
    }
}

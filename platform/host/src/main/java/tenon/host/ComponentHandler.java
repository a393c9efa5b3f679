package tenon.host;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.List;
import tenon.component.Component;
import tenon.core.FairShare;
import tenon.core.MemoryBudget;
import tenon.core.Trap;
import tenon.core.TrapKind;
import tenon.runtime.Instance;
import tenon.runtime.LinkedComponent;
import tenon.runtime.Linker;
import tenon.runtime.NoRoomException;
import tenon.runtime.Runtime;
import tenon.runtime.Store;
import tenon.runtime.StoreLimits;
import tenon.types.LinkException;
import tenon.wasi.Wasi;
import tenon.wasi.WasiConfig;
import tenon.wasi.http.IncomingRequest;
import tenon.wasi.http.ResponseOutparam;

/**
 * Answers requests with a component that exports {@code wasi:http/incoming-handler@0.2}. Thread-safe.
 *
 * <p>Policy: a fresh instance for each request, from the component's pool of slots; nothing of one request is seen by another. A guest that
 * computes for long gives way while others wait.
 */
public final class ComponentHandler implements RequestHandler {
    private static final String INCOMING_HANDLER = "wasi:http/incoming-handler@0.2.12";

    private final LinkedComponent component;
    private final MethodHandle handle;
    private final StoreLimits limits;
    private final MemoryBudget budget;
    private final FairShare fairShare;
    private final boolean ownsFairShare;

    private ComponentHandler(
            LinkedComponent component,
            StoreLimits limits,
            MemoryBudget budget,
            FairShare fairShare,
            boolean ownsFairShare) {
        this.component = component;
        this.handle = component.function(
                INCOMING_HANDLER,
                "handle",
                List.of(IncomingRequest.class, ResponseOutparam.class),
                void.class,
                MethodHandles.lookup());
        this.limits = limits;
        this.budget = budget;
        this.fairShare = fairShare;
        this.ownsFairShare = ownsFairShare;
    }

    /**
     * Links a component to WASI.
     *
     * @param config what its guests get
     * @param limits of the guests of one request
     * @throws LinkException if it needs more than is offered, or answers no HTTP requests
     */
    public static ComponentHandler of(Runtime runtime, Component component, WasiConfig config, StoreLimits limits) {
        var linker = new Linker();
        Wasi.define(linker, config);
        return of(runtime, component, linker, limits);
    }

    /**
     * Links a component to what {@code linker} offers, WASI among it.
     *
     * @param limits of the guests of one request
     * @throws LinkException if it needs more than is offered, or answers no HTTP requests
     */
    public static ComponentHandler of(Runtime runtime, Component component, Linker linker, StoreLimits limits) {
        LinkedComponent linked = linked(runtime, component, linker);
        return new ComponentHandler(linked, limits, runtime.memoryBudget(), new FairShare(), true);
    }

    /**
     * Links a component to what {@code linker} offers, WASI among it.
     *
     * @param limits of the guests of one request
     * @param fairShare among all guests of the host; not closed with this handler
     * @throws LinkException if it needs more than is offered, or answers no HTTP requests
     */
    public static ComponentHandler of(
            Runtime runtime, Component component, Linker linker, StoreLimits limits, FairShare fairShare) {
        LinkedComponent linked = linked(runtime, component, linker);
        return new ComponentHandler(linked, limits, runtime.memoryBudget(), fairShare, false);
    }

    private static LinkedComponent linked(Runtime runtime, Component component, Linker linker) {
        LinkedComponent linked = linker.link(runtime, component);
        if (!linked.exports(INCOMING_HANDLER, "handle")) {
            throw new LinkException("the component answers no HTTP requests: it does not export"
                    + " `wasi:http/incoming-handler@0.2`, but " + offered(linked));
        }
        return linked;
    }

    private static String offered(LinkedComponent component) {
        List<String> names = component.exports().stream()
                .map(export -> "`" + (export.interfaceName().isEmpty() ? export.name() : export.interfaceName()) + "`")
                .distinct()
                .toList();
        return names.isEmpty() ? "nothing" : String.join(", ", names);
    }

    @Override
    public void handle(Work work) throws Exception {
        try (Store store = Store.open(limits, budget)) {
            Wasi.waitAt(store, work.readiness());
            work.onStop().accept(store::stop);
            // the service stops what is overdue; here a guest that computes only makes room for others
            store.shareFairly(fairShare);
            try {
                call(component.instantiate(store, work.patience()), work);
            } catch (Trap trap) {
                if (trap.kind() == TrapKind.OUT_OF_MEMORY || store.refusedMemory()) {
                    throw new NoRoomException("the host was short of memory when the guest trapped", trap);
                }
                throw trap;
            }
        }
    }

    private void call(Instance instance, Work work) throws Exception {
        try {
            handle.invokeExact(instance, work.request(), work.response());
        } catch (Exception | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("a call throws nothing else", e);
        }
    }

    /** Ends the watch over guests that compute for long. */
    @Override
    public void close() {
        if (ownsFairShare) {
            fairShare.close();
        }
        component.close();
    }
}

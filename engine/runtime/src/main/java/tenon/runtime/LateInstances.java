package tenon.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tenon.runtime.abi.LiftLowerContext;

/**
 * The instances of a binding's providers that one slot uses in one life: that of the present provider, and those of providers that
 * were replaced while something was held of them. Confined to the slot's Store.
 */
final class LateInstances {
    private final Slot slot;
    private final Binding binding;
    private final List<LateCall> calls = new ArrayList<>();
    /** Those that need not know the caller's side. */
    private final Map<LateFunction, LateCall> byFunction = new IdentityHashMap<>();

    private final List<LateInstance> old = new ArrayList<>(0);
    private @Nullable LateInstance present;

    LateInstances(Slot slot, Binding binding) {
        this.slot = slot;
        this.binding = binding;
    }

    /** How the slot calls a function where values go through the host's hands. */
    LateCall call(LateFunction function) {
        return byFunction.computeIfAbsent(function, each -> add(each, each.ofHost(), null));
    }

    /**
     * How the slot calls a function whose values go straight to the provider.
     *
     * @param cx the caller's side
     */
    LateCall call(LateFunction function, LateSite site, LiftLowerContext cx) {
        return add(function, site, cx);
    }

    private LateCall add(LateFunction function, LateSite site, @Nullable LiftLowerContext cx) {
        var call = new LateCall(function, site, this, cx);
        calls.add(call);
        return call;
    }

    /** The instance of the provider that calls go to which begin now. */
    LateInstance present() {
        LateInstance known = present;
        if (known != null && binding.isPresent(known.generation())) {
            return known;
        }
        Generation generation = enter();
        LateInstance fresh;
        boolean made = false;
        try {
            fresh = make(generation);
            made = true;
        } finally {
            if (!made) {
                generation.leave();
            }
        }
        // a start function may have had time for another replacement: the call goes on with what it has begun with
        retirePresent();
        present = fresh;
        settleOld();
        return fresh;
    }

    private Generation enter() {
        while (true) {
            Generation generation = binding.present();
            if (generation.enter()) {
                return generation;
            }
        }
    }

    private LateInstance make(Generation generation) {
        LinkedComponent linked = generation.linked();
        Slot taken = linked.pool().take(linked.code(), slot.callsOut(), Duration.ZERO);
        var instance = new LateInstance(this, generation, taken);
        taken.provides(instance);
        return instance;
    }

    private void retirePresent() {
        LateInstance known = present;
        if (known != null) {
            old.add(known);
            present = null;
            calls.forEach(call -> call.forget(known));
        }
    }

    /** Ends the instances of replaced providers that nothing uses any more. */
    void settle() {
        if (present != null && !binding.isPresent(present.generation())) {
            retirePresent();
        }
        settleOld();
    }

    private void settleOld() {
        for (LateInstance each : List.copyOf(old)) {
            if (!each.isInUse()) {
                old.remove(each);
                calls.forEach(call -> call.forget(each));
                slot.callsOut().end(each.slot());
            }
        }
    }

    /** The slot's life has ended; the store ends the instances. */
    void forget() {
        present = null;
        old.clear();
        calls.forEach(LateCall::forget);
    }
}

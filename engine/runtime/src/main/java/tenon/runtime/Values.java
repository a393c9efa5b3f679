package tenon.runtime;

import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tenon.core.StackRoom;
import tenon.runtime.abi.Conversion;
import tenon.runtime.abi.Shape;
import tenon.runtime.canon.LiftedFunction;
import tenon.runtime.canon.LoweredToHost;
import tenon.runtime.canon.Signature;
import tenon.runtime.plan.Item;
import tenon.runtime.plan.Plan;
import tenon.runtime.plan.Step;
import tenon.runtime.table.Rule;
import tenon.runtime.value.Value;

/**
 * The values of one instantiation, and the calls of start functions that make some of them: Explainer.md, "Value Definitions" and "Start
 * Definitions". Confined to its Store.
 *
 * <p>Policy: values that are no handles are the same in every life of a slot, as memories are: a start function that asked nobody else
 * is not run again.
 */
final class Values {
    private final Slot slot;
    private final Plan plan;
    private final @Nullable Value[] values;

    Values(Slot slot, Plan plan) {
        this.slot = slot;
        this.plan = plan;
        this.values = new @Nullable Value[plan.values().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = plan.values().get(i).orElse(null);
        }
    }

    Value get(Item.Value item) {
        return get(item.index());
    }

    private Value get(int index) {
        Value value = values[index];
        assert value != null : "a value is used after the start function that makes it";
        return value;
    }

    /** Whether one of them is, or contains, something that belongs to this life only. */
    boolean holdHandles() {
        return plan.steps().stream()
                .flatMap(
                        step -> step instanceof Step.Start start ? start.result().stream() : Stream.<Item.Value>empty())
                .anyMatch(Item.Value::holdsHandles);
    }

    /** Traps unless two values are equal. */
    void requireEqual(int found, int expected, String name) {
        Rule.trapIf(
                !get(found).equals(get(expected)),
                "import `" + name + "` is met by another value than its type says",
                "Value Definitions");
    }

    /** Calls a start function. */
    void start(Step.Start start) {
        Object[] arguments = start.arguments().stream().map(this::get).toArray();
        @Nullable Object result = switch (start.function()) {
            case Item.Lifted guest -> callGuest(guest, arguments);
            case Item.Host host -> callHost(host, arguments);
            case Item.Late _ -> throw new AssertionError("the planner refuses it");
        };
        if (start.result().isPresent()) {
            values[start.result().get().index()] = (Value) result;
        }
    }

    private @Nullable Object callGuest(Item.Lifted guest, Object[] arguments) {
        LiftedFunction function = slot.lifted(guest.lift());
        Signature signature = slot.code().dynamicSignature(guest.type());
        try {
            Object result = function.callToStart(signature, arguments);
            if (signature.countsResult()) {
                function.instance().keepLifted();
            }
            return result;
        } catch (RuntimeException | StackOverflowError e) {
            throw slot.code().linkage().ended(e);
        }
    }

    /** No guest is between the value and the host's function. */
    private @Nullable Object callHost(Item.Host host, Object[] arguments) {
        StackRoom.requireMuch();
        Signature dynamic = slot.code().dynamicSignature(host.type());
        List<Shape> params = host.signature().params();
        Object[] converted = new Object[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            converted[i] = Conversion.convert(dynamic.params().get(i), params.get(i), arguments[i]);
        }
        MethodHandle target = Code.target(host);
        Object result = LoweredToHost.invoke(target, slot.hostState(host.definition()), converted);
        Object given = result instanceof CompletionStage<?> stage ? completed(stage) : result;
        Optional<Shape> shape = host.signature().result();
        if (shape.isEmpty()) {
            return null;
        }
        if (given == null) {
            throw new NullPointerException(
                    "the host's function gave null where a `" + shape.get().type() + "` is expected");
        }
        return Conversion.convert(shape.get(), dynamic.result().orElseThrow(), given);
    }

    /** Concurrency.md, "Interaction with the start function": a start function may not block before it returns. */
    private static @Nullable Object completed(CompletionStage<?> stage) {
        CompletableFuture<?> future = stage.toCompletableFuture();
        if (future.state() != Future.State.SUCCESS && future.state() != Future.State.FAILED) {
            throw Rule.trap("cannot block a synchronous task before returning", "Interaction with the start function");
        }
        return future.join();
    }
}

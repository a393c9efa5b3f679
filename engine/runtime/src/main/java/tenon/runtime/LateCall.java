package tenon.runtime;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;
import tenon.core.Trap;
import tenon.core.TrapKind;
import tenon.runtime.abi.LiftLowerContext;
import tenon.runtime.abi.Shape;
import tenon.runtime.canon.LiftedFunction;
import tenon.runtime.canon.LoweredToGuest;
import tenon.runtime.canon.Lowering;
import tenon.runtime.canon.Signature;
import tenon.runtime.task.Task;

/**
 * A function of a provider that can be replaced, as one slot calls it: to which instance calls go. Its static methods are parts of
 * what {@link LateFunction} puts together. Confined to the slot's Store.
 */
final class LateCall {
    static final MethodHandle IS_BOUND = find("isBound", boolean.class, Generation.class, Object.class);
    static final MethodHandle IS_BOUND_TO_SELF =
            find("isBoundToSelf", boolean.class, Generation.class, Object.class, Object.class);
    static final MethodHandle LOWERED = find("lowered", Object.class, Object.class);
    static final MethodHandle LIFTED = find("lifted", LiftedFunction.class, Object.class);
    static final MethodHandle BIND = find("bind", MethodHandle.class, Object.class);
    static final MethodHandle BIND_TO_OWNER = find("bindToOwner", MethodHandle.class, Object.class, Object[].class);
    static final MethodHandle SETTLE = find("settle", void.class, Object.class);

    private final LateFunction function;
    private final LateSite site;
    private final LateInstances instances;
    private final @Nullable LiftLowerContext cx;
    private @Nullable LateInstance instance;
    private @Nullable Generation generation;
    private @Nullable LoweredToGuest lowered;
    private @Nullable LiftedFunction lifted;

    LateCall(LateFunction function, LateSite site, LateInstances instances, @Nullable LiftLowerContext cx) {
        this.function = function;
        this.site = site;
        this.instances = instances;
        this.cx = cx;
    }

    private static MethodHandle find(String name, Class<?> result, Class<?>... params) {
        try {
            return MethodHandles.lookup().findStatic(LateCall.class, name, MethodType.methodType(result, params));
        } catch (NoSuchMethodException | IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean isBound(Generation generation, Object call) {
        return ((LateCall) call).generation == generation;
    }

    private static boolean isBoundToSelf(Generation generation, Object call, Object self) {
        var bound = (LateCall) call;
        return bound.generation == generation && ((LateResource) self).owner() == bound.instance;
    }

    private static @Nullable Object lowered(Object call) {
        return ((LateCall) call).lowered;
    }

    private static @Nullable LiftedFunction lifted(Object call) {
        return ((LateCall) call).lifted;
    }

    private static void settle(Object call) {
        ((LateCall) call).instances.settle();
    }

    /** Goes to the present provider; the way there. */
    private static MethodHandle bind(Object call) {
        var bound = (LateCall) call;
        return bound.bind(bound.instances.present());
    }

    /** Goes to the provider whose resources are among the arguments, else to the present one. */
    private static MethodHandle bindToOwner(Object call, Object[] arguments) {
        var bound = (LateCall) call;
        return bound.bind(bound.owner(arguments));
    }

    /** The instance whose resources are among the arguments, else the present one. */
    private LateInstance owner(Object[] arguments) {
        @Nullable LateInstance owner = null;
        for (int index : function.lateParams()) {
            Shape shape = function.signature().params().get(index);
            for (LateResource resource : LateResource.within(shape, arguments[index])) {
                if (owner != null && resource.owner() != owner) {
                    throw new Trap(
                            TrapKind.HOST,
                            "`" + function
                                    + "` was called with resources of two providers: one has replaced the other, and neither"
                                    + " knows the other's");
                }
                owner = resource.owner();
            }
        }
        return owner == null ? instances.present() : owner;
    }

    /**
     * Begins a call that may go on while its caller does; what asks it to end early is returned. Where a resource decides who is called,
     * the arguments are lifted at once, and not when the callee begins.
     */
    Runnable begin(Signature signature, Task.Caller caller) {
        LateInstance to;
        Task.Caller calling = caller;
        if (function.lateParams().isEmpty()) {
            to = instances.present();
        } else {
            Object[] arguments = caller.start();
            to = owner(arguments);
            calling = new Started(caller, arguments);
        }
        assert signature.type().equals(function.signature().type());
        LiftedFunction callee = to.slot().lifted(function.lift(to.generation()));
        return Lowering.ofGuest(callee).begin(function.calleeSignature(to.generation()), calling);
    }

    /** A caller whose arguments have been lifted already. */
    private record Started(Task.Caller caller, Object[] arguments) implements Task.Caller {
        @Override
        public Object[] start() {
            return arguments;
        }

        @Override
        public void returned(@Nullable Object result) {
            caller.returned(result);
        }

        @Override
        public void cancelled() {
            caller.cancelled();
        }
    }

    private MethodHandle bind(LateInstance to) {
        if (instance != to) {
            LiftedFunction callee = to.slot().lifted(function.lift(to.generation()));
            lifted = callee;
            lowered = cx == null ? null : new LoweredToGuest(cx, callee);
            instance = to;
            generation = to.generation();
        }
        return site.way(to.generation());
    }

    /** Goes nowhere if it went to an instance that ends. */
    void forget(LateInstance ended) {
        if (instance == ended) {
            forget();
        }
    }

    /** Goes nowhere until it is bound again. */
    void forget() {
        instance = null;
        generation = null;
        lowered = null;
        lifted = null;
    }
}

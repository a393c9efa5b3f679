package tenon.runtime;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.MutableCallSite;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import tenon.runtime.abi.JavaShapes;
import tenon.runtime.abi.NeutralShapes;
import tenon.runtime.abi.Shape;
import tenon.runtime.canon.CoreCall;
import tenon.runtime.canon.Signature;
import tenon.runtime.plan.Item;
import tenon.types.LinkException;
import tenon.types.component.BorrowType;
import tenon.types.component.FunctionType;
import tenon.types.component.OwnType;

/**
 * A function that a link imports from a provider that can be replaced. Thread-safe.
 *
 * <p>Its call site goes straight to the present provider: the JIT compiles the call as if it could never change, and anew when it does.
 * On the way stands one comparison, whether the caller is bound to the present provider already; where it is not, {@link LateCall}
 * binds it. A function without handles is the fused adapter between the two components. Where handles pass, values are lifted out of
 * the one and lowered into the other, so that each handle is an object that knows its provider.
 */
final class LateFunction {
    private static final MethodHandle NOTHING = MethodHandles.empty(MethodType.methodType(void.class, Object.class));

    /** How a generation is called, and what its function is. */
    private record Way(MethodHandle handle, int lift) {}

    private final Border border;
    private final String export;
    private final String label;
    private final Signature signature;
    private final List<Integer> lateParams;
    private final boolean handles;
    private final MethodType type;
    private final MethodHandle slow;
    private final MutableCallSite site;
    private final Map<Generation, Way> ways = new ConcurrentHashMap<>();
    private final Map<Generation, Signature> signatures = new ConcurrentHashMap<>();

    /**
     * A function.
     *
     * @param export of the provider: an interface, or the function itself
     * @param label of the function in the interface; empty if the provider exports it by itself
     * @param signature the caller's side
     * @param lateParams the parameters in which handles of the provider's own resources may be
     */
    LateFunction(Border border, String export, String label, Signature signature, List<Integer> lateParams) {
        this.border = border;
        this.export = export;
        this.label = label;
        this.signature = signature;
        this.lateParams = List.copyOf(lateParams);
        this.handles = passesHandles(signature.type());
        this.type = handles
                ? natural(signature)
                : CoreCall.java(signature.lowered()).appendParameterTypes(Object.class);
        this.slow = slow();
        this.site = new MutableCallSite(slow);
    }

    private static boolean passesHandles(FunctionType type) {
        return Stream.concat(type.paramTypes().stream(), type.result().stream())
                .anyMatch(each -> each.contains(part -> part instanceof OwnType || part instanceof BorrowType));
    }

    private static MethodType natural(Signature signature) {
        var params = new ArrayList<Class<?>>();
        params.add(Object.class);
        signature.params().forEach(shape -> params.add(natural(shape)));
        return MethodType.methodType(
                signature.result().<Class<?>>map(LateFunction::natural).orElse(void.class), params);
    }

    private static Class<?> natural(Shape shape) {
        return shape instanceof Shape.Scalar scalar && scalar.wrapper() == Shape.Wrapper.NONE
                ? JavaShapes.javaPrimitive(scalar.primitive())
                : Object.class;
    }

    Border border() {
        return border;
    }

    Signature signature() {
        return signature;
    }

    List<Integer> lateParams() {
        return lateParams;
    }

    /** Whether values go through the host's hands, since handles are among them. */
    boolean hasHandles() {
        return handles;
    }

    MutableCallSite site() {
        return site;
    }

    /**
     * Calls whatever provides it. With handles of type {@code (LateCall, parameters…) → result} in natural types, without of type
     * {@code (core parameters…, LateCall) → core result}.
     */
    MethodHandle call() {
        return site.dynamicInvoker();
    }

    /** The index of the function among a provider's lifts; an error if the provider has none that can be called. */
    int lift(Generation generation) {
        Way way = ways.get(generation);
        return way != null ? way.lift : LinkedComponent.lift(find(generation));
    }

    private Item.Function find(Generation generation) {
        String name = generation.provider().export(export);
        LinkedComponent linked = generation.linked();
        return (label.isEmpty() ? linked.find("", name) : linked.find(name, label))
                .orElseThrow(() -> new LinkException("the provider exports no function `" + this + "`"));
    }

    /** How to call a generation, made when it is first asked for; calls go straight there if it is the present one. */
    MethodHandle way(Generation generation) {
        Way way = ways.get(generation);
        if (way == null) {
            int lift = lift(generation);
            way = new Way(exiting(handles ? throughHost(generation, lift) : fused(generation, lift), generation), lift);
            ways.put(generation, way);
            border.binding().link(this, generation);
        }
        return way.handle;
    }

    private MethodHandle fused(Generation generation, int lift) {
        MethodHandle crossing = generation.linked().code().crossing(lift, signature);
        return MethodHandles.filterArguments(crossing, contextAt(), LateCall.LOWERED);
    }

    private MethodHandle throughHost(Generation generation, int lift) {
        Code code = generation.linked().code();
        MethodHandle called = code.linkage().entering(code.export(lift, calleeSignature(generation)));
        return MethodHandles.filterArguments(called, 0, LateCall.LIFTED).asType(type);
    }

    /** The callee's side: the same values, its own resource types. */
    Signature calleeSignature(Generation generation) {
        return signatures.computeIfAbsent(generation, each -> {
            Code code = each.linked().code();
            return Signature.of(find(each).type(), type -> NeutralShapes.of(type, code::kind, LateResource.form()));
        });
    }

    /** Looks after the call whether the provider was replaced meanwhile; costs nothing as long as it was not. */
    private MethodHandle exiting(MethodHandle call, Generation generation) {
        MethodHandle settle = generation.live().guardWithTest(NOTHING, LateCall.SETTLE);
        MethodHandle after = MethodHandles.permuteArguments(settle, type.changeReturnType(void.class), contextAt());
        Class<?> result = type.returnType();
        if (result != void.class) {
            after = MethodHandles.foldArguments(
                    MethodHandles.dropArguments(MethodHandles.identity(result), 1, type.parameterArray()),
                    MethodHandles.dropArguments(after, 0, result));
        }
        return MethodHandles.foldArguments(after, call);
    }

    private int contextAt() {
        return handles ? 0 : type.parameterCount() - 1;
    }

    /** Has calls bind themselves first. */
    void unlink() {
        ways.keySet().removeIf(Generation::isGone);
        signatures.keySet().removeIf(Generation::isGone);
        site.setTarget(slow);
    }

    /** Has calls that are bound to a generation go straight there; a way to it has been made. */
    void link(Generation generation) {
        Way way = ways.get(generation);
        if (way != null && (lateParams.isEmpty() || isMethod())) {
            site.setTarget(MethodHandles.guardWithTest(test(generation), way.handle, slow));
        }
    }

    /** Whether the one handle of the provider is the first parameter itself. */
    private boolean isMethod() {
        return lateParams.equals(List.of(0)) && signature.params().getFirst() instanceof Shape.Handle;
    }

    private MethodHandle test(Generation generation) {
        if (isMethod()) {
            return MethodHandles.insertArguments(LateCall.IS_BOUND_TO_SELF, 0, generation);
        }
        return MethodHandles.permuteArguments(
                MethodHandles.insertArguments(LateCall.IS_BOUND, 0, generation),
                type.changeReturnType(boolean.class),
                contextAt());
    }

    private MethodHandle slow() {
        MethodType choice = type.changeReturnType(MethodHandle.class);
        MethodHandle choose = lateParams.isEmpty()
                ? MethodHandles.permuteArguments(LateCall.BIND, choice, contextAt())
                : LateCall.BIND_TO_OWNER
                        .asCollector(Object[].class, type.parameterCount() - 1)
                        .asType(choice);
        return MethodHandles.foldArguments(MethodHandles.exactInvoker(type), choose);
    }

    @Override
    public String toString() {
        return label.isEmpty() ? export : export + "#" + label;
    }
}

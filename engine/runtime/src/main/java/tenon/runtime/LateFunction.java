package tenon.runtime;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import tenon.runtime.abi.JavaShapes;
import tenon.runtime.abi.NeutralShapes;
import tenon.runtime.abi.Shape;
import tenon.runtime.adapt.Side;
import tenon.runtime.canon.CoreCall;
import tenon.runtime.canon.Signature;
import tenon.runtime.plan.Item;
import tenon.types.LinkException;
import tenon.types.component.BorrowType;
import tenon.types.component.FunctionType;
import tenon.types.component.OwnType;
import tenon.types.component.PointerType;

/**
 * A function that a link imports from a provider that can be replaced. Thread-safe.
 *
 * <p>One without handles is called through the fused adapters between the two components, one for each {@link LateSite}. Where handles
 * pass, values are lifted out of the one and lowered into the other, so that each handle is an object that knows its provider.
 */
final class LateFunction {
    private final Border border;
    private final String export;
    private final String label;
    private final Signature signature;
    private final List<Integer> lateParams;
    private final boolean handles;
    private final List<LateSite> sites = new CopyOnWriteArrayList<>();
    private final LateSite ofHost;
    private final Map<Generation, Integer> lifts = new ConcurrentHashMap<>();
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
        this.ofHost = site(Side.ofMemory(PointerType.I32, false));
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

    /** All places from which it is called. */
    List<LateSite> sites() {
        return sites;
    }

    /** The place from which all call it whose values go through the host's hands. */
    LateSite ofHost() {
        return ofHost;
    }

    /** A further place from which it is called: a lowering, whose side is given. */
    LateSite site(Side caller) {
        var site = new LateSite(this, caller);
        sites.add(site);
        return site;
    }

    /**
     * What the call site of a caller is of. With handles {@code (LateCall, parameters…) → result} in natural types, without {@code (core
     * parameters…, LateCall) → core result}.
     */
    MethodType type(Side caller) {
        return handles
                ? natural(signature)
                : CoreCall.java(signature.lowered(caller.pointer())).appendParameterTypes(Object.class);
    }

    /** The index of the function among a provider's lifts; an error if the provider has none that can be called. */
    int lift(Generation generation) {
        return lifts.computeIfAbsent(generation, each -> LinkedComponent.lift(find(each)));
    }

    private Item.Function find(Generation generation) {
        String name = generation.provider().export(export);
        LinkedComponent linked = generation.linked();
        return (label.isEmpty() ? linked.find("", name) : linked.find(name, label))
                .orElseThrow(() -> new LinkException("the provider exports no function `" + this + "`"));
    }

    /** How a place, whose side is given, calls a generation. */
    MethodHandle way(Generation generation, Side caller) {
        int lift = lift(generation);
        return handles ? throughHost(generation, lift) : fused(generation, lift, caller);
    }

    private MethodHandle fused(Generation generation, int lift, Side caller) {
        MethodHandle crossing = generation.linked().code().crossing(lift, signature, caller);
        return MethodHandles.filterArguments(crossing, contextAt(caller), LateCall.LOWERED);
    }

    private MethodHandle throughHost(Generation generation, int lift) {
        Code code = generation.linked().code();
        MethodHandle called = code.linkage().entering(code.export(lift, calleeSignature(generation)));
        return MethodHandles.filterArguments(called, 0, LateCall.LIFTED).asType(natural(signature));
    }

    /** The callee's side: the same values, its own resource types. */
    Signature calleeSignature(Generation generation) {
        return signatures.computeIfAbsent(generation, each -> {
            Code code = each.linked().code();
            return Signature.of(find(each).type(), type -> NeutralShapes.of(type, code::kind, LateResource.form()));
        });
    }

    /** Where among the parameters of {@link #type} the {@link LateCall} is. */
    int contextAt(Side caller) {
        return handles ? 0 : type(caller).parameterCount() - 1;
    }

    /** Has calls bind themselves first. */
    void unlink() {
        lifts.keySet().removeIf(Generation::isGone);
        signatures.keySet().removeIf(Generation::isGone);
        sites.forEach(LateSite::unlink);
    }

    /** Whether the one handle of the provider is the first parameter itself. */
    boolean isMethod() {
        return lateParams.equals(List.of(0)) && signature.params().getFirst() instanceof Shape.Handle;
    }

    @Override
    public String toString() {
        return label.isEmpty() ? export : export + "#" + label;
    }
}

package tenon.runtime.adapt;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import tenon.runtime.abi.FlatValues;
import tenon.runtime.abi.Lift;
import tenon.runtime.abi.LiftLowerContext;
import tenon.runtime.abi.Lower;
import tenon.runtime.abi.Shape;
import tenon.runtime.canon.CoreCall;
import tenon.runtime.canon.Signature;
import tenon.types.component.PointerType;

/** The context of a core function that gives back its one parameter, as the canonical ABI wants it. */
record Echoing(LiftLowerContext cx, Signature signature) {

    /** Its code, of type {@code (parameters…, Object context) → result}. */
    static MethodHandle core(Signature signature, PointerType pointer) {
        try {
            MethodHandle call = MethodHandles.lookup()
                    .findStatic(Echoing.class, "call", MethodType.methodType(long.class, Object.class, long[].class));
            return CoreCall.withContext(call, signature.lifted(pointer));
        } catch (NoSuchMethodException | IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private static long call(Object context, long[] bits) {
        var self = (Echoing) context;
        if (self.signature.flatResult() || !self.signature.flatParams()) {
            return bits[0];
        }
        Shape shape = self.signature.params().getFirst();
        Object value = Lift.flat(self.cx, new FlatValues(bits), shape);
        PointerType pointer = self.cx.pointer();
        long address = self.cx.allocate(shape.alignment(pointer), shape.size(pointer));
        Lower.store(self.cx, value, shape, address);
        return address;
    }
}

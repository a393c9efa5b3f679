package tenon.runtime.adapt;

import java.util.Optional;
import tenon.runtime.abi.Shape;
import tenon.runtime.canon.Signature;

/** How much code an adapter would have, in parts of types: bigger ones stay interpreted, since the JIT compiles no huge method. */
public final class AdapterSize {
    /** More parts than this stay interpreted. */
    public static final int MOST = 250;

    private AdapterSize() {}

    /** The parts of all parameters and of the result. */
    public static int of(Signature signature) {
        int size = signature.result().map(AdapterSize::of).orElse(0);
        for (Shape param : signature.params()) {
            size += of(param);
        }
        return size;
    }

    /** The parts of a shape; a list is one, since its elements are moved apart. */
    static int of(Shape shape) {
        int size = 1;
        switch (shape) {
            case Shape.Product product -> {
                for (Shape field : product.fields()) {
                    size += of(field);
                }
            }
            case Shape.Sum sum -> {
                for (Optional<Shape> payload : sum.cases()) {
                    size += payload.map(AdapterSize::of).orElse(0);
                }
            }
            case Shape.Scalar _,
                    Shape.Text _,
                    Shape.Numbers _,
                    Shape.Elements _,
                    Shape.Flags _,
                    Shape.Handle _,
                    Shape.AsyncValue _ -> {}
        }
        return size;
    }
}

package tenon.runtime.abi;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tenon.types.component.PointerType;

/**
 * Something that is not the same for 32-bit and 64-bit memories, such as a layout. Thread-safe if what it holds is immutable; what is
 * for 64-bit memories is made when it is first asked for.
 */
public final class PerPointer<T> {
    private final Function<PointerType, T> maker;
    private final T narrow;
    private volatile @Nullable T wide;

    /** What {@code maker} makes for a type of pointers; asked twice, it makes the same again. */
    public PerPointer(Function<PointerType, T> maker) {
        this.maker = maker;
        this.narrow = maker.apply(PointerType.I32);
    }

    /** What there is for a type of pointers. */
    public T of(PointerType pointer) {
        return pointer == PointerType.I32 ? narrow : wide();
    }

    private T wide() {
        T present = wide;
        if (present == null) {
            present = maker.apply(PointerType.I64);
            wide = present;
        }
        return present;
    }
}

package tenon.text.script;

import java.util.Optional;
import tenon.types.core.HeapType;

/** An argument of an action, or a result that is given in full. Immutable. */
public sealed interface Value
        permits ComponentValue,
                Value.I32,
                Value.I64,
                Value.F32,
                Value.F64,
                Value.V128,
                Value.RefNull,
                Value.RefExtern,
                Value.RefHost {

    record I32(int value) implements Value {}

    record I64(long value) implements Value {}

    /** By its bits, so that NaNs keep their payload. */
    record F32(int bits) implements Value {}

    /** By its bits, so that NaNs keep their payload. */
    record F64(long bits) implements Value {}

    /** Bytes 0 to 7 are {@code low}, little-endian. */
    record V128(long low, long high) implements Value {}

    /** {@code (ref.null heaptype)}; as a result it may leave the heap type open. */
    record RefNull(Optional<HeapType> heap) implements Value {}

    /** {@code (ref.extern N)}: the host's reference number N. */
    record RefExtern(int number) implements Value {}

    /** {@code (ref.host N)}: the host's reference number N, seen as {@code any}. */
    record RefHost(int number) implements Value {}
}

package tenon.text.script;

import java.util.List;
import tenon.types.core.HeapType;
import tenon.types.core.NumType;

/** What a result has to be: the grammar of scripts, {@code result_pat}. Immutable. */
public sealed interface ResultPattern {

    /** This value; floats bit by bit. */
    record Exactly(Value value) implements ResultPattern {}

    /** {@code nan:canonical}: of either sign, with the canonical payload. */
    record CanonicalNan(NumType type) implements ResultPattern {}

    /** {@code nan:arithmetic}: of either sign, with the highest bit of the payload set. */
    record ArithmeticNan(NumType type) implements ResultPattern {}

    /** {@code (ref.func)}, {@code (ref.i31)} and so on: any reference of the kind that is not null. */
    record RefOf(HeapType.Abstract heap) implements ResultPattern {}

    /** {@code (ref.func N)}: a function's reference, which the script believes to be number N of the current module. */
    record RefFunc(int index) implements ResultPattern {}

    /** {@code (v128.const shape lane*)}, lane 0 first; lanes of fewer than 32 bits are the low bits of an {@code i32}. */
    record Lanes(VectorShape shape, List<ResultPattern> lanes) implements ResultPattern {
        public Lanes {
            lanes = List.copyOf(lanes);
        }
    }

    /** {@code (either pattern*)}: one of them. */
    record Either(List<ResultPattern> patterns) implements ResultPattern {
        public Either {
            patterns = List.copyOf(patterns);
        }
    }
}

package tenon.text.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tenon.text.lex.Cursor;
import tenon.text.lex.Token;
import tenon.types.core.HeapType;
import tenon.types.core.NumType;

/** The values and result patterns of a script, each in its parenthesis. */
final class ValueReader {
    private ValueReader() {}

    /** Values up to the parenthesis that closes them. */
    static List<Value> values(Cursor at) {
        var values = new ArrayList<Value>();
        while (!at.at(Token.CLOSE)) {
            int token = at.index();
            if (!(pattern(at) instanceof ResultPattern.Exactly exactly)) {
                at.moveTo(token);
                throw at.unexpected("a value");
            }
            values.add(exactly.value());
        }
        return values;
    }

    /** Patterns up to the parenthesis that closes them. */
    static List<ResultPattern> patterns(Cursor at) {
        var patterns = new ArrayList<ResultPattern>();
        while (!at.at(Token.CLOSE)) {
            patterns.add(pattern(at));
        }
        return patterns;
    }

    private static ResultPattern pattern(Cursor at) {
        String word = at.openKeyword();
        var position = at.fork();
        at.moveTo(at.index() + 2);
        ResultPattern pattern = switch (word) {
            case "i32.const" -> number(at, NumType.I32);
            case "i64.const" -> number(at, NumType.I64);
            case "f32.const" -> number(at, NumType.F32);
            case "f64.const" -> number(at, NumType.F64);
            case "v128.const" -> vector(at);
            case "ref.null" -> exactly(new Value.RefNull(heap(at)));
            case "ref.extern" ->
                at.at(Token.CLOSE)
                        ? new ResultPattern.RefOf(HeapType.Abstract.EXTERN)
                        : exactly(new Value.RefExtern(at.expectU32()));
            case "ref.func" ->
                at.at(Token.CLOSE)
                        ? new ResultPattern.RefOf(HeapType.Abstract.FUNC)
                        : new ResultPattern.RefFunc(at.expectU32());
            case "ref.host" -> exactly(new Value.RefHost(at.expectU32()));
            case "either" -> either(at);
            default -> other(at, word, position);
        };
        at.expectClose();
        return pattern;
    }

    private static ResultPattern exactly(Value value) {
        return new ResultPattern.Exactly(value);
    }

    /** {@code ref.func} and its like, and the values of components. */
    private static ResultPattern other(Cursor at, String word, Cursor open) {
        for (HeapType.Abstract heap : HeapType.Abstract.values()) {
            if (word.equals("ref." + heap.text())) {
                return new ResultPattern.RefOf(heap);
            }
        }
        if (!ComponentValueReader.knows(word)) {
            throw open.unexpected("a value");
        }
        at.moveTo(at.index() - 1);
        return exactly(new ComponentValueReader(at).read());
    }

    private static ResultPattern either(Cursor at) {
        var patterns = new ArrayList<ResultPattern>();
        while (!at.at(Token.CLOSE)) {
            if (at.atOpen("either")) {
                throw at.unexpected("a value");
            }
            patterns.add(pattern(at));
        }
        return new ResultPattern.Either(patterns);
    }

    private static Optional<HeapType> heap(Cursor at) {
        if (at.at(Token.CLOSE)) {
            return Optional.empty();
        }
        for (HeapType.Abstract heap : HeapType.Abstract.values()) {
            if (at.take(heap.text())) {
                return Optional.of(heap);
            }
        }
        if (at.at(Token.INTEGER)) {
            return Optional.of(new HeapType.Defined(at.expectU32()));
        }
        throw at.unexpected("a heap type");
    }

    private static ResultPattern number(Cursor at, NumType type) {
        return switch (type) {
            case I32 -> exactly(new Value.I32(at.expectI32()));
            case I64 -> exactly(new Value.I64(at.expectInteger(Long.SIZE)));
            case F32 -> {
                Optional<ResultPattern> nan = nan(at, type);
                yield nan.isPresent() ? nan.get() : exactly(new Value.F32(at.expectF32()));
            }
            case F64 -> {
                Optional<ResultPattern> nan = nan(at, type);
                yield nan.isPresent() ? nan.get() : exactly(new Value.F64(at.expectF64()));
            }
        };
    }

    private static Optional<ResultPattern> nan(Cursor at, NumType type) {
        if (at.take("nan:canonical")) {
            return Optional.of(new ResultPattern.CanonicalNan(type));
        }
        return at.take("nan:arithmetic") ? Optional.of(new ResultPattern.ArithmeticNan(type)) : Optional.empty();
    }

    /** A vector without NaN patterns is a value, any other a list of lanes. */
    private static ResultPattern vector(Cursor at) {
        VectorShape shape = shape(at);
        var lanes = new ArrayList<ResultPattern>();
        long[] halves = new long[2];
        boolean exact = true;
        for (int i = 0; i < shape.lanes(); i++) {
            ResultPattern lane =
                    shape.laneBits() < Integer.SIZE ? small(at, shape.laneBits()) : number(at, shape.type());
            lanes.add(lane);
            if (lane instanceof ResultPattern.Exactly(Value value)) {
                int bit = i * shape.laneBits();
                halves[bit / Long.SIZE] |= bits(value) << bit % Long.SIZE;
            } else {
                exact = false;
            }
        }
        return exact ? exactly(new Value.V128(halves[0], halves[1])) : new ResultPattern.Lanes(shape, lanes);
    }

    private static VectorShape shape(Cursor at) {
        for (VectorShape shape : VectorShape.values()) {
            if (at.take(shape.text())) {
                return shape;
            }
        }
        throw at.unexpected("a vector's shape");
    }

    private static ResultPattern small(Cursor at, int bits) {
        return exactly(new Value.I32((int) at.expectInteger(bits) & ((1 << bits) - 1)));
    }

    private static long bits(Value number) {
        return switch (number) {
            case Value.I32 i32 -> Integer.toUnsignedLong(i32.value());
            case Value.F32 f32 -> Integer.toUnsignedLong(f32.bits());
            case Value.I64 i64 -> i64.value();
            case Value.F64 f64 -> f64.bits();
            case Value.V128 _, Value.RefNull _, Value.RefExtern _, Value.RefHost _, ComponentValue _ ->
                throw new AssertionError("no lane: " + number);
        };
    }
}

package tenon.runtime.adapt;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tenon.core.CoreMemory;
import tenon.runtime.abi.FlatValues;
import tenon.runtime.abi.Lift;
import tenon.runtime.abi.LiftLowerContext;
import tenon.runtime.abi.Lower;
import tenon.runtime.abi.Numbers;
import tenon.runtime.abi.Range;
import tenon.runtime.abi.Shape;
import tenon.runtime.abi.Strings;
import tenon.runtime.table.ResourceHandle;
import tenon.runtime.table.Rule;
import tenon.runtime.value.Result;
import tenon.types.component.ResourceType;

/** What generated adapters call: each step is small enough for the JIT to inline it. */
final class Steps {
    private Steps() {}

    static boolean bool(int value) {
        return value != 0;
    }

    static int character(int value) {
        return Lift.character(value);
    }

    static int hostCharacter(int value) {
        return Lower.character(value);
    }

    static float canonical(float value) {
        return Lift.canonical(value);
    }

    static double canonical(double value) {
        return Lift.canonical(value);
    }

    // addresses and lengths are unsigned longs here, whatever the memory; those that are given are one long for a
    // 32-bit memory

    static Object string(LiftLowerContext cx, long address, long length) {
        return Strings.load(cx, address, length).value();
    }

    static long storeString(LiftLowerContext cx, Object value) {
        return storeStringRange(cx, value).pair();
    }

    static Range storeStringRange(LiftLowerContext cx, Object value) {
        return Strings.store(cx, Strings.Lifted.ofHost((String) value));
    }

    static Object numbers(LiftLowerContext cx, long address, long length, Shape.Numbers shape) {
        return Numbers.load(cx, address, length, shape);
    }

    static long storeNumbers(LiftLowerContext cx, Object value, Shape.Numbers shape) {
        return storeNumbersRange(cx, value, shape).pair();
    }

    static Range storeNumbersRange(LiftLowerContext cx, Object value, Shape.Numbers shape) {
        return Numbers.store(cx, value, shape);
    }

    /** A list by its address and length, interpreted. */
    static Object list(LiftLowerContext cx, long address, long length, Shape shape) {
        return Lift.flat(cx, new FlatValues(new long[] {address, length}), shape);
    }

    /** A list lowered, interpreted: its address in the low half, its length in the high half. */
    static long storeList(LiftLowerContext cx, Object value, Shape shape) {
        return storeListRange(cx, value, shape).pair();
    }

    /** A list lowered, interpreted. */
    static Range storeListRange(LiftLowerContext cx, Object value, Shape shape) {
        var flat = new FlatValues(2);
        Lower.flat(cx, value, shape, flat);
        return new Range(flat.bits()[0], flat.bits()[1]);
    }

    /** A borrow of the host's own resource in a call that takes no resource over: nothing can end it meanwhile. */
    static Object borrowedHostObject(LiftLowerContext cx, int index, ResourceType type) {
        return Objects.requireNonNull(
                ResourceHandle.get(cx.instance().handles(), index, type).object());
    }

    /** Any other handle, interpreted. */
    static Object handle(LiftLowerContext cx, int index, Shape shape) {
        return Lift.flat(cx, new FlatValues(new long[] {index & 0xffffffffL}), shape);
    }

    /** A handle lowered, interpreted. */
    static int storeHandle(LiftLowerContext cx, Object value, Shape shape) {
        var flat = new FlatValues(1);
        Lower.flat(cx, value, shape, flat);
        return (int) flat.bits()[0];
    }

    /** A string from one memory to another. */
    static long transferString(LiftLowerContext from, LiftLowerContext to, long address, long length) {
        return transferStringRange(from, to, address, length).pair();
    }

    static Range transferStringRange(LiftLowerContext from, LiftLowerContext to, long address, long length) {
        return Strings.transfer(from, to, address, length);
    }

    /** A list of numbers from one memory to another. */
    static long transferNumbers(
            LiftLowerContext from, LiftLowerContext to, long address, long length, Shape.Numbers shape) {
        return transferNumbersRange(from, to, address, length, shape).pair();
    }

    static Range transferNumbersRange(
            LiftLowerContext from, LiftLowerContext to, long address, long length, Shape.Numbers shape) {
        return Numbers.transfer(from, to, address, length, shape);
    }

    static void checkUtf8(LiftLowerContext from, long address, long length) {
        Strings.checkUtf8(from, address, length);
    }

    static void checkList(LiftLowerContext from, long address, long length, int size, int alignment) {
        Lift.checkList(from, address, length, size, alignment);
    }

    static void checkElements(LiftLowerContext from, long address, long length, int size, int alignment) {
        Lift.checkElements(from, address, length, size, alignment);
    }

    /** Bytes from one memory to another: both places have been checked, and the target is marked as written. */
    static void copy(LiftLowerContext from, LiftLowerContext to, long source, long target, int length) {
        CoreMemory read = from.memory();
        CoreMemory written = to.memory();
        if (read.isChunked() || written.isChunked()) {
            written.copy(target, read, source, length);
        } else {
            System.arraycopy(read.bytes(), (int) source, written.bytes(), (int) target, length);
        }
    }

    /** An address and a length as one number. */
    static long pair(int address, int length) {
        return Lower.pair(address, length);
    }

    static void checkDiscriminant(int index, int cases) {
        if (Integer.compareUnsigned(index, cases) >= 0) {
            throw badDiscriminant();
        }
    }

    static void checkFlatDiscriminant(int index, int cases) {
        if (Integer.compareUnsigned(index, cases) >= 0) {
            throw badFlatDiscriminant();
        }
    }

    static RuntimeException badDiscriminant() {
        return Rule.trap("invalid variant discriminant", "Loading");
    }

    static RuntimeException badFlatDiscriminant() {
        return Rule.trap("invalid variant discriminant", "Flat Lifting");
    }

    static Object some(Object value) {
        return Optional.of(value);
    }

    static Object ok(Object value) {
        return Result.ok(value);
    }

    static Object err(Object error) {
        return Result.err(error);
    }

    static Object wrap(Shape.Scalar shape, Object boxed) {
        return shape.wrapper().wrap(boxed);
    }

    static Object unwrap(Shape.Scalar shape, Object value) {
        return shape.wrapper().unwrap(value);
    }

    static Object makeProduct(Shape.Product shape, Object[] fields) {
        return shape.form().make(fields);
    }

    static Object[] takeProduct(Shape.Product shape, Object value) {
        return shape.form().take(value);
    }

    static Object makeFlags(Shape.Flags shape, int bits) {
        return shape.form().make(bits);
    }

    static int flagBits(Shape.Flags shape, Object value) {
        return shape.form().bits(value);
    }

    static Object makeCase(Shape.Sum shape, int index, @Nullable Object payload) {
        return shape.form().make(index, payload);
    }

    static int caseIndex(Shape.Sum shape, Object value) {
        return shape.form().index(value);
    }

    static Object casePayload(Shape.Sum shape, Object value, int index) {
        return Objects.requireNonNull(shape.form().payload(value, index));
    }

    /** The result of a host's function, which must not be null. */
    static Object result(@Nullable Object value) {
        return Objects.requireNonNull(value, "the host's function gave null");
    }

    /** The array of a guest's memory. */
    static byte[] bytes(LiftLowerContext cx) {
        return cx.memory().bytes();
    }

    /** Checks where a tuple of parameters or a result lies. */
    static void checkTuple(LiftLowerContext cx, long address, int size, int alignment) {
        cx.check(address, size, alignment, "pointer out of bounds of memory", "Lifting and Lowering Values");
    }

    /** Checks where a result is to go, and marks that place as written. */
    static void checkTarget(LiftLowerContext cx, long address, int size, int alignment) {
        checkTuple(cx, address, size, alignment);
        cx.memory().mark(address, size);
    }
}

package tenon.make.component;

import java.util.List;
import java.util.Optional;
import tenon.component.CanonicalOptions;
import tenon.component.CanonicalOptions.StringEncoding;
import tenon.make.MakeException;
import tenon.make.world.Lifting;
import tenon.types.component.Flattening;
import tenon.types.component.FunctionType;
import tenon.types.component.FutureType;
import tenon.types.component.ListType;
import tenon.types.component.MapType;
import tenon.types.component.PointerType;
import tenon.types.component.PrimitiveType;
import tenon.types.component.StreamType;
import tenon.types.component.ValueType;

/** Which options a canonical definition needs: CanonicalABI.md, {@code CanonicalOptions}. Immutable. */
record Options(boolean memory, boolean realloc, boolean encoding, boolean async) {
    static final Options NONE = new Options(false, false, false, false);
    static final Options MEMORY = new Options(true, false, false, false);

    boolean isNone() {
        return equals(NONE);
    }

    private Options or(Options other) {
        return new Options(
                memory || other.memory, realloc || other.realloc, encoding || other.encoding, async || other.async);
    }

    Options withoutRealloc() {
        return new Options(memory, false, encoding, async);
    }

    /** A function that a module imports: it gives parameters and gets the result. */
    static Options lowered(FunctionType type, boolean async) {
        Options options = given(type.paramTypes())
                .or(got(type.result().stream().toList()))
                .or(new Options(false, false, false, async));
        int most = async ? Flattening.MAX_FLAT_ASYNC_PARAMS : Flattening.MAX_FLAT_PARAMS;
        boolean throughMemory = isLarge(type.paramTypes(), most)
                || (async
                        ? type.result().isPresent()
                        : isLarge(type.result().stream().toList(), Flattening.MAX_FLAT_RESULTS));
        return throughMemory ? options.or(MEMORY) : options;
    }

    /** A function that a module exports: it gets parameters and gives the result. */
    static Options lifted(FunctionType type, Lifting lifting) {
        List<ValueType> result = type.result().stream().toList();
        Options options = got(type.paramTypes()).or(given(result));
        if (isLarge(type.paramTypes(), Flattening.MAX_FLAT_PARAMS)) {
            options = options.or(new Options(true, true, false, false));
        }
        if (lifting == Lifting.SYNC) {
            return isLarge(result, Flattening.MAX_FLAT_RESULTS) ? options.or(MEMORY) : options;
        }
        return options.or(taskReturn(type)).or(new Options(false, false, false, true));
    }

    /** {@code task.return} of a function. */
    static Options taskReturn(FunctionType type) {
        return lowered(type, false).withoutRealloc();
    }

    /** Values that a module reads from a stream or future, or writes to it. */
    static Options transfer(ValueType payload, boolean read, boolean async) {
        List<ValueType> values = (payload instanceof StreamType stream ? stream.element() : element(payload))
                .stream().toList();
        FunctionType type = read
                ? new FunctionType(List.of(), values.stream().findFirst(), false)
                : new FunctionType(
                        values.stream()
                                .map(value -> new FunctionType.Parameter("x", value))
                                .toList(),
                        Optional.empty(),
                        false);
        return lowered(type, async).or(MEMORY);
    }

    private static Optional<ValueType> element(ValueType payload) {
        return payload instanceof FutureType future ? future.element() : Optional.empty();
    }

    /** A stream or future without a type. */
    static Options transfer(boolean async) {
        return new Options(true, false, false, async);
    }

    private static boolean isLarge(List<ValueType> types, int most) {
        return Flattening.flatten(types, most, PointerType.I32).isEmpty();
    }

    private static Options given(List<ValueType> types) {
        boolean strings = types.stream().anyMatch(Options::hasStrings);
        return new Options(strings || types.stream().anyMatch(Options::hasLists), false, strings, false);
    }

    private static Options got(List<ValueType> types) {
        Options given = given(types);
        return new Options(given.memory, given.memory, given.encoding, false);
    }

    private static boolean hasStrings(ValueType type) {
        return type == PrimitiveType.STRING
                || (!isHandle(type) && type.parts().stream().anyMatch(Options::hasStrings));
    }

    private static boolean hasLists(ValueType type) {
        boolean list = type instanceof ListType || type instanceof MapType;
        return list || (!isHandle(type) && type.parts().stream().anyMatch(Options::hasLists));
    }

    /** What moves through a stream is of no concern to who moves the stream. */
    private static boolean isHandle(ValueType type) {
        return type instanceof StreamType || type instanceof FutureType;
    }

    /** The options themselves; what is needed must be there. */
    CanonicalOptions toCanonical(
            StringEncoding strings, Optional<Integer> memoryIndex, Optional<Integer> reallocIndex) {
        if (memory && memoryIndex.isEmpty()) {
            throw new MakeException("the module exports no memory, expected one called `memory`");
        }
        if (realloc && reallocIndex.isEmpty()) {
            throw new MakeException(
                    "the module has no function that allocates memory, expected an export called `cabi_realloc`");
        }
        return new CanonicalOptions(
                encoding ? strings : StringEncoding.UTF8,
                memory ? memoryIndex : Optional.empty(),
                realloc ? reallocIndex : Optional.empty(),
                Optional.empty(),
                async,
                Optional.empty(),
                List.of());
    }
}

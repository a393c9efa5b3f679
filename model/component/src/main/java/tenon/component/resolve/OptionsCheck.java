package tenon.component.resolve;

import java.util.List;
import tenon.component.CanonicalOptions;
import tenon.component.ComponentFeature;
import tenon.component.Sort;
import tenon.types.InvalidException;
import tenon.types.component.Flattening;
import tenon.types.component.FunctionType;
import tenon.types.component.FutureType;
import tenon.types.component.ListType;
import tenon.types.component.MapType;
import tenon.types.component.PointerType;
import tenon.types.component.PrimitiveType;
import tenon.types.component.StreamType;
import tenon.types.component.ValueType;
import tenon.types.core.FuncType;
import tenon.types.core.Limits;
import tenon.types.core.MemoryType;
import tenon.types.core.NumType;

/** Checks the options of canonical definitions: CanonicalABI.md, "canonopt Validation". */
final class OptionsCheck {
    private final IndexSpaces scope;

    OptionsCheck(IndexSpaces scope) {
        this.scope = scope;
    }

    /** The type of addresses in the memory; {@code i32} if there is none. */
    PointerType pointer(CanonicalOptions options, long at) {
        return options.memory().map(index -> pointer(index, at)).orElse(PointerType.I32);
    }

    /** The type of addresses in a memory of index {@link Sort#CORE_MEMORY}. */
    PointerType pointer(int memory, long at) {
        MemoryType type =
                IndexSpaces.at(scope.coreMemories, memory, Sort.CORE_MEMORY, at).type();
        require(!type.shared(), "memory " + memory + " is shared: mismatch in the shared flag for memories", at);
        if (type.limits().address() == Limits.AddressType.I32) {
            return PointerType.I32;
        }
        scope.require(ComponentFeature.MEMORY64, at, "a 64-bit memory");
        return PointerType.I64;
    }

    /** What holds for all; gives back the type of addresses. */
    PointerType check(CanonicalOptions options, long at) {
        PointerType pointer = pointer(options, at);
        require(options.gc() || options.coreType().isEmpty(), "cannot specify `core-type` without `gc`", at);
        if (options.realloc().isPresent()) {
            require(options.memory().isPresent(), "canonical option `memory` is required with `realloc`", at);
            NumType address = pointer.type();
            var wanted = new FuncType(List.of(address, address, address, address), List.of(address));
            signature(options.realloc().get(), wanted, "realloc", at);
        }
        return pointer;
    }

    void checkGcLift(CanonicalOptions options, long at) {
        check(options, at);
        require(options.coreType().isEmpty(), "canonical option `core-type` cannot be specified for lifts", at);
        require(
                !options.async() || options.postReturn().isEmpty(),
                "cannot specify both `async` and `post-return`",
                at);
    }

    void checkGcLower(CanonicalOptions options, long at) {
        check(options, at);
        require(
                options.coreType().isPresent(),
                "cannot specify `gc` without also specifying a `core-type` for lowerings",
                at);
        require(options.postReturn().isEmpty(), "canonical option `post-return` cannot be specified for lowerings", at);
        require(options.callback().isEmpty(), "canonical option `callback` cannot be specified for lowerings", at);
    }

    void checkLift(CanonicalOptions options, FunctionType type, long at) {
        check(options, at);
        if (options.async()) {
            require(type.async(), "canonical option `async` requires an async function type", at);
            require(options.postReturn().isEmpty(), "cannot specify both `async` and `post-return`", at);
        }
        if (options.callback().isPresent()) {
            require(options.async(), "cannot specify callback without async", at);
            var wanted = new FuncType(List.of(NumType.I32, NumType.I32, NumType.I32), List.of(NumType.I32));
            signature(options.callback().get(), wanted, "callback", at);
        }
        boolean spilled = !fits(type.paramTypes(), Flattening.MAX_FLAT_PARAMS);
        if (spilled || needsMemory(type.paramTypes())) {
            require(options.memory().isPresent(), "canonical option `memory` is required", at);
            require(options.realloc().isPresent(), "canonical option `realloc` is required", at);
        }
        int max = options.async() ? Flattening.MAX_FLAT_PARAMS : Flattening.MAX_FLAT_RESULTS;
        if (needsMemory(type.result().stream().toList())
                || !fits(type.result().stream().toList(), max)) {
            require(options.memory().isPresent(), "canonical option `memory` is required", at);
        }
    }

    void checkLower(CanonicalOptions options, FunctionType type, long at) {
        check(options, at);
        require(options.postReturn().isEmpty(), "canonical option `post-return` cannot be specified for lowerings", at);
        require(options.callback().isEmpty(), "canonical option `callback` cannot be specified for lowerings", at);
        if (options.async()) {
            require(type.async(), "canonical option `async` requires an async function type", at);
        }
        int max = options.async() ? Flattening.MAX_FLAT_ASYNC_PARAMS : Flattening.MAX_FLAT_PARAMS;
        List<ValueType> results = type.result().stream().toList();
        if (needsMemory(type.paramTypes())
                || !fits(type.paramTypes(), max)
                || needsMemory(results)
                || !fits(results, options.async() ? 0 : Flattening.MAX_FLAT_RESULTS)) {
            require(options.memory().isPresent(), "canonical option `memory` is required", at);
        }
        if (needsMemory(results)) {
            require(options.realloc().isPresent(), "canonical option `realloc` is required", at);
        }
    }

    /** Streams, futures and error contexts: what {@code copied} values need when they are read. */
    PointerType checkCopy(CanonicalOptions options, List<ValueType> copied, boolean reads, long at) {
        require(options.postReturn().isEmpty(), "canonical option `post-return` cannot be specified for lowerings", at);
        require(options.callback().isEmpty(), "canonical option `callback` cannot be specified for lowerings", at);
        if (!copied.isEmpty()) {
            require(options.memory().isPresent(), "canonical option `memory` is required", at);
        }
        if (reads && needsMemory(copied)) {
            require(options.realloc().isPresent(), "canonical option `realloc` is required", at);
        }
        return check(options, at);
    }

    PointerType checkTaskReturn(CanonicalOptions options, long at) {
        require(options.realloc().isEmpty(), "canonical option `realloc` cannot be specified for `task.return`", at);
        require(
                options.postReturn().isEmpty(),
                "canonical option `post-return` cannot be specified for `task.return`",
                at);
        require(options.callback().isEmpty(), "canonical option `callback` cannot be specified for `task.return`", at);
        require(!options.async(), "canonical option `async` cannot be specified for `task.return`", at);
        return check(options, at);
    }

    /** Whether the values lie in memory however few they are: strings, lists and maps do; what a stream carries comes later. */
    private static boolean needsMemory(List<ValueType> types) {
        return types.stream().anyMatch(OptionsCheck::needsMemory);
    }

    private static boolean needsMemory(ValueType type) {
        // no switch: one over types and a constant takes 15 ms to link, when a component starts
        if (type instanceof StreamType || type instanceof FutureType) {
            return false;
        }
        return type == PrimitiveType.STRING
                || type instanceof ListType
                || type instanceof MapType
                || needsMemory(type.parts());
    }

    private static boolean fits(List<ValueType> types, int max) {
        return Flattening.flatten(types, max, PointerType.I32).isPresent();
    }

    private void signature(int function, FuncType wanted, String option, long at) {
        FuncType found = IndexSpaces.at(scope.coreFunctions, function, Sort.CORE_FUNC, at)
                .type();
        require(
                found.equals(wanted),
                "canonical option `" + option + "` uses a core function with an incorrect signature, expected " + wanted
                        + ", found " + found,
                at);
    }

    private static void require(boolean condition, String otherwise, long at) {
        if (!condition) {
            throw new InvalidException(at, otherwise);
        }
    }
}

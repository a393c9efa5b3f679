package tenon.component.resolve;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tenon.component.Canon;
import tenon.component.CanonicalOptions;
import tenon.component.Sort;
import tenon.component.TypeExpression;
import tenon.types.InvalidException;
import tenon.types.component.Flattening;
import tenon.types.component.FunctionType;
import tenon.types.component.FutureType;
import tenon.types.component.PointerType;
import tenon.types.component.ResourceType;
import tenon.types.component.StreamType;
import tenon.types.component.ValueType;
import tenon.types.core.FuncType;
import tenon.types.core.HeapType;
import tenon.types.core.Limits;
import tenon.types.core.NumType;
import tenon.types.core.RefType;
import tenon.types.core.ValType;

/** Gives canonical definitions their types, and checks their options: CanonicalABI.md, "Canonical Definitions". */
final class CanonResolver {
    private static final NumType I32 = NumType.I32;

    private final IndexSpaces scope;
    private final TypeResolver types;
    private final OptionsCheck options;
    private @Nullable ValType context;

    CanonResolver(IndexSpaces scope, TypeResolver types) {
        this.scope = scope;
        this.types = types;
        this.options = new OptionsCheck(scope);
    }

    void define(Canon canon) {
        if (canon instanceof Canon.Lift lift) {
            scope.functions.add(new Item.Func(lift(lift)));
        } else {
            scope.coreFunctions.add(new CoreItem.Func(coreType(canon)));
        }
    }

    private FunctionType lift(Canon.Lift lift) {
        long at = lift.offset();
        FuncType callee = coreFunction(lift.coreFunction(), at);
        FunctionType type = types.functionType(lift.type(), at);
        if (lift.options().gc()) {
            options.checkGcLift(lift.options(), at);
            new GcLowering(scope, lift.options(), at).checkLift(type, callee);
            return type;
        }
        options.checkLift(lift.options(), type, at);
        FuncType expected = Flattening.lift(
                type,
                lift.options().async(),
                lift.options().callback().isPresent(),
                options.pointer(lift.options(), at));
        if (!callee.equals(expected)) {
            throw new InvalidException(
                    at,
                    "lowered type of `canon lift` does not match core function " + lift.coreFunction() + ": expected "
                            + expected + ", found " + callee);
        }
        Optional<Integer> postReturn = lift.options().postReturn();
        if (postReturn.isPresent()) {
            var wanted = new FuncType(expected.results(), List.of());
            if (!coreFunction(postReturn.get(), at).equals(wanted)) {
                throw new InvalidException(
                        at,
                        "canonical option `post-return` uses a core function with an incorrect signature, expected "
                                + wanted);
            }
        }
        return type;
    }

    private FuncType coreFunction(int index, long at) {
        return IndexSpaces.at(scope.coreFunctions, index, Sort.CORE_FUNC, at).type();
    }

    private FuncType coreType(Canon canon) {
        long at = canon.offset();
        return switch (canon) {
            case Canon.Lift _ -> throw new AssertionError("lift makes no core function");
            case Canon.Lower lower -> {
                FunctionType type = IndexSpaces.at(scope.functions, lower.function(), Sort.FUNC, at)
                        .type();
                if (lower.options().gc()) {
                    options.checkGcLower(lower.options(), at);
                    yield new GcLowering(scope, lower.options(), at).lower(type);
                }
                options.checkLower(lower.options(), type, at);
                yield Flattening.lower(type, lower.options().async(), options.pointer(lower.options(), at));
            }
            case Canon.ResourceNew each -> {
                yield type(List.of(ownResource(each.resource(), at)), I32);
            }
            case Canon.ResourceDrop each -> {
                types.resource(each.resource(), at);
                yield type(List.of(I32));
            }
            case Canon.ResourceRep each -> {
                yield type(List.of(I32), ownResource(each.resource(), at));
            }
            case Canon.TaskReturn each -> taskReturn(each);
            case Canon.ContextGet each -> type(List.of(), slot(each.type(), each.slot(), at));
            case Canon.ContextSet each -> type(List.of(slot(each.type(), each.slot(), at)));
            case Canon.BackpressureInc _, Canon.BackpressureDec _, Canon.TaskCancel _ -> type(List.of());
            case Canon.SubtaskCancel _ -> type(List.of(I32), I32);
            case Canon.SubtaskDrop _, Canon.WaitableSetDrop _, Canon.ErrorContextDrop _ -> type(List.of(I32));
            case Canon.StreamNew each -> stream(each.type(), at, type(List.of(), NumType.I64));
            case Canon.StreamRead each -> streamCopy(each.type(), each.options(), true, at);
            case Canon.StreamWrite each -> streamCopy(each.type(), each.options(), false, at);
            case Canon.StreamForward each -> stream(each.type(), at, type(List.of(I32, I32)));
            case Canon.StreamCancelRead each -> stream(each.type(), at, type(List.of(I32), I32));
            case Canon.StreamCancelWrite each -> stream(each.type(), at, type(List.of(I32), I32));
            case Canon.StreamDropReadable each -> stream(each.type(), at, type(List.of(I32)));
            case Canon.StreamDropWritable each -> stream(each.type(), at, type(List.of(I32)));
            case Canon.FutureNew each -> future(each.type(), at, type(List.of(), NumType.I64));
            case Canon.FutureRead each -> futureCopy(each.type(), each.options(), true, at);
            case Canon.FutureWrite each -> futureCopy(each.type(), each.options(), false, at);
            case Canon.FutureForward each -> future(each.type(), at, type(List.of(I32, I32)));
            case Canon.FutureCancelRead each -> future(each.type(), at, type(List.of(I32), I32));
            case Canon.FutureCancelWrite each -> future(each.type(), at, type(List.of(I32), I32));
            case Canon.FutureDropReadable each -> future(each.type(), at, type(List.of(I32)));
            case Canon.FutureDropWritable each -> future(each.type(), at, type(List.of(I32)));
            case Canon.ErrorContextNew each -> {
                NumType pointer =
                        options.checkCopy(each.options(), List.of(), false, at).type();
                yield type(List.of(pointer, pointer), I32);
            }
            case Canon.ErrorContextDebugMessage each ->
                type(List.of(I32, options.check(each.options(), at).type()));
            case Canon.WaitableSetNew _, Canon.ThreadIndex _, Canon.ThreadAvailableParallelism _ ->
                type(List.of(), I32);
            case Canon.WaitableSetWait each -> type(List.of(I32, memory(each.memory(), at)), I32);
            case Canon.WaitableSetPoll each -> type(List.of(I32, memory(each.memory(), at)), I32);
            case Canon.WaitableJoin _ -> type(List.of(I32, I32));
            case Canon.ThreadNewIndirect each -> spawnIndirect(each.type(), each.table(), at);
            case Canon.ThreadSpawnIndirect each -> spawnIndirect(each.type(), each.table(), at);
            case Canon.ThreadSpawnRef each ->
                type(List.of(new RefType(true, new HeapType.Defined(each.type())), closure(each.type(), at)), I32);
            case Canon.ThreadResumeLater _ -> type(List.of(I32));
            case Canon.ThreadSuspend _, Canon.ThreadYield _ -> type(List.of(), I32);
            case Canon.ThreadSuspendThenResume _,
                    Canon.ThreadYieldThenResume _,
                    Canon.ThreadSuspendThenPromote _,
                    Canon.ThreadYieldThenPromote _ -> type(List.of(I32), I32);
        };
    }

    private static FuncType type(List<ValType> params, ValType... results) {
        return new FuncType(params, Arrays.asList(results));
    }

    /** What represents a resource that the component defines itself. */
    private ValType ownResource(int index, long at) {
        ResourceType resource = types.resource(index, at);
        TypeExpression.ResourceOf definition = scope.ownResources.get(resource);
        if (definition == null) {
            throw new InvalidException(at, "type index " + index + " is not a local resource");
        }
        return definition.representation();
    }

    private FuncType taskReturn(Canon.TaskReturn each) {
        PointerType pointer = options.checkTaskReturn(each.options(), each.offset());
        List<ValueType> results =
                types.optional(each.result(), each.offset()).stream().toList();
        if (results.stream().anyMatch(ValueType::containsBorrow)) {
            throw new InvalidException(each.offset(), "`task.return` result cannot contain a `borrow` type");
        }
        List<ValType> flat = List.copyOf(
                Flattening.flatten(results, Flattening.MAX_FLAT_PARAMS, pointer).orElse(List.of(pointer.type())));
        return new FuncType(flat, List.of());
    }

    /** All slots of a component are of one type: CanonicalABI.md, {@code canon context.get}. */
    private ValType slot(ValType type, int slot, long at) {
        if (type != NumType.I32 && type != NumType.I64) {
            throw new InvalidException(at, "context slots hold i32 or i64, found " + type.text());
        }
        if (slot >= 2) {
            throw new InvalidException(at, "context slot " + slot + " does not exist, expected 0 or 1");
        }
        if (context != null && context != type) {
            throw new InvalidException(
                    at, "type must match previous context type: expected " + context.text() + ", found " + type.text());
        }
        context = type;
        return type;
    }

    private FuncType stream(int index, long at, FuncType type) {
        streamType(index, at);
        return type;
    }

    private StreamType streamType(int index, long at) {
        if (!(types.type(index, at) instanceof StreamType stream)) {
            throw new InvalidException(at, "type index " + index + " is not a stream type");
        }
        return stream;
    }

    private FuncType future(int index, long at, FuncType type) {
        futureType(index, at);
        return type;
    }

    private FutureType futureType(int index, long at) {
        if (!(types.type(index, at) instanceof FutureType future)) {
            throw new InvalidException(at, "type index " + index + " is not a future type");
        }
        return future;
    }

    private FuncType streamCopy(int index, CanonicalOptions given, boolean reads, long at) {
        List<ValueType> copied = streamType(index, at).element().stream().toList();
        NumType pointer = options.checkCopy(given, copied, reads, at).type();
        return type(List.of(I32, pointer, pointer), pointer);
    }

    private FuncType futureCopy(int index, CanonicalOptions given, boolean reads, long at) {
        List<ValueType> copied = futureType(index, at).element().stream().toList();
        NumType pointer = options.checkCopy(given, copied, reads, at).type();
        return type(List.of(I32, pointer), I32);
    }

    private NumType memory(int index, long at) {
        return options.pointer(index, at).type();
    }

    /** The one parameter of a thread's function. */
    private ValType closure(int index, long at) {
        if (IndexSpaces.at(scope.coreTypes, index, Sort.CORE_TYPE, at) instanceof IndexSpaces.CoreType.Defined defined
                && defined.type().composite() instanceof FuncType function
                && function.results().isEmpty()
                && function.params().size() == 1
                && function.params().getFirst() instanceof NumType closure
                && (closure == NumType.I32 || closure == NumType.I64)) {
            return closure;
        }
        throw new InvalidException(at, "start function of a thread must take one i32 or i64 and return nothing");
    }

    private FuncType spawnIndirect(int type, int table, long at) {
        Limits limits = IndexSpaces.at(scope.coreTables, table, Sort.CORE_TABLE, at)
                .type()
                .limits();
        return type(List.of(limits.address().type(), closure(type, at)), I32);
    }
}

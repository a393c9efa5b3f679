package tenon.runtime;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import tenon.core.Trap;
import tenon.core.TrapKind;
import tenon.runtime.value.Value;
import tenon.types.LinkException;
import tenon.types.component.BorrowType;
import tenon.types.component.EnumType;
import tenon.types.component.FixedLengthListType;
import tenon.types.component.FlagsType;
import tenon.types.component.FunctionType;
import tenon.types.component.FutureType;
import tenon.types.component.ListType;
import tenon.types.component.MapType;
import tenon.types.component.OptionType;
import tenon.types.component.OwnType;
import tenon.types.component.PrimitiveType;
import tenon.types.component.RecordType;
import tenon.types.component.ResultType;
import tenon.types.component.StreamType;
import tenon.types.component.TupleType;
import tenon.types.component.ValueType;
import tenon.types.component.VariantType;

/** An imported function that a {@link LinkPolicy} answers in place of what is offered. Immutable. */
final class MadeUp {
    /** What stands behind all functions: nothing. */
    static final Linker.Definition DEFINITION = new Linker.Definition(
            HostInterface.of("", Nothing.class, MethodHandles.lookup()).build(), _ -> new Nothing());

    private static final MethodHandle CALL;

    static {
        try {
            CALL = MethodHandles.lookup().findVirtual(MadeUp.class, "call", MethodType.methodType(Optional.class));
        } catch (NoSuchMethodException | IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private final LinkPolicy.Rule rule;
    private final String name;
    private final Optional<ValueType> result;

    /** State without content. */
    static final class Nothing {}

    /** A resource without content. */
    static final class Thing {}

    /**
     * A function.
     *
     * @param name of the import and the function in it
     * @throws LinkException if its result cannot be made up
     */
    MadeUp(LinkPolicy.Rule rule, String name, FunctionType type) {
        this.rule = rule;
        this.name = name;
        this.result = rule.answer() == LinkPolicy.Answer.MOCK ? type.result() : Optional.empty();
        this.result.ifPresent(MadeUp::zero);
    }

    /** How it is called, of type {@code (Object, List<Value>) → Optional<Value>}. */
    MethodHandle handle() {
        return MethodHandles.dropArguments(CALL.bindTo(this), 0, Object.class, List.class);
    }

    private Optional<Value> call() {
        if (rule.answer() == LinkPolicy.Answer.MOCK) {
            return result.map(MadeUp::zero);
        }
        throw new Trap(TrapKind.HOST, "`" + name + "` is denied by the policy for `" + rule.pattern() + "`");
    }

    /**
     * The least value of a type.
     *
     * @throws LinkException if there is none without a guest
     */
    static Value zero(ValueType type) {
        return switch (type) {
            case PrimitiveType primitive -> zero(primitive);
            case ListType _, MapType _ -> new Value.Sequence(List.of());
            case FixedLengthListType list ->
                new Value.Sequence(
                        Collections.nCopies((int) Math.min(list.length(), Integer.MAX_VALUE), zero(list.element())));
            case RecordType record ->
                new Value.Fields(record.fields().stream()
                        .map(field -> new Value.Field(field.label(), zero(field.type())))
                        .toList());
            case TupleType tuple ->
                new Value.Tuple(tuple.types().stream().map(MadeUp::zero).toList());
            case VariantType variant ->
                new Value.Variant(
                        variant.cases().getFirst().label(),
                        variant.cases().getFirst().type().map(MadeUp::zero));
            case EnumType choice -> new Value.Enumeration(choice.labels().getFirst());
            case FlagsType _ -> new Value.Flags(List.of());
            case OptionType _ -> new Value.Option(Optional.empty());
            case ResultType either -> new Value.Ok(either.ok().map(MadeUp::zero));
            case OwnType _ -> new Value.Handle(new Thing());
            case BorrowType _, StreamType _, FutureType _ ->
                throw new LinkException("a value of type `" + type + "` cannot be made up");
        };
    }

    private static Value zero(PrimitiveType type) {
        return switch (type) {
            case BOOL -> new Value.Bool(false);
            case S8 -> new Value.S8((byte) 0);
            case U8 -> new Value.U8((byte) 0);
            case S16 -> new Value.S16((short) 0);
            case U16 -> new Value.U16((short) 0);
            case S32 -> new Value.S32(0);
            case U32 -> new Value.U32(0);
            case S64 -> new Value.S64(0);
            case U64 -> new Value.U64(0);
            case F32 -> new Value.F32(0);
            case F64 -> new Value.F64(0);
            case CHAR -> new Value.Char(0);
            case STRING -> new Value.Text("");
            case ERROR_CONTEXT -> throw new LinkException("a value of type `" + type + "` cannot be made up");
        };
    }
}

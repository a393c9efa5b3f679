package tenon.conformance.values;

import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tenon.runtime.value.ErrorContext;
import tenon.runtime.value.FutureReader;
import tenon.runtime.value.Result;
import tenon.runtime.value.StreamReader;
import tenon.runtime.value.Unit;
import tenon.runtime.value.Value;
import tenon.types.component.BorrowType;
import tenon.types.component.EnumType;
import tenon.types.component.FixedLengthListType;
import tenon.types.component.FlagsType;
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

/** Values as typed Java objects, of the classes that a {@link TypedSource} has. */
record TypedForm(Handles handles, Class<?> program, TypeText types) implements Form {
    @Override
    public Object send(ValueType type, Value described) {
        return switch (type) {
            case PrimitiveType _ -> primitive(described, type);
            case ListType list -> list(list.element(), described);
            case FixedLengthListType list -> list(list.element(), described);
            case MapType map -> {
                var entries = new LinkedHashMap<Object, Object>();
                for (Value entry : ((Value.Sequence) described).elements()) {
                    List<Value> pair = ((Value.Tuple) entry).elements();
                    entries.put(send(map.key(), pair.getFirst()), send(map.value(), pair.getLast()));
                }
                yield entries;
            }
            case RecordType _ -> construct(named(type), parts(type, described));
            case TupleType tuple -> construct(tuple(tuple.types().size()), parts(type, described));
            case VariantType _, EnumType _, OptionType _, ResultType _ -> sendSum(type, described);
            case FlagsType flags -> construct(named(type), List.of(bits(flags, (Value.Flags) described)));
            case OwnType own -> handles.make(own.resource(), ((Value.U32) described).value());
            case BorrowType borrow -> handles.lend(borrow.resource(), ((Value.U32) described).value());
            case StreamType stream ->
                handles.stream(((Value.Sequence) described)
                        .elements().stream()
                                .map(each -> element(stream.element(), each))
                                .toList());
            case FutureType future -> handles.future(element(future.element(), described));
        };
    }

    private Object element(Optional<ValueType> type, Value described) {
        return type.map(one -> send(one, described)).orElse(Unit.UNIT);
    }

    private List<Object> parts(ValueType type, Value described) {
        var parts = new ArrayList<Object>();
        Parts.of(type, described).forEach(part -> parts.add(send(part.type(), part.value())));
        return parts;
    }

    private Class<?> named(ValueType type) {
        return within("T" + types.named().indexOf(type));
    }

    private Class<?> within(String name) {
        return named(program.getName() + "$" + name, program.getClassLoader());
    }

    private static Class<?> named(String name, ClassLoader loader) {
        try {
            return Class.forName(name, true, loader);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static Class<?> tuple(int size) {
        return named("tenon.runtime.value.Tuple" + size, Unit.class.getClassLoader());
    }

    private static Object construct(Class<?> type, List<?> arguments) {
        try {
            Constructor<?> constructor = type.getDeclaredConstructors()[0];
            return constructor.newInstance(arguments.toArray());
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static Object get(Object record, int component) {
        try {
            RecordComponent[] components = record.getClass().getRecordComponents();
            return components[component].getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static int bits(FlagsType type, Value.Flags flags) {
        return flags.labels().stream()
                .mapToInt(label -> 1 << type.labels().indexOf(label))
                .sum();
    }

    private Object list(ValueType element, Value described) {
        List<Value> values = ((Value.Sequence) described).elements();
        if (!TypedSource.isArray(element)) {
            return values.stream().map(each -> send(element, each)).toList();
        }
        Object array = Array.newInstance(TypedSource.primitive((PrimitiveType) element), values.size());
        for (int i = 0; i < values.size(); i++) {
            Array.set(array, i, primitive(values.get(i), element));
        }
        return array;
    }

    private Object sendSum(ValueType type, Value described) {
        Optional<Object> payload = parts(type, described).stream().findFirst();
        return switch (described) {
            case Value.Option _ -> payload;
            case Value.Ok _ -> Result.ok(payload.orElse(Unit.UNIT));
            case Value.Err _ -> Result.err(payload.orElse(Unit.UNIT));
            case Value.Enumeration(var label) ->
                named(type).getEnumConstants()[((EnumType) type).labels().indexOf(label)];
            case Value.Variant(var label, var _) ->
                construct(
                        within("T" + types.named().indexOf(type) + "$C" + index((VariantType) type, label)),
                        payload.stream().toList());
            default -> throw new AssertionError(described);
        };
    }

    private static int index(VariantType type, String label) {
        return type.cases().stream().map(VariantType.Case::label).toList().indexOf(label);
    }

    private static Object primitive(Value value, ValueType type) {
        return switch (value) {
            case Value.Bool(var given) -> given;
            case Value.S8(var given) -> given;
            case Value.U8(var given) -> given;
            case Value.S16(var given) -> given;
            case Value.U16(var given) -> given;
            case Value.S32(var given) -> given;
            case Value.U32(var given) -> given;
            case Value.S64(var given) -> given;
            case Value.U64(var given) -> given;
            case Value.F32(var given) -> given;
            case Value.F64(var given) -> given;
            case Value.Char(var given) -> given;
            case Value.Text(var given) -> type == PrimitiveType.ERROR_CONTEXT ? new ErrorContext(given) : given;
            default -> throw new AssertionError(value);
        };
    }

    @Override
    public Value receive(ValueType type, Object live) {
        return switch (type) {
            case PrimitiveType primitive -> described(primitive, live);
            case ListType list -> elements(list.element(), live);
            case FixedLengthListType list -> elements(list.element(), live);
            case MapType map -> {
                var entries = new ArrayList<Value>();
                ((Map<?, ?>) live)
                        .forEach((key, value) -> entries.add(
                                new Value.Tuple(List.of(receive(map.key(), key), receive(map.value(), value)))));
                yield new Value.Sequence(entries);
            }
            case RecordType record -> {
                var fields = new ArrayList<Value.Field>();
                for (RecordType.Field each : record.fields()) {
                    fields.add(new Value.Field(each.label(), receive(each.type(), get(live, fields.size()))));
                }
                yield new Value.Fields(fields);
            }
            case TupleType tuple -> {
                var elements = new ArrayList<Value>();
                for (ValueType each : tuple.types()) {
                    elements.add(receive(each, get(live, elements.size())));
                }
                yield new Value.Tuple(elements);
            }
            case VariantType _, EnumType _, OptionType _, ResultType _ -> receiveSum(type, live);
            case FlagsType flags -> {
                int bits = (int) get(live, 0);
                yield new Value.Flags(flags.labels().stream()
                        .filter(label -> (bits >>> flags.labels().indexOf(label) & 1) != 0)
                        .toList());
            }
            case OwnType own -> new Value.U32(handles.take(own.resource(), live));
            case BorrowType borrow -> new Value.U32(handles.number(borrow.resource(), live));
            case StreamType stream ->
                new Value.Sequence(handles.read((StreamReader<?>) live, Integer.MAX_VALUE).stream()
                        .map(one -> received(stream.element(), one))
                        .toList());
            case FutureType future -> received(future.element(), handles.get((FutureReader<?>) live));
        };
    }

    private Value received(Optional<ValueType> type, Object live) {
        return type.map(one -> receive(one, live)).orElse(RandomValues.NOTHING);
    }

    private Value elements(ValueType element, Object live) {
        if (live instanceof List<?> list) {
            return new Value.Sequence(
                    list.stream().map(each -> receive(element, each)).toList());
        }
        var values = new Value[Array.getLength(live)];
        Arrays.setAll(values, i -> receive(element, Array.get(live, i)));
        return new Value.Sequence(List.of(values));
    }

    private Value receiveSum(ValueType type, Object live) {
        return switch (type) {
            case OptionType option -> new Value.Option(((Optional<?>) live).map(some -> receive(option.some(), some)));
            case ResultType result ->
                live instanceof Result.Ok<?, ?>(var ok)
                        ? new Value.Ok(result.ok().map(one -> receive(one, ok)))
                        : new Value.Err(result.error().map(one -> receive(one, ((Result.Err<?, ?>) live).error())));
            case EnumType names -> new Value.Enumeration(names.labels().get(((Enum<?>) live).ordinal()));
            case VariantType variant -> {
                String name = live.getClass().getSimpleName();
                VariantType.Case one = variant.cases().get(Integer.parseInt(name.substring(1)));
                yield new Value.Variant(one.label(), one.type().map(payload -> receive(payload, get(live, 0))));
            }
            default -> throw new AssertionError(type);
        };
    }

    private static Value described(PrimitiveType type, Object live) {
        return switch (type) {
            case BOOL -> new Value.Bool((boolean) live);
            case S8 -> new Value.S8((byte) live);
            case U8 -> new Value.U8((byte) live);
            case S16 -> new Value.S16((short) live);
            case U16 -> new Value.U16((short) live);
            case S32 -> new Value.S32((int) live);
            case U32 -> new Value.U32((int) live);
            case S64 -> new Value.S64((long) live);
            case U64 -> new Value.U64((long) live);
            case F32 -> new Value.F32((float) live);
            case F64 -> new Value.F64((double) live);
            case CHAR -> new Value.Char((int) live);
            case STRING -> new Value.Text((String) live);
            case ERROR_CONTEXT -> new Value.Text(((ErrorContext) live).debugMessage());
        };
    }
}

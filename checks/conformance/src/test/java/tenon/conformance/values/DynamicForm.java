package tenon.conformance.values;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import tenon.runtime.value.ErrorContext;
import tenon.runtime.value.FutureReader;
import tenon.runtime.value.StreamReader;
import tenon.runtime.value.Unit;
import tenon.runtime.value.Value;
import tenon.types.component.BorrowType;
import tenon.types.component.FutureType;
import tenon.types.component.OwnType;
import tenon.types.component.PrimitiveType;
import tenon.types.component.StreamType;
import tenon.types.component.ValueType;

/** Values as {@link Value}s: described ones with handles in the place of what describes them. */
record DynamicForm(Handles handles) implements Form {
    @Override
    public Value send(ValueType type, Value described) {
        return switch (type) {
            case OwnType own -> new Value.Handle(handles.make(own.resource(), ((Value.U32) described).value()));
            case BorrowType borrow ->
                new Value.Handle(handles.lend(borrow.resource(), ((Value.U32) described).value()));
            case StreamType stream -> new Value.Handle(handles.stream(elements(stream, (Value.Sequence) described)));
            case FutureType future ->
                new Value.Handle(handles.future(future.element()
                        .<Object>map(one -> send(one, described))
                        .orElse(Unit.UNIT)));
            case PrimitiveType primitive ->
                primitive == PrimitiveType.ERROR_CONTEXT
                        ? new Value.Handle(new ErrorContext(((Value.Text) described).value()))
                        : described;
            default -> rebuild(type, described, this::send);
        };
    }

    private List<Object> elements(StreamType stream, Value.Sequence described) {
        return described.elements().stream()
                .<Object>map(element ->
                        stream.element().<Object>map(one -> send(one, element)).orElse(Unit.UNIT))
                .toList();
    }

    @Override
    public Value receive(ValueType type, Object live) {
        return switch (type) {
            case OwnType own -> new Value.U32(handles.take(own.resource(), resource(live)));
            case BorrowType borrow -> new Value.U32(handles.number(borrow.resource(), resource(live)));
            case StreamType stream ->
                new Value.Sequence(handles.read((StreamReader<?>) resource(live), Integer.MAX_VALUE).stream()
                        .map(one -> element(stream.element(), one))
                        .toList());
            case FutureType future -> element(future.element(), handles.get((FutureReader<?>) resource(live)));
            case PrimitiveType primitive ->
                primitive == PrimitiveType.ERROR_CONTEXT
                        ? new Value.Text(((ErrorContext) resource(live)).debugMessage())
                        : (Value) live;
            default -> rebuild(type, (Value) live, this::receive);
        };
    }

    private Value element(Optional<ValueType> type, Object live) {
        return type.map(one -> receive(one, live)).orElse(RandomValues.NOTHING);
    }

    private static Object resource(Object live) {
        return ((Value.Handle) live).resource();
    }

    /** The same value with other parts. */
    private static Value rebuild(ValueType type, Value value, BiFunction<ValueType, Value, Value> part) {
        var parts = new ArrayList<Value>();
        Parts.of(type, value).forEach(each -> parts.add(part.apply(each.type(), each.value())));
        Iterator<Value> next = parts.iterator();
        return switch (value) {
            case Value.Sequence _ -> new Value.Sequence(parts);
            case Value.Tuple _ -> new Value.Tuple(parts);
            case Value.Fields(var fields) ->
                new Value.Fields(fields.stream()
                        .map(field -> new Value.Field(field.label(), next.next()))
                        .toList());
            case Value.Variant(var label, var payload) -> new Value.Variant(label, payload.map(_ -> next.next()));
            case Value.Option(var some) -> new Value.Option(some.map(_ -> next.next()));
            case Value.Ok(var ok) -> new Value.Ok(ok.map(_ -> next.next()));
            case Value.Err(var error) -> new Value.Err(error.map(_ -> next.next()));
            default -> value;
        };
    }
}

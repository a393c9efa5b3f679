package tenon.runtime.wave;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tenon.runtime.value.Value;
import tenon.types.InvalidException;
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

/** Makes values of types out of nodes. */
final class WaveTyping {
    private final WaveSource source;

    WaveTyping(WaveSource source) {
        this.source = source;
    }

    Value value(WaveNode node, ValueType type) {
        return switch (type) {
            case PrimitiveType primitive -> primitive(node, primitive);
            case ListType list -> new Value.Sequence(elements(node, list, list.element()));
            case FixedLengthListType list -> fixedLengthList(node, list);
            case RecordType record -> record(node, record);
            case TupleType tuple -> tuple(node, tuple);
            case VariantType variant -> variant(node, variant);
            case EnumType labels -> enumeration(node, labels);
            case FlagsType flags -> flags(node, flags);
            case OptionType option -> option(node, option);
            case ResultType result -> result(node, result);
            // Explainer.md, "Specialized value types": a map is a list of its entries
            case MapType map -> value(node, new ListType(new TupleType(List.of(map.key(), map.value()))));
            case OwnType _, BorrowType _, StreamType _, FutureType _ ->
                throw source.invalid(node.start(), "a value of type `" + type + "` cannot be written as text");
        };
    }

    private Value primitive(WaveNode node, PrimitiveType type) {
        return switch (type) {
            case BOOL -> bool(node);
            case S8 -> new Value.S8(integer(node, type, 8, true).byteValue());
            case U8 -> new Value.U8(integer(node, type, 8, false).byteValue());
            case S16 -> new Value.S16(integer(node, type, 16, true).shortValue());
            case U16 -> new Value.U16(integer(node, type, 16, false).shortValue());
            case S32 -> new Value.S32(integer(node, type, 32, true).intValue());
            case U32 -> new Value.U32(integer(node, type, 32, false).intValue());
            case S64 -> new Value.S64(integer(node, type, 64, true).longValue());
            case U64 -> new Value.U64(integer(node, type, 64, false).longValue());
            case F32 -> new Value.F32(Float.parseFloat(floating(node, type)));
            case F64 -> new Value.F64(Double.parseDouble(floating(node, type)));
            case CHAR -> {
                if (!(node instanceof WaveNode.Char one)) {
                    throw mismatch(node, type);
                }
                yield new Value.Char(one.codePoint());
            }
            case STRING -> {
                if (!(node instanceof WaveNode.Text text)) {
                    throw mismatch(node, type);
                }
                yield new Value.Text(text.text());
            }
            case ERROR_CONTEXT ->
                throw source.invalid(node.start(), "a value of type `error-context` cannot be written as text");
        };
    }

    private Value bool(WaveNode node) {
        if (node instanceof WaveNode.Name name && (name.isKeyword("true") || name.isKeyword("false"))) {
            return new Value.Bool(name.isKeyword("true"));
        }
        throw mismatch(node, PrimitiveType.BOOL);
    }

    private BigInteger integer(WaveNode node, PrimitiveType type, int bits, boolean signed) {
        // the longest number of 64 bits has 20 digits and a sign
        if (!(node instanceof WaveNode.Number number)
                || number.text().length() > 21
                || !number.text().matches("-?[0-9]+")) {
            throw mismatch(node, type);
        }
        var value = new BigInteger(number.text());
        BigInteger limit = BigInteger.ONE.shiftLeft(signed ? bits - 1 : bits);
        BigInteger least = signed ? limit.negate() : BigInteger.ZERO;
        if (value.compareTo(limit) >= 0 || value.compareTo(least) < 0) {
            throw source.invalid(
                    node.start(),
                    number.text() + " is out of range for `" + type + "`, expected " + least + " to "
                            + limit.subtract(BigInteger.ONE));
        }
        return value;
    }

    /** The number as Java reads it. */
    private String floating(WaveNode node, PrimitiveType type) {
        if (node instanceof WaveNode.Number number) {
            return number.text().equals("-inf") ? "-Infinity" : number.text();
        }
        if (node instanceof WaveNode.Name name && name.payload().isEmpty()) {
            if (name.isKeyword("inf")) {
                return "Infinity";
            }
            if (name.isKeyword("nan")) {
                return "NaN";
            }
        }
        throw mismatch(node, type);
    }

    private List<Value> elements(WaveNode node, ValueType type, ValueType element) {
        if (!(node instanceof WaveNode.Sequence sequence)) {
            throw mismatch(node, type);
        }
        return sequence.elements().stream().map(each -> value(each, element)).toList();
    }

    private Value fixedLengthList(WaveNode node, FixedLengthListType list) {
        List<Value> elements = elements(node, list, list.element());
        if (elements.size() != list.length()) {
            throw source.invalid(node.start(), "expected " + list.length() + " elements, found " + elements.size());
        }
        return new Value.Sequence(elements);
    }

    private Value tuple(WaveNode node, TupleType type) {
        if (!(node instanceof WaveNode.Tuple tuple)) {
            throw mismatch(node, type);
        }
        if (tuple.elements().size() != type.types().size()) {
            throw source.invalid(
                    node.start(),
                    "expected a tuple of " + type.types().size() + ", found one of "
                            + tuple.elements().size());
        }
        var elements = new ArrayList<Value>();
        for (int i = 0; i < type.types().size(); i++) {
            elements.add(value(tuple.elements().get(i), type.types().get(i)));
        }
        return new Value.Tuple(elements);
    }

    private Value record(WaveNode node, RecordType type) {
        if (!(node instanceof WaveNode.Fields given)) {
            throw mismatch(node, type);
        }
        Map<String, WaveNode> byLabel = new HashMap<>();
        for (WaveNode.Field field : given.fields()) {
            if (type.fields().stream().noneMatch(each -> each.label().equals(field.label()))) {
                throw source.invalid(
                        field.start(), "record has no field `" + field.label() + "`, expected one of " + labels(type));
            }
            if (byLabel.put(field.label(), field.value()) != null) {
                throw source.invalid(field.start(), "duplicate field `" + field.label() + "`");
            }
        }
        var fields = new ArrayList<Value.Field>();
        for (RecordType.Field field : type.fields()) {
            WaveNode value = byLabel.get(field.label());
            if (value == null && !(field.type() instanceof OptionType)) {
                throw source.invalid(node.start(), "missing field `" + field.label() + "`");
            }
            fields.add(new Value.Field(
                    field.label(), value == null ? new Value.Option(Optional.empty()) : value(value, field.type())));
        }
        return new Value.Fields(fields);
    }

    private static String labels(RecordType type) {
        return type.fields().stream().map(field -> "`" + field.label() + "`").collect(Collectors.joining(", "));
    }

    private Value variant(WaveNode node, VariantType type) {
        WaveNode.Name name = label(node, type);
        for (VariantType.Case each : type.cases()) {
            if (each.label().equals(name.label())) {
                return new Value.Variant(each.label(), payload(name, each.type()));
            }
        }
        throw unknownCase(
                name, type.cases().stream().map(VariantType.Case::label).toList());
    }

    private Value enumeration(WaveNode node, EnumType type) {
        WaveNode.Name name = label(node, type);
        if (!type.labels().contains(name.label())) {
            throw unknownCase(name, type.labels());
        }
        payload(name, Optional.empty());
        return new Value.Enumeration(name.label());
    }

    /** A case's label, which is no keyword unless escaped. */
    private WaveNode.Name label(WaveNode node, ValueType type) {
        if (!(node instanceof WaveNode.Name name)) {
            throw mismatch(node, type);
        }
        if (name.isKeyword()) {
            throw source.invalid(
                    node.start(), "`" + name.label() + "` is a keyword, expected `%" + name.label() + "` for the case");
        }
        return name;
    }

    private InvalidException unknownCase(WaveNode.Name name, List<String> labels) {
        return source.invalid(
                name.start(),
                "unknown case `" + name.label() + "`, expected one of `" + String.join("`, `", labels) + "`");
    }

    private Optional<Value> payload(WaveNode.Name name, Optional<ValueType> type) {
        if (type.isPresent() && name.payload().isEmpty()) {
            throw source.invalid(
                    name.start(), "missing payload of `" + name.label() + "`, expected `" + type.get() + "`");
        }
        if (type.isEmpty() && name.payload().isPresent()) {
            throw source.invalid(
                    name.payload().get().start(), "unexpected payload of `" + name.label() + "`, expected none");
        }
        return name.payload().map(node -> value(node, type.orElseThrow()));
    }

    private Value flags(WaveNode node, FlagsType type) {
        if (!(node instanceof WaveNode.Flags given)) {
            throw mismatch(node, type);
        }
        var set = new HashSet<String>();
        for (WaveNode.Flag flag : given.flags()) {
            if (!type.labels().contains(flag.label())) {
                throw source.invalid(
                        flag.start(),
                        "unknown flag `" + flag.label() + "`, expected one of `" + String.join("`, `", type.labels())
                                + "`");
            }
            if (!set.add(flag.label())) {
                throw source.invalid(flag.start(), "duplicate flag `" + flag.label() + "`");
            }
        }
        return new Value.Flags(type.labels().stream().filter(set::contains).toList());
    }

    private Value option(WaveNode node, OptionType type) {
        if (node instanceof WaveNode.Name name && name.isKeyword("none")) {
            return new Value.Option(Optional.empty());
        }
        if (node instanceof WaveNode.Name name && name.isKeyword("some")) {
            return new Value.Option(payload(name, Optional.of(type.some())));
        }
        if (needsWrapper(type.some()) || isStrayName(node, type.some())) {
            throw mismatch(node, type);
        }
        return new Value.Option(Optional.of(value(node, type.some())));
    }

    private Value result(WaveNode node, ResultType type) {
        if (node instanceof WaveNode.Name name && name.isKeyword("ok")) {
            return new Value.Ok(payload(name, type.ok()));
        }
        if (node instanceof WaveNode.Name name && name.isKeyword("err")) {
            return new Value.Err(payload(name, type.error()));
        }
        if (type.ok().isEmpty()
                || needsWrapper(type.ok().get())
                || isStrayName(node, type.ok().get())) {
            throw mismatch(node, type);
        }
        return new Value.Ok(Optional.of(value(node, type.ok().get())));
    }

    /** Options and results in options and results cannot be left bare: nobody could tell which one is meant. */
    private static boolean needsWrapper(ValueType type) {
        return type instanceof OptionType || type instanceof ResultType;
    }

    /** A name where values of the type have none, such as {@code null}, was meant for what is around it. */
    private static boolean isStrayName(WaveNode node, ValueType type) {
        return node instanceof WaveNode.Name
                && switch (type) {
                    case PrimitiveType primitive ->
                        switch (primitive) {
                            case BOOL, F32, F64 -> false;
                            case S8, U8, S16, U16, S32, U32, S64, U64, CHAR, STRING, ERROR_CONTEXT -> true;
                        };
                    case ListType _, FixedLengthListType _, RecordType _, TupleType _, FlagsType _, MapType _ -> true;
                    case VariantType _, EnumType _, OptionType _, ResultType _ -> false;
                    case OwnType _, BorrowType _, StreamType _, FutureType _ -> false;
                };
    }

    private InvalidException mismatch(WaveNode node, ValueType type) {
        String like = WaveForms.of(type).map(form -> " like " + form).orElse("");
        return source.invalid(
                node.start(), "expected a value of type `" + type + "`" + like + ", found " + node.kind());
    }
}

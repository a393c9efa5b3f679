package tenon.conformance.values;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tenon.types.component.BorrowType;
import tenon.types.component.FixedLengthListType;
import tenon.types.component.Layout;
import tenon.types.component.ListType;
import tenon.types.component.MapType;
import tenon.types.component.OptionType;
import tenon.types.component.OwnType;
import tenon.types.component.PointerType;
import tenon.types.component.RecordType;
import tenon.types.component.ResultType;
import tenon.types.component.TupleType;
import tenon.types.component.ValueType;
import tenon.types.component.VariantType;

/**
 * A guest's way through a value in its memory: core functions that meet every handle in it, in the order of the type, and call {@code
 * $own-R} or {@code $borrow-R} with it, R being the resource. One use.
 */
final class Walk {
    private final PointerType pointer;
    private final List<String> functions = new ArrayList<>();
    private final List<ValueType> types = new ArrayList<>();

    Walk(PointerType pointer) {
        this.pointer = pointer;
    }

    /** The functions so far, as text. */
    String functions() {
        return String.join(System.lineSeparator(), functions);
    }

    /** The call that goes through a value at an address; empty if there is nothing to meet in it. */
    String call(ValueType type, String address) {
        return switch (type) {
            case OwnType own -> "(call $own-" + own.resource() + " (i32.load " + address + "))";
            case BorrowType borrow -> "(call $borrow-" + borrow.resource() + " (i32.load " + address + "))";
            default -> meets(type) ? "(call $walk" + function(type) + " " + address + ")" : "";
        };
    }

    private static boolean meets(ValueType type) {
        return type instanceof OwnType
                || type instanceof BorrowType
                || type.parts().stream().anyMatch(Walk::meets);
    }

    private int function(ValueType type) {
        int known = types.indexOf(type);
        if (known >= 0) {
            return known;
        }
        String body = body(type);
        types.add(type);
        functions.add("(func $walk" + (types.size() - 1) + " (param $p i32) (local $at i32) (local $count i32) " + body
                + ")");
        return types.size() - 1;
    }

    private String body(ValueType type) {
        return switch (type) {
            case ListType list -> elements(list.element());
            case MapType map -> elements(new TupleType(map.parts()));
            case FixedLengthListType list ->
                "(local.set $at (local.get $p)) (local.set $count (i32.const " + list.length() + "))"
                        + loop(list.element());
            case RecordType record -> fields(record.parts());
            case TupleType tuple -> fields(tuple.types());
            case VariantType variant -> cases(Layout.payloads(variant));
            case OptionType option -> cases(List.of(Optional.empty(), Optional.of(option.some())));
            case ResultType result -> cases(List.of(result.ok(), result.error()));
            default -> throw new AssertionError("nothing to meet in " + type);
        };
    }

    private String elements(ValueType element) {
        return "(local.set $at (i32.load (local.get $p))) (local.set $count (i32.load offset=" + pointer.size()
                + " (local.get $p)))" + loop(element);
    }

    private String loop(ValueType element) {
        return "(block $done (loop $each (br_if $done (i32.eqz (local.get $count)))"
                + call(element, "(local.get $at)")
                + "(local.set $at (i32.add (local.get $at) (i32.const "
                + Layout.of(element, pointer).size()
                + "))) (local.set $count (i32.sub (local.get $count) (i32.const 1))) (br $each)))";
    }

    private String fields(List<ValueType> types) {
        List<Integer> offsets = Layout.ofFields(types, pointer).offsets();
        var body = new StringBuilder();
        for (int i = 0; i < types.size(); i++) {
            body.append(call(types.get(i), at(offsets.get(i))));
        }
        return body.toString();
    }

    private String cases(List<Optional<ValueType>> payloads) {
        Layout.Cases layout = Layout.ofCases(payloads, pointer);
        String load = switch (layout.discriminantSize()) {
            case 1 -> "i32.load8_u";
            case 2 -> "i32.load16_u";
            default -> "i32.load";
        };
        var body = new StringBuilder();
        for (int i = 0; i < payloads.size(); i++) {
            String call = payloads.get(i)
                    .map(payload -> call(payload, at(layout.payloadOffset())))
                    .orElse("");
            if (!call.isEmpty()) {
                body.append("(if (i32.eq (i32.const ").append(i).append(") (").append(load);
                body.append(" (local.get $p))) (then ").append(call).append("))");
            }
        }
        return body.toString();
    }

    private static String at(int offset) {
        return "(i32.add (local.get $p) (i32.const " + offset + "))";
    }
}

package tenon.text.print;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import tenon.types.core.ArrayType;
import tenon.types.core.CompositeType;
import tenon.types.core.FieldType;
import tenon.types.core.FuncType;
import tenon.types.core.GlobalType;
import tenon.types.core.HeapType;
import tenon.types.core.Limits;
import tenon.types.core.MemoryType;
import tenon.types.core.RefType;
import tenon.types.core.StructType;
import tenon.types.core.SubType;
import tenon.types.core.TableType;
import tenon.types.core.ValType;

/** Core types as text, in which {@code types} says how a type is referred to. */
record TypePrinter(IntFunction<String> types) {

    String subType(SubType type) {
        if (type.isFinal() && type.supers().isEmpty()) {
            return composite(type.composite());
        }
        var supers =
                type.supers().stream().map(index -> types.apply(index) + " ").collect(Collectors.joining());
        return "(sub " + (type.isFinal() ? "final " : "") + supers + composite(type.composite()) + ")";
    }

    private String composite(CompositeType type) {
        return switch (type) {
            case FuncType func -> "(func" + group("param", func.params()) + group("result", func.results()) + ")";
            case StructType struct ->
                struct.fields().stream()
                        .map(field -> " (field " + field(field) + ")")
                        .collect(Collectors.joining("", "(struct", ")"));
            case ArrayType array -> "(array " + field(array.element()) + ")";
        };
    }

    /** With a space before it; nothing where there are no types. */
    String group(String word, List<ValType> values) {
        return values.isEmpty()
                ? ""
                : values.stream().map(this::value).collect(Collectors.joining(" ", " (" + word + " ", ")"));
    }

    String value(ValType type) {
        return type instanceof RefType ref ? reference(ref) : type.text();
    }

    String reference(RefType type) {
        return type.heap() instanceof HeapType.Defined
                ? "(ref " + (type.nullable() ? "null " : "") + heap(type.heap()) + ")"
                : type.text();
    }

    String heap(HeapType type) {
        return type instanceof HeapType.Defined defined ? types.apply(defined.index()) : type.text();
    }

    private String field(FieldType field) {
        String storage = switch (field.storage()) {
            case FieldType.Storage.Value value -> value(value.type());
            case FieldType.Storage.Packed packed -> packed == FieldType.Storage.Packed.I8 ? "i8" : "i16";
        };
        return field.mutable() ? "(mut " + storage + ")" : storage;
    }

    String global(GlobalType type) {
        String value = value(type.value());
        return type.mutable() ? "(mut " + value + ")" : value;
    }

    String table(TableType type) {
        return limits(type.limits()) + " " + reference(type.element());
    }

    static String memory(MemoryType type) {
        boolean custom = type.pageSizeLog2() != MemoryType.PAGE_SIZE_LOG2;
        return limits(type.limits())
                + (type.shared() ? " shared" : "")
                + (custom ? " (pagesize 0x" + Long.toHexString(1L << type.pageSizeLog2()) + ")" : "");
    }

    private static String limits(Limits limits) {
        String address = limits.address() == Limits.AddressType.I64 ? "i64 " : "";
        String max = limits.max().isPresent()
                ? " " + Long.toUnsignedString(limits.max().getAsLong())
                : "";
        return address + Long.toUnsignedString(limits.min()) + max;
    }
}

package tenon.text.print;

import java.util.List;
import java.util.stream.Collectors;
import tenon.types.core.ArrayType;
import tenon.types.core.CompositeType;
import tenon.types.core.FieldType;
import tenon.types.core.FuncType;
import tenon.types.core.GlobalType;
import tenon.types.core.Limits;
import tenon.types.core.MemoryType;
import tenon.types.core.StructType;
import tenon.types.core.SubType;
import tenon.types.core.TableType;
import tenon.types.core.ValType;

/** Types as text. */
final class TypePrinter {
    private TypePrinter() {}

    static String subType(SubType type) {
        if (type.isFinal() && type.supers().isEmpty()) {
            return composite(type.composite());
        }
        var supers = type.supers().stream()
                .map(index -> Integer.toUnsignedString(index) + " ")
                .collect(Collectors.joining());
        return "(sub " + (type.isFinal() ? "final " : "") + supers + composite(type.composite()) + ")";
    }

    private static String composite(CompositeType type) {
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
    static String group(String word, List<ValType> types) {
        return types.isEmpty()
                ? ""
                : types.stream().map(ValType::text).collect(Collectors.joining(" ", " (" + word + " ", ")"));
    }

    private static String field(FieldType field) {
        String storage = switch (field.storage()) {
            case FieldType.Storage.Value value -> value.type().text();
            case FieldType.Storage.Packed packed -> packed == FieldType.Storage.Packed.I8 ? "i8" : "i16";
        };
        return field.mutable() ? "(mut " + storage + ")" : storage;
    }

    static String global(GlobalType type) {
        String value = type.value().text();
        return type.mutable() ? "(mut " + value + ")" : value;
    }

    static String table(TableType type) {
        return limits(type.limits()) + " " + type.element().text();
    }

    static String memory(MemoryType type) {
        boolean custom = type.pageSizeLog2() != MemoryType.PAGE_SIZE_LOG2;
        return limits(type.limits())
                + (type.shared() ? " shared" : "")
                + (custom ? " (pagesize " + Integer.toUnsignedString(1 << type.pageSizeLog2()) + ")" : "");
    }

    private static String limits(Limits limits) {
        String address = limits.address() == Limits.AddressType.I64 ? "i64 " : "";
        String max = limits.max().isPresent()
                ? " " + Long.toUnsignedString(limits.max().getAsLong())
                : "";
        return address + Long.toUnsignedString(limits.min()) + max;
    }
}

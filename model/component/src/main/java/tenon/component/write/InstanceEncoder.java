package tenon.component.write;

import java.util.List;
import tenon.component.ComponentInstance;
import tenon.component.CoreInstance;
import tenon.component.Sort;
import tenon.component.SortIndex;
import tenon.wasm.BinaryWriter;

/** Writes instances and what they are made of: Binary.md, "Instance Definitions". */
final class InstanceEncoder {
    private static final int CORE_INSTANCE_SORT = 0x12;

    private InstanceEncoder() {}

    static void write(BinaryWriter out, CoreInstance instance) {
        switch (instance) {
            case CoreInstance.Instantiate(int module, List<CoreInstance.Argument> arguments, long _) -> {
                out.writeByte(0x00).writeU32(module).writeU32(arguments.size());
                arguments.forEach(argument -> out.writeName(argument.name())
                        .writeByte(CORE_INSTANCE_SORT)
                        .writeU32(argument.instance()));
            }
            case CoreInstance.FromExports(List<CoreInstance.InlineExport> exports, long _) -> {
                out.writeByte(0x01).writeU32(exports.size());
                exports.forEach(export -> {
                    out.writeName(export.name());
                    writeCoreSort(out, export.item().sort());
                    out.writeU32(export.item().index());
                });
            }
        }
    }

    static void write(BinaryWriter out, ComponentInstance instance) {
        switch (instance) {
            case ComponentInstance.Instantiate(int component, List<ComponentInstance.Argument> arguments, long _) -> {
                out.writeByte(0x00).writeU32(component).writeU32(arguments.size());
                arguments.forEach(argument -> write(out.writeName(argument.name()), argument.item()));
            }
            case ComponentInstance.FromExports(List<ComponentInstance.InlineExport> exports, long _) -> {
                out.writeByte(0x01).writeU32(exports.size());
                exports.forEach(export -> {
                    TypeEncoder.writeName(out, export.name());
                    write(out, export.item());
                });
            }
        }
    }

    static void write(BinaryWriter out, SortIndex item) {
        writeSort(out, item.sort());
        out.writeU32(item.index());
    }

    /** {@code sort}. */
    static void writeSort(BinaryWriter out, Sort sort) {
        switch (sort) {
            case FUNC -> out.writeByte(0x01);
            case VALUE -> out.writeByte(0x02);
            case TYPE -> out.writeByte(0x03);
            case COMPONENT -> out.writeByte(0x04);
            case INSTANCE -> out.writeByte(0x05);
            case CORE_FUNC, CORE_TABLE, CORE_MEMORY, CORE_GLOBAL, CORE_TAG, CORE_TYPE, CORE_MODULE, CORE_INSTANCE ->
                writeCoreSort(out.writeByte(0x00), sort);
        }
    }

    /** {@code core:sort}. */
    static void writeCoreSort(BinaryWriter out, Sort sort) {
        out.writeByte(
                switch (sort) {
                    case CORE_FUNC -> 0x00;
                    case CORE_TABLE -> 0x01;
                    case CORE_MEMORY -> 0x02;
                    case CORE_GLOBAL -> 0x03;
                    case CORE_TAG -> 0x04;
                    case CORE_TYPE -> 0x10;
                    case CORE_MODULE -> 0x11;
                    case CORE_INSTANCE -> CORE_INSTANCE_SORT;
                    case FUNC, VALUE, TYPE, COMPONENT, INSTANCE -> throw new AssertionError("no core sort: " + sort);
                });
    }
}

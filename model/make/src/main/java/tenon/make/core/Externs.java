package tenon.make.core;

import tenon.types.core.ExternType;
import tenon.types.core.FuncTypeUse;
import tenon.types.core.GlobalType;
import tenon.types.core.MemoryType;
import tenon.types.core.TableType;
import tenon.types.core.TagType;
import tenon.wasm.BinaryWriter;

/** External types as the import section has them. */
public final class Externs {
    private Externs() {}

    /** The kind and the type. */
    public static void write(BinaryWriter out, ExternType type) {
        switch (type) {
            case FuncTypeUse(int index) -> out.writeByte(0x00).writeU32(index);
            case TableType table -> out.writeByte(0x01).writeTableType(table);
            case MemoryType memory -> out.writeByte(0x02).writeMemoryType(memory);
            case GlobalType global -> out.writeByte(0x03).writeGlobalType(global);
            case TagType tag -> out.writeByte(0x04).writeByte(0x00).writeU32(tag.typeIndex());
        }
    }
}

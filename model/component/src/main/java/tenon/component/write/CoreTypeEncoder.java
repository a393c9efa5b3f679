package tenon.component.write;

import tenon.component.CoreTypeDefinition;
import tenon.component.CoreTypeDefinition.ModuleDeclaration;
import tenon.types.core.ExternType;
import tenon.types.core.FuncTypeUse;
import tenon.types.core.GlobalType;
import tenon.types.core.MemoryType;
import tenon.types.core.RecGroup;
import tenon.types.core.TableType;
import tenon.types.core.TagType;
import tenon.wasm.BinaryWriter;

/** Writes core types: Binary.md, {@code core:type}. */
final class CoreTypeEncoder {

    private CoreTypeEncoder() {}

    static void write(BinaryWriter out, CoreTypeDefinition type) {
        switch (type) {
            case CoreTypeDefinition.Group(RecGroup group, long _) -> {
                // a type that is not final is marked, since its code is that of a module type
                if (group.types().size() == 1 && !group.types().getFirst().isFinal()) {
                    out.writeByte(0x00);
                }
                out.writeRecGroup(group);
            }
            case CoreTypeDefinition.ModuleType module -> {
                out.writeByte(0x50).writeU32(module.declarations().size());
                module.declarations().forEach(declaration -> write(out, declaration));
            }
        }
    }

    private static void write(BinaryWriter out, ModuleDeclaration declaration) {
        switch (declaration) {
            case CoreTypeDefinition.ModuleImport imported ->
                writeExtern(
                        out.writeByte(0x00).writeName(imported.module()).writeName(imported.name()), imported.type());
            case CoreTypeDefinition.Group group -> out.writeByte(0x01).writeRecGroup(group.group());
            case CoreTypeDefinition.ModuleOuterAlias alias ->
                out.writeByte(0x02)
                        .writeByte(0x10)
                        .writeByte(0x01)
                        .writeU32(alias.count())
                        .writeU32(alias.index());
            case CoreTypeDefinition.ModuleExport export ->
                writeExtern(out.writeByte(0x03).writeName(export.name()), export.type());
        }
    }

    private static void writeExtern(BinaryWriter out, ExternType type) {
        switch (type) {
            case FuncTypeUse(int index) -> out.writeByte(0x00).writeU32(index);
            case TableType table -> out.writeByte(0x01).writeTableType(table);
            case MemoryType memory -> out.writeByte(0x02).writeMemoryType(memory);
            case GlobalType global -> out.writeByte(0x03).writeGlobalType(global);
            case TagType tag -> out.writeByte(0x04).writeByte(0x00).writeU32(tag.typeIndex());
        }
    }
}

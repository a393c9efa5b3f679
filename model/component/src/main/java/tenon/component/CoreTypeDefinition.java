package tenon.component;

import java.util.List;
import tenon.types.core.ExternType;
import tenon.types.core.RecGroup;

/** A core type: Binary.md, {@code core:type}. */
public sealed interface CoreTypeDefinition extends Definition, Declaration {

    /** Types that may refer to each other: adds as many entries to {@link Sort#CORE_TYPE} as the group has types. */
    record Group(RecGroup group, long offset) implements CoreTypeDefinition, ModuleDeclaration {}

    /** The type of a module: adds one entry to {@link Sort#CORE_TYPE}. */
    record ModuleType(List<ModuleDeclaration> declarations, long offset) implements CoreTypeDefinition {
        public ModuleType {
            declarations = List.copyOf(declarations);
        }
    }

    /** One line of a module type, which has a type index space of its own. */
    sealed interface ModuleDeclaration {}

    /** What the module asks for. */
    record ModuleImport(String module, String name, ExternType type, long offset) implements ModuleDeclaration {}

    /** What the module offers. */
    record ModuleExport(String name, ExternType type, long offset) implements ModuleDeclaration {}

    /** The core type {@code index} of the scope that lies {@code count} scopes outwards. */
    record ModuleOuterAlias(int count, int index, long offset) implements ModuleDeclaration {}
}

package tenon.wasm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tenon.types.core.CompositeType;
import tenon.types.core.ExternType;
import tenon.types.core.FuncType;
import tenon.types.core.FuncTypeUse;
import tenon.types.core.GlobalType;
import tenon.types.core.MemoryType;
import tenon.types.core.RecGroup;
import tenon.types.core.RefType;
import tenon.types.core.SubType;
import tenon.types.core.TableType;
import tenon.types.core.TagType;
import tenon.types.core.ValType;

/**
 * A decoded core module: WebAssembly 3.0, "Modules". Index spaces put imports first, then definitions. Immutable; function
 * bodies stay bytes of {@code binary} and are read when they are validated or compiled.
 *
 * @param binary the module's bytes; never changed
 * @param typeGroups the type section; {@code spaces.types()} is its flat index space
 * @param functions type index of each function that the module defines
 * @param code bodies, as many as {@code functions}
 * @param dataCount the number in the data count section, if there is one
 */
public record Module(
        Binary binary,
        List<RecGroup> typeGroups,
        List<Import> imports,
        List<Integer> functions,
        List<Table> tables,
        List<MemoryType> memories,
        List<TagType> tags,
        List<Global> globals,
        List<Export> exports,
        Optional<Integer> start,
        List<ElementSegment> elements,
        List<DataSegment> data,
        Optional<Integer> dataCount,
        List<Code> code,
        List<CustomSection> customs,
        Names names,
        Spaces spaces,
        Positions positions) {

    public Module {
        typeGroups = List.copyOf(typeGroups);
        imports = List.copyOf(imports);
        functions = List.copyOf(functions);
        tables = List.copyOf(tables);
        memories = List.copyOf(memories);
        tags = List.copyOf(tags);
        globals = List.copyOf(globals);
        exports = List.copyOf(exports);
        elements = List.copyOf(elements);
        data = List.copyOf(data);
        code = List.copyOf(code);
        customs = List.copyOf(customs);
    }

    /**
     * Where things that the module defines stand in the binary, for messages: offsets in bytes from the start of the
     * outermost file, in the order of the module's lists; {@code start} is −1 without a start function. Nobody writes to
     * the arrays.
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Positions(
            int[] typeGroups,
            int[] functions,
            int[] tables,
            int[] memories,
            int[] tags,
            int[] globals,
            int[] exports,
            int start,
            int[] elements,
            int[] data) {}

    /** The index spaces, imports first. */
    public record Spaces(
            List<SubType> types,
            List<Integer> functions,
            List<TableType> tables,
            List<MemoryType> memories,
            List<TagType> tags,
            List<GlobalType> globals) {
        public Spaces {
            types = List.copyOf(types);
            functions = List.copyOf(functions);
            tables = List.copyOf(tables);
            memories = List.copyOf(memories);
            tags = List.copyOf(tags);
            globals = List.copyOf(globals);
        }

        static Spaces of(
                List<RecGroup> groups,
                List<Import> imports,
                List<Integer> functions,
                List<Table> tables,
                List<MemoryType> memories,
                List<TagType> tags,
                List<Global> globals) {
            var functionSpace = new ArrayList<Integer>();
            var tableSpace = new ArrayList<TableType>();
            var memorySpace = new ArrayList<MemoryType>();
            var tagSpace = new ArrayList<TagType>();
            var globalSpace = new ArrayList<GlobalType>();
            for (Import imported : imports) {
                switch (imported.type()) {
                    case FuncTypeUse use -> functionSpace.add(use.typeIndex());
                    case TableType table -> tableSpace.add(table);
                    case MemoryType memory -> memorySpace.add(memory);
                    case TagType tag -> tagSpace.add(tag);
                    case GlobalType global -> globalSpace.add(global);
                }
            }
            functionSpace.addAll(functions);
            tables.forEach(table -> tableSpace.add(table.type()));
            memorySpace.addAll(memories);
            tagSpace.addAll(tags);
            globals.forEach(global -> globalSpace.add(global.type()));
            var types = new ArrayList<SubType>();
            groups.forEach(group -> types.addAll(group.types()));
            return new Spaces(types, functionSpace, tableSpace, memorySpace, tagSpace, globalSpace);
        }
    }

    /** An import; {@code offset} of its type in the binary, in bytes. */
    public record Import(String module, String name, ExternType type, long offset) {}

    /** A table that the module defines; {@code init} is empty for null. */
    public record Table(TableType type, Optional<ConstantExpression> init) {}

    /** A global that the module defines. */
    public record Global(GlobalType type, ConstantExpression init) {}

    /** An export: {@code index} in the index space of {@code kind}. */
    public record Export(String name, ExternKind kind, int index) {}

    /** What an import or export is. The order is that of the binary. */
    public enum ExternKind {
        FUNCTION,
        TABLE,
        MEMORY,
        GLOBAL,
        TAG
    }

    /** A body: {@code locals} in runs as written; instructions from {@code start} to {@code end}, the last of them {@code end}. */
    public record Code(List<Locals> locals, int start, int end) {}

    /** {@code count} locals of one type. */
    public record Locals(int count, ValType type) {}

    /** Instructions from {@code start} to {@code end} of the binary, the last of them {@code end}. */
    public record ConstantExpression(int start, int end) {}

    /** How a segment gets into its table or memory. */
    public sealed interface Mode {
        /** When asked for, by {@code table.init} or {@code memory.init}. */
        record Passive() implements Mode {}

        /** When the module is instantiated; {@code target} is a table or memory index. */
        record Active(int target, ConstantExpression offset) implements Mode {}

        /** Never: it only makes functions referable. */
        record Declarative() implements Mode {}
    }

    /** An element segment. */
    public record ElementSegment(RefType type, List<Element> elements, Mode mode) {}

    /** One element: a function's index, or an expression. */
    public sealed interface Element {
        record Func(int index) implements Element {}

        record Expression(ConstantExpression expression) implements Element {}
    }

    /** A data segment: bytes from {@code start} to {@code end} of the binary. */
    public record DataSegment(int start, int end, Mode mode) {}

    /** A custom section: its content stands from {@code start} to {@code end} of the binary. */
    public record CustomSection(String name, int start, int end) {}

    /** The composite type at an index of the type index space. */
    public CompositeType compositeType(int typeIndex) {
        return spaces.types().get(typeIndex).composite();
    }

    /** The type of a function of the function index space; the module is valid. */
    public FuncType functionType(int functionIndex) {
        return (FuncType) compositeType(spaces.functions().get(functionIndex));
    }

    /** How many functions are imported. */
    public int importedFunctions() {
        return spaces.functions().size() - functions.size();
    }
}

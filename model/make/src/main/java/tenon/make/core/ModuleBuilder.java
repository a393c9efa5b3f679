package tenon.make.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import tenon.make.Producers;
import tenon.types.core.FuncType;
import tenon.types.core.GlobalType;
import tenon.types.core.MemoryType;
import tenon.types.core.TableType;
import tenon.types.core.ValType;
import tenon.wasm.BinaryWriter;
import tenon.wasm.Module.ExternKind;

/**
 * A core module in the making. Imports of a kind come before definitions of that kind; each method gives back an index. Confined to one run.
 */
public final class ModuleBuilder {

    private final List<FuncType> types = new ArrayList<>();
    private final Map<FuncType, Integer> known = new HashMap<>();
    private final BinaryWriter imports = new BinaryWriter();
    private final BinaryWriter functions = new BinaryWriter();
    private final BinaryWriter tables = new BinaryWriter();
    private final BinaryWriter memories = new BinaryWriter();
    private final BinaryWriter globals = new BinaryWriter();
    private final BinaryWriter exports = new BinaryWriter();
    private final BinaryWriter elements = new BinaryWriter();
    private final BinaryWriter code = new BinaryWriter();
    private final BinaryWriter data = new BinaryWriter();
    private final Map<ExternKind, Integer> spaces = new HashMap<>();
    private final Map<ExternKind, Integer> defined = new HashMap<>();
    private final SequencedMap<Integer, String> functionNames = new TreeMap<>();
    private final SequencedMap<Integer, String> globalNames = new TreeMap<>();
    private final List<ModuleSections.Section> customs = new ArrayList<>();
    private Optional<Integer> start = Optional.empty();
    private Optional<String> name = Optional.empty();
    private boolean keepsNames;
    private int importCount;
    private int exportCount;
    private int elementCount;
    private int bodyCount;
    private int dataCount;

    /** An empty module. */
    public ModuleBuilder() {}

    /** Has functions and globals keep the names that they are given. */
    public void keepNames() {
        keepsNames = true;
    }

    /** The module's name, for people; also has functions and globals keep theirs. */
    public void name(String text) {
        name = Optional.of(text);
        keepsNames = true;
    }

    /** How many entries an index space has. */
    public int count(ExternKind kind) {
        return spaces.getOrDefault(kind, 0);
    }

    /** A function type; equal ones are one. */
    public int type(FuncType type) {
        Integer index = known.get(type);
        return index != null ? index : newType(type);
    }

    /** A function type, even if there is one like it. */
    public int newType(FuncType type) {
        types.add(type);
        known.putIfAbsent(type, types.size() - 1);
        return types.size() - 1;
    }

    /** A function type by its index. */
    public FuncType type(int index) {
        return types.get(index);
    }

    /** A function type. */
    public int type(List<? extends ValType> params, List<? extends ValType> results) {
        return type(new FuncType(List.copyOf(params), List.copyOf(results)));
    }

    private int next(ExternKind kind) {
        return spaces.merge(kind, 1, Integer::sum) - 1;
    }

    private BinaryWriter importItem(String module, String field, ExternKind kind) {
        assert defined.getOrDefault(kind, 0) == 0 : field;
        importCount++;
        return imports.writeName(module).writeName(field).writeByte(kind.ordinal());
    }

    /** An imported function; {@code type} is an index. */
    public int importFunction(String module, String field, int type) {
        importItem(module, field, ExternKind.FUNCTION).writeU32(type);
        int index = next(ExternKind.FUNCTION);
        functionNames.put(index, field);
        return index;
    }

    /** An imported global. */
    public int importGlobal(String module, String field, GlobalType type) {
        importItem(module, field, ExternKind.GLOBAL).writeGlobalType(type);
        int index = next(ExternKind.GLOBAL);
        globalNames.put(index, field);
        return index;
    }

    /** An imported table. */
    public int importTable(String module, String field, TableType type) {
        importItem(module, field, ExternKind.TABLE).writeTableType(type);
        return next(ExternKind.TABLE);
    }

    /** An imported memory. */
    public int importMemory(String module, String field, MemoryType type) {
        importItem(module, field, ExternKind.MEMORY).writeMemoryType(type);
        return next(ExternKind.MEMORY);
    }

    private int define(ExternKind kind) {
        defined.merge(kind, 1, Integer::sum);
        return next(kind);
    }

    /** A function whose body, without its size, is {@code body}. */
    public int function(int type, BinaryWriter body) {
        functions.writeU32(type);
        code.writeSized(body);
        bodyCount++;
        return define(ExternKind.FUNCTION);
    }

    /** A table. */
    public int table(TableType type) {
        tables.writeTableType(type);
        return define(ExternKind.TABLE);
    }

    /** A memory. */
    public int memory(MemoryType type) {
        memories.writeMemoryType(type);
        return define(ExternKind.MEMORY);
    }

    /** A global; {@code init} ends with {@code end}. */
    public int global(GlobalType type, BinaryWriter init) {
        globals.writeGlobalType(type).write(init);
        return define(ExternKind.GLOBAL);
    }

    /** An export. */
    public void export(String exported, ExternKind kind, int index) {
        exports.writeName(exported).writeByte(kind.ordinal()).writeU32(index);
        exportCount++;
    }

    /** What runs when the module is instantiated. */
    public void start(int function) {
        start = Optional.of(function);
    }

    /** Functions that fill a table from an offset; the offset ends with {@code end}. */
    public void elements(int table, BinaryWriter offset, List<Integer> indices) {
        if (table == 0) {
            elements.writeU32(0).write(offset);
        } else {
            elements.writeU32(2).writeU32(table).write(offset).writeByte(0);
        }
        writeIndices(indices);
    }

    /** Functions that may be referred to. */
    public void declare(List<Integer> indices) {
        elements.writeU32(3).writeByte(0);
        writeIndices(indices);
    }

    private void writeIndices(List<Integer> indices) {
        elements.writeU32(indices.size());
        indices.forEach(elements::writeU32);
        elementCount++;
    }

    /** Bytes that fill memory 0 from an offset; the offset ends with {@code end}. */
    public void data(BinaryWriter offset, byte[] content) {
        data.writeU32(0).write(offset).writeVector(content);
        dataCount++;
    }

    /** The name of a function, for people. */
    public void functionName(int index, String text) {
        functionNames.put(index, text);
    }

    /** The name of a global, for people. */
    public void globalName(int index, String text) {
        globalNames.put(index, text);
    }

    /** A custom section, at the end. */
    public void custom(String section, byte[] content) {
        customs.add(ModuleSections.custom(section, content));
    }

    /** The module's binary. */
    public byte[] toByteArray() {
        var out = new BinaryWriter().write(new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0});
        var typeSection = new BinaryWriter();
        types.forEach(typeSection::writeCompositeType);
        section(out, 1, types.size(), typeSection);
        section(out, 2, importCount, imports);
        section(out, 3, defined.getOrDefault(ExternKind.FUNCTION, 0), functions);
        section(out, 4, defined.getOrDefault(ExternKind.TABLE, 0), tables);
        section(out, 5, defined.getOrDefault(ExternKind.MEMORY, 0), memories);
        section(out, 6, defined.getOrDefault(ExternKind.GLOBAL, 0), globals);
        section(out, 7, exportCount, exports);
        start.ifPresent(function -> out.writeSection(8, new BinaryWriter().writeU32(function)));
        section(out, 9, elementCount, elements);
        section(out, 10, bodyCount, code);
        section(out, 11, dataCount, data);
        for (ModuleSections.Section custom : customs) {
            custom(out, custom.name().orElseThrow(), custom.content());
        }
        custom(out, Producers.SECTION, Producers.ours().toByteArray());
        if (keepsNames) {
            writeNames(out);
        }
        return out.toByteArray();
    }

    private static void custom(BinaryWriter out, String section, byte[] content) {
        out.writeSection(
                ModuleSections.CUSTOM, new BinaryWriter().writeName(section).write(content));
    }

    private static void section(BinaryWriter out, int id, int count, BinaryWriter content) {
        if (count > 0) {
            out.writeSection(id, new BinaryWriter().writeU32(count).write(content));
        }
    }

    private void writeNames(BinaryWriter out) {
        var content = new BinaryWriter();
        name.ifPresent(text -> content.writeSection(0, new BinaryWriter().writeName(text)));
        subsection(content, 1, functionNames);
        subsection(content, 7, globalNames);
        if (content.size() > 0) {
            custom(out, "name", content.toByteArray());
        }
    }

    private static void subsection(BinaryWriter out, int id, SequencedMap<Integer, String> names) {
        if (!names.isEmpty()) {
            var content = new BinaryWriter().writeU32(names.size());
            names.forEach((index, text) -> content.writeU32(index).writeName(text));
            out.writeSection(id, content);
        }
    }
}

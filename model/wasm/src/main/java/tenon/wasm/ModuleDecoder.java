package tenon.wasm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import tenon.types.MalformedException;
import tenon.types.UnsupportedException;
import tenon.types.core.ExternType;
import tenon.types.core.FuncTypeUse;
import tenon.types.core.HeapType;
import tenon.types.core.MemoryType;
import tenon.types.core.RecGroup;
import tenon.types.core.RefType;
import tenon.types.core.TableType;
import tenon.types.core.TagType;

/**
 * Bytes to a {@link Module}: WebAssembly 3.0, section "Binary Format / Modules". The whole grammar is checked, bodies
 * included; what the module means is for the validator.
 *
 * <p>Input is hostile: memory taken is bounded by a multiple of its size, the stack not at all by its nesting, and
 * {@link ImplementationLimits} hold.
 */
public final class ModuleDecoder {
    private static final int MAGIC = 0x6d736100;
    private static final int VERSION = 1;
    private static final RefType FUNC = new RefType(false, HeapType.Abstract.FUNC);

    /** Sections in the order that they must stand in, custom sections aside: by their ids, the place of each. */
    private static final int[] ORDER = {0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 12, 13, 11, 6};

    private final Binary binary;
    private final ExpressionScanner scanner = new ExpressionScanner();

    private final List<RecGroup> typeGroups = new ArrayList<>();
    private final List<Module.Import> imports = new ArrayList<>();
    private final List<Integer> functions = new ArrayList<>();
    private final List<Module.Table> tables = new ArrayList<>();
    private final List<MemoryType> memories = new ArrayList<>();
    private final List<TagType> tags = new ArrayList<>();
    private final List<Module.Global> globals = new ArrayList<>();
    private final List<Module.Export> exports = new ArrayList<>();
    private final List<Module.ElementSegment> elements = new ArrayList<>();
    private final List<Module.DataSegment> data = new ArrayList<>();
    private final List<Module.Code> code = new ArrayList<>();
    private final List<Module.CustomSection> customs = new ArrayList<>();
    private Optional<Integer> start = Optional.empty();
    private Optional<Integer> dataCount = Optional.empty();
    private Names names = Names.NONE;

    private int typeCount;
    private int startPosition = -1;
    private final IntStream.Builder typePositions = IntStream.builder();
    private final IntStream.Builder functionPositions = IntStream.builder();
    private final IntStream.Builder tablePositions = IntStream.builder();
    private final IntStream.Builder memoryPositions = IntStream.builder();
    private final IntStream.Builder tagPositions = IntStream.builder();
    private final IntStream.Builder globalPositions = IntStream.builder();
    private final IntStream.Builder exportPositions = IntStream.builder();
    private final IntStream.Builder elementPositions = IntStream.builder();
    private final IntStream.Builder dataPositions = IntStream.builder();

    private ModuleDecoder(Binary binary) {
        this.binary = binary;
    }

    /**
     * Decodes a module that is a file of its own.
     *
     * @throws MalformedException if the bytes do not follow the grammar
     * @throws UnsupportedException if they use what Tenon does not have, or go beyond its limits
     */
    public static Module decode(byte[] bytes) {
        return decode(Binary.of(bytes));
    }

    /** Decodes a module that may be a part of a file; errors as {@link #decode(byte[])}. */
    public static Module decode(Binary binary) {
        return new ModuleDecoder(binary).module();
    }

    private Module module() {
        var in = new BinaryReader(binary);
        header(in);
        int last = 0;
        while (!in.atEnd()) {
            int at = in.position();
            int id = in.u8();
            if (id >= ORDER.length) {
                throw new MalformedException(at, "malformed section id " + id);
            }
            if (id != 0) {
                if (ORDER[id] <= last) {
                    throw new MalformedException(
                            at, "unexpected content after last section: section " + id + " again or out of order");
                }
                last = ORDER[id];
            }
            BinaryReader section = in.part(in.length());
            section(id, section);
            if (!section.atEnd()) {
                throw new MalformedException(
                        section.position(),
                        "section size mismatch in section " + id + ": " + section.remaining()
                                + " bytes more than its content");
            }
        }
        checkLengths();
        return result();
    }

    private static void header(BinaryReader in) {
        int at = in.position();
        if (in.fixed32() != MAGIC) {
            throw new MalformedException(at, "magic header not detected");
        }
        at = in.position();
        int version = in.fixed32();
        if (version != VERSION) {
            var layer = version == 0x0001_000d ? "; this is a component, expected a core module" : "";
            throw new MalformedException(at, "unknown binary version 0x" + Integer.toHexString(version) + layer);
        }
    }

    private void section(int id, BinaryReader in) {
        switch (id) {
            case 0 -> customSection(in);
            case 1 -> typeSection(in);
            case 2 -> importSection(in);
            case 3 -> functionSection(in);
            case 4 -> tableSection(in);
            case 5 -> memorySection(in);
            case 6 -> globalSection(in);
            case 7 -> exportSection(in);
            case 8 -> {
                startPosition = in.position();
                start = Optional.of(in.u32());
            }
            case 9 -> elementSection(in);
            case 10 -> codeSection(in);
            case 11 -> dataSection(in);
            case 12 -> dataCount = Optional.of(in.u32());
            case 13 -> tagSection(in);
            default -> throw new AssertionError(id);
        }
    }

    private void customSection(BinaryReader in) {
        String name = in.name();
        if (name.equals("name") && names == Names.NONE) {
            names = NameSectionReader.read(new BinaryReader(in.bytes(), in.position(), in.end()));
        }
        customs.add(new Module.CustomSection(name, in.position(), in.end()));
        in.skip(in.remaining());
    }

    private void typeSection(BinaryReader in) {
        int count = TypeReader.limited(in, ImplementationLimits.TYPES, "types");
        for (int i = 0; i < count; i++) {
            int at = in.position();
            typePositions.add(at);
            RecGroup group = TypeReader.recGroup(in);
            typeGroups.add(group);
            typeCount += group.types().size();
            if (typeCount > ImplementationLimits.TYPES) {
                throw new UnsupportedException(at, "too many types, expected at most " + ImplementationLimits.TYPES);
            }
        }
    }

    private void importSection(BinaryReader in) {
        int count = TypeReader.limited(in, ImplementationLimits.IMPORTS, "imports");
        for (int i = 0; i < count; i++) {
            String module = in.name();
            String name = in.name();
            int at = in.position();
            imports.add(new Module.Import(module, name, externType(in), at));
        }
    }

    private static ExternType externType(BinaryReader in) {
        int at = in.position();
        return switch (in.u8()) {
            case 0 -> new FuncTypeUse(in.u32());
            case 1 -> TypeReader.tableType(in);
            case 2 -> TypeReader.memoryType(in);
            case 3 -> TypeReader.globalType(in);
            case 4 -> TypeReader.tagType(in);
            default -> throw new MalformedException(at, "malformed import kind, expected 0 to 4");
        };
    }

    private void functionSection(BinaryReader in) {
        int count = TypeReader.limited(in, ImplementationLimits.FUNCTIONS, "functions");
        for (int i = 0; i < count; i++) {
            functionPositions.add(in.position());
            functions.add(in.u32());
        }
    }

    private void tableSection(BinaryReader in) {
        int count = TypeReader.limited(in, ImplementationLimits.TABLES, "tables");
        for (int i = 0; i < count; i++) {
            int at = in.position();
            tablePositions.add(at);
            boolean initialised = in.peek() == 0x40;
            if (initialised) {
                in.u8();
                if (in.u8() != 0) {
                    throw new MalformedException(at + 1, "malformed table, zero byte expected");
                }
            }
            TableType type = TypeReader.tableType(in);
            tables.add(new Module.Table(type, initialised ? Optional.of(expression(in)) : Optional.empty()));
        }
    }

    private void memorySection(BinaryReader in) {
        int count = TypeReader.limited(in, ImplementationLimits.MEMORIES, "memories");
        for (int i = 0; i < count; i++) {
            memoryPositions.add(in.position());
            memories.add(TypeReader.memoryType(in));
        }
    }

    private void tagSection(BinaryReader in) {
        int count = TypeReader.limited(in, ImplementationLimits.TAGS, "tags");
        for (int i = 0; i < count; i++) {
            tagPositions.add(in.position());
            tags.add(TypeReader.tagType(in));
        }
    }

    private void globalSection(BinaryReader in) {
        int count = TypeReader.limited(in, ImplementationLimits.GLOBALS, "globals");
        for (int i = 0; i < count; i++) {
            globalPositions.add(in.position());
            globals.add(new Module.Global(TypeReader.globalType(in), expression(in)));
        }
    }

    private void exportSection(BinaryReader in) {
        int count = TypeReader.limited(in, ImplementationLimits.EXPORTS, "exports");
        for (int i = 0; i < count; i++) {
            exportPositions.add(in.position());
            String name = in.name();
            int at = in.position();
            int kind = in.u8();
            Module.ExternKind[] kinds = Module.ExternKind.values();
            if (kind >= kinds.length) {
                throw new MalformedException(at, "malformed export kind " + kind + ", expected 0 to 4");
            }
            exports.add(new Module.Export(name, kinds[kind], in.u32()));
        }
    }

    private void elementSection(BinaryReader in) {
        int count = TypeReader.limited(in, ImplementationLimits.ELEMENT_SEGMENTS, "element segments");
        for (int i = 0; i < count; i++) {
            elementPositions.add(in.position());
            elements.add(elementSegment(in));
        }
    }

    /** "Element Section": bit 0 is passive or declarative, bit 1 an explicit table or declarative, bit 2 expressions. */
    private Module.ElementSegment elementSegment(BinaryReader in) {
        int at = in.position();
        int flags = in.u32();
        if (flags < 0 || flags > 7) {
            throw new MalformedException(at, "malformed elements segment kind " + Integer.toUnsignedString(flags));
        }
        boolean expressions = (flags & 4) != 0;
        Module.Mode mode = switch (flags & 3) {
            case 0 -> new Module.Mode.Active(0, expression(in));
            case 1 -> new Module.Mode.Passive();
            case 2 -> new Module.Mode.Active(in.u32(), expression(in));
            default -> new Module.Mode.Declarative();
        };
        RefType type = expressions ? RefType.FUNCREF : FUNC;
        if ((flags & 3) != 0) {
            type = expressions ? TypeReader.refType(in) : elementKind(in);
        }
        int count = in.length();
        var list = new ArrayList<Module.Element>();
        for (int i = 0; i < count; i++) {
            list.add(expressions ? new Module.Element.Expression(expression(in)) : new Module.Element.Func(in.u32()));
        }
        return new Module.ElementSegment(type, list, mode);
    }

    private static RefType elementKind(BinaryReader in) {
        int at = in.position();
        if (in.u8() != 0) {
            throw new MalformedException(at, "malformed element kind, expected 0");
        }
        return FUNC;
    }

    private void codeSection(BinaryReader in) {
        int at = in.position();
        int count = in.length();
        if (count != functions.size()) {
            throw inconsistentCode(at, count);
        }
        for (int i = 0; i < count; i++) {
            int size = TypeReader.limited(in, ImplementationLimits.BODY_SIZE, "bytes in a function body");
            code.add(body(in.part(size)));
        }
    }

    private Module.Code body(BinaryReader in) {
        List<Module.Locals> locals = locals(in);
        int first = in.position();
        scanner.scan(in);
        if (!in.atEnd()) {
            throw new MalformedException(
                    in.position(), "section size mismatch: the function's body ends before its size says");
        }
        return new Module.Code(locals, first, in.position());
    }

    private static List<Module.Locals> locals(BinaryReader in) {
        int at = in.position();
        int runs = in.length();
        if (runs == 0) {
            return List.of();
        }
        var locals = new ArrayList<Module.Locals>();
        long sum = 0;
        for (int i = 0; i < runs; i++) {
            int count = in.u32();
            sum += Integer.toUnsignedLong(count);
            locals.add(new Module.Locals(count, TypeReader.valType(in)));
        }
        if (sum > 0xffff_ffffL) {
            throw new MalformedException(at, "too many locals: " + sum);
        }
        if (sum > ImplementationLimits.LOCALS) {
            throw new UnsupportedException(at, sum + " locals, expected at most " + ImplementationLimits.LOCALS);
        }
        return List.copyOf(locals);
    }

    private void dataSection(BinaryReader in) {
        int count = TypeReader.limited(in, ImplementationLimits.DATA_SEGMENTS, "data segments");
        for (int i = 0; i < count; i++) {
            int at = in.position();
            dataPositions.add(at);
            int flags = in.u32();
            Module.Mode mode = switch (flags) {
                case 0 -> new Module.Mode.Active(0, expression(in));
                case 1 -> new Module.Mode.Passive();
                case 2 -> new Module.Mode.Active(in.u32(), expression(in));
                default ->
                    throw new MalformedException(at, "malformed data segment kind " + Integer.toUnsignedString(flags));
            };
            int length = in.length();
            int first = in.position();
            in.skip(length);
            data.add(new Module.DataSegment(first, first + length, mode));
        }
    }

    private Module.ConstantExpression expression(BinaryReader in) {
        int first = in.position();
        scanner.scan(in);
        return new Module.ConstantExpression(first, in.position());
    }

    private void checkLengths() {
        int at = binary.end();
        if (code.size() != functions.size()) {
            throw inconsistentCode(at, code.size());
        }
        if (dataCount.isPresent() && dataCount.get() != data.size()) {
            throw new MalformedException(
                    at,
                    "data count and data section have inconsistent lengths: "
                            + Integer.toUnsignedString(dataCount.get()) + " and " + data.size());
        }
        if (dataCount.isEmpty() && scanner.usesData()) {
            throw new MalformedException(at, "data count section required by instructions on data segments");
        }
    }

    private MalformedException inconsistentCode(int at, int bodies) {
        return new MalformedException(
                at, "function and code section have inconsistent lengths: " + functions.size() + " and " + bodies);
    }

    private Module result() {
        var positions = new Module.Positions(
                typePositions.build().toArray(),
                functionPositions.build().toArray(),
                tablePositions.build().toArray(),
                memoryPositions.build().toArray(),
                tagPositions.build().toArray(),
                globalPositions.build().toArray(),
                exportPositions.build().toArray(),
                startPosition,
                elementPositions.build().toArray(),
                dataPositions.build().toArray());
        var spaces = Module.Spaces.of(typeGroups, imports, functions, tables, memories, tags, globals);
        return new Module(
                binary,
                typeGroups,
                imports,
                functions,
                tables,
                memories,
                tags,
                globals,
                exports,
                start,
                elements,
                data,
                dataCount,
                code,
                customs,
                names,
                spaces,
                positions);
    }
}

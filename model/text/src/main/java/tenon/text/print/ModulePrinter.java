package tenon.text.print;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import tenon.types.core.ExternType;
import tenon.types.core.FuncTypeUse;
import tenon.types.core.GlobalType;
import tenon.types.core.MemoryType;
import tenon.types.core.RefType;
import tenon.types.core.TableType;
import tenon.types.core.TagType;
import tenon.wasm.BinaryReader;
import tenon.wasm.InstructionReader;
import tenon.wasm.Module;
import tenon.wasm.Names.Space;

/** A module's sections as the fields of a text, in the order of the binary. Confined to one thread. */
public final class ModulePrinter {
    private static final int PREAMBLE = 8;

    /** Bits of an element segment's first byte: WebAssembly 3.0, "Element Section". */
    private static final int EXPLICIT_TABLE = 2;

    private static final int EXPRESSIONS = 4;

    private final Module module;
    private final ModuleNames names;
    private final TypePrinter types;
    private final Optional<BranchHints> hints;
    private final Layout out;

    /** How many entries of each index space have been printed. */
    private final Map<Space, Integer> next = new EnumMap<>(Space.class);

    private ModulePrinter(Module module, Layout out) {
        this.module = module;
        this.names = ModuleNames.of(module.names());
        this.types = new TypePrinter(names.types()::use);
        this.hints = BranchHints.of(module);
        this.out = out;
    }

    /** The text of a decoded module, valid or not. */
    public static String print(Module module) {
        var out = new Layout().open("module");
        module.names()
                .module()
                .ifPresent(name -> out.add(" ").add(new Identifiers("module", Map.of(0, name)).named(0)));
        fields(module, out);
        return out.close().text();
    }

    /** The fields of a module, a line each, inside the parenthesis that is open. */
    static void fields(Module module, Layout out) {
        var printer = new ModulePrinter(module, out);
        var in = new BinaryReader(module.binary());
        in.skip(PREAMBLE);
        var customs = new CustomSections(out, module.binary(), printer.hints.isPresent());
        while (!in.atEnd()) {
            int id = in.u8();
            BinaryReader section = in.part(in.length());
            if (id == 0) {
                customs.print(section);
            } else {
                printer.section(id);
                customs.passed(id, section);
            }
        }
    }

    private void section(int id) {
        switch (id) {
            case 1 -> types();
            case 2 -> imports();
            case 4 -> module.tables().forEach(this::table);
            case 5 ->
                module.memories()
                        .forEach(memory -> out.entry(definition(Space.MEMORY) + " " + TypePrinter.memory(memory)));
            case 6 ->
                module.globals()
                        .forEach(global -> out.entry(definition(Space.GLOBAL) + " " + types.global(global.type()) + " "
                                + flat(global.init())));
            case 7 -> exports();
            case 8 -> module.start().ifPresent(start -> out.entry("start " + names.use(Space.FUNCTION, start)));
            case 9 -> elements();
            case 10 -> functions();
            case 11 -> data();
            case 13 -> module.tags().forEach(tag -> out.entry(definition(Space.TAG) + typeUse(tag.typeIndex())));
            // types of functions stand with their code, the number of data segments follows from these
            default -> {}
        }
    }

    /** Begins the next entry of an index space. */
    private String definition(Space space) {
        int index = next.merge(space, 1, Integer::sum) - 1;
        return names.definition(space, index);
    }

    private void types() {
        for (var group : module.typeGroups()) {
            out.line();
            boolean alone = group.types().size() == 1;
            if (!alone) {
                out.open("rec");
            }
            for (var type : group.types()) {
                if (!alone) {
                    out.line();
                }
                out.open(definition(Space.TYPE) + " " + types.subType(type)).close();
            }
            if (!alone) {
                out.close();
            }
        }
    }

    private void imports() {
        for (Module.Import imported : module.imports()) {
            out.entry("import " + Quoted.name(imported.module()) + " " + Quoted.name(imported.name()) + " ("
                    + description(imported.type()) + ")");
        }
    }

    private String description(ExternType type) {
        return switch (type) {
            case FuncTypeUse use -> definition(Space.FUNCTION) + typeUse(use.typeIndex());
            case TableType table -> definition(Space.TABLE) + " " + types.table(table);
            case MemoryType memory -> definition(Space.MEMORY) + " " + TypePrinter.memory(memory);
            case GlobalType global -> definition(Space.GLOBAL) + " " + types.global(global);
            case TagType tag -> definition(Space.TAG) + typeUse(tag.typeIndex());
        };
    }

    /** A function type by index, and what it is, with a space before it. */
    private String typeUse(int type) {
        String signature = InstructionPrinter.functionType(module, type)
                .map(func -> types.group("param", func.params()) + types.group("result", func.results()))
                .orElse("");
        return " (type " + names.use(Space.TYPE, type) + ")" + signature;
    }

    private void table(Module.Table table) {
        String init = table.init().map(each -> " " + flat(each)).orElse("");
        out.entry(definition(Space.TABLE) + " " + types.table(table.type()) + init);
    }

    private void exports() {
        for (Module.Export export : module.exports()) {
            Space space = switch (export.kind()) {
                case FUNCTION -> Space.FUNCTION;
                case TABLE -> Space.TABLE;
                case MEMORY -> Space.MEMORY;
                case GLOBAL -> Space.GLOBAL;
                case TAG -> Space.TAG;
            };
            // tools print tags by index here, and only here
            String index =
                    space == Space.TAG ? Integer.toUnsignedString(export.index()) : names.use(space, export.index());
            out.entry("export " + Quoted.name(export.name()) + " (" + ModuleNames.word(space) + " " + index + ")");
        }
    }

    private void functions() {
        var printer = new FunctionPrinter(module, names, hints, out);
        for (int i = 0; i < module.functions().size(); i++) {
            printer.print(i);
        }
    }

    private void elements() {
        for (int i = 0; i < module.elements().size(); i++) {
            Module.ElementSegment segment = module.elements().get(i);
            int flags = module.binary().bytes()[module.positions().elements()[i]];
            var text = new StringBuilder(definition(Space.ELEMENT));
            boolean explicit = (flags & EXPLICIT_TABLE) != 0
                    && (flags & EXPRESSIONS) != 0
                    && !segment.type().equals(RefType.FUNCREF);
            text.append(mode(Space.TABLE, segment.mode(), explicit));
            text.append((flags & EXPRESSIONS) == 0 ? " func" : " " + types.reference(segment.type()));
            for (Module.Element element : segment.elements()) {
                text.append(' ')
                        .append(
                                switch (element) {
                                    case Module.Element.Func func -> names.use(Space.FUNCTION, func.index());
                                    case Module.Element.Expression expression ->
                                        folded("item", expression.expression());
                                });
            }
            out.entry(text.toString());
        }
    }

    private void data() {
        for (Module.DataSegment segment : module.data()) {
            String content = Quoted.bytes(module.binary().bytes(), segment.start(), segment.end());
            out.entry(definition(Space.DATA) + mode(Space.MEMORY, segment.mode(), false) + " " + content);
        }
    }

    /** {@code explicit} is whether an index 0 is written, too: where the binary has no shorter form. */
    private String mode(Space target, Module.Mode mode, boolean explicit) {
        return switch (mode) {
            case Module.Mode.Passive _ -> "";
            case Module.Mode.Declarative _ -> " declare";
            case Module.Mode.Active active ->
                (active.target() == 0 && !explicit
                                ? ""
                                : " (" + ModuleNames.word(target) + " " + names.use(target, active.target()) + ")")
                        + " " + folded("offset", active.offset());
        };
    }

    private String flat(Module.ConstantExpression expression) {
        return printer().expression(InstructionReader.of(module, expression));
    }

    private String folded(String word, Module.ConstantExpression expression) {
        return printer().folded(word, InstructionReader.of(module, expression));
    }

    private InstructionPrinter printer() {
        return InstructionPrinter.ofExpressions(module, names);
    }
}

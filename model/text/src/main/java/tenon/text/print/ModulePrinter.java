package tenon.text.print;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tenon.types.core.ExternType;
import tenon.types.core.FuncTypeUse;
import tenon.types.core.GlobalType;
import tenon.types.core.MemoryType;
import tenon.types.core.RecGroup;
import tenon.types.core.TableType;
import tenon.types.core.TagType;
import tenon.wasm.InstructionReader;
import tenon.wasm.Module;

/** A module's sections as the fields of a text, in the order of the binary. Confined to one thread. */
public final class ModulePrinter {
    private final Module module;
    private final Identifiers functions;
    private final InstructionPrinter constants;
    private final StringBuilder out = new StringBuilder();

    private ModulePrinter(Module module) {
        this.module = module;
        this.functions = new Identifiers(module.names().functions());
        this.constants = new InstructionPrinter(functions, Identifiers.NONE);
    }

    /** The text of a decoded module, valid or not. */
    public static String print(Module module) {
        return new ModulePrinter(module).print();
    }

    private String print() {
        out.append("(module");
        module.names()
                .module()
                .filter(name -> !name.isEmpty())
                .ifPresent(name -> out.append(' ').append(Quoted.identifier(name)));
        out.append('\n');
        types();
        imports();
        var function = new FunctionPrinter(module, functions, out);
        for (int i = 0; i < module.functions().size(); i++) {
            function.print(i);
        }
        tables();
        memories();
        tags();
        globals();
        exports();
        module.start().ifPresent(start -> line("(start " + functions.use(start) + ")"));
        elements();
        data();
        CustomSections.print(module, out);
        return out.append(")\n").toString();
    }

    private void line(String text) {
        out.append("  ").append(text).append('\n');
    }

    private void types() {
        int index = 0;
        for (RecGroup group : module.typeGroups()) {
            var members = new ArrayList<String>();
            for (var type : group.types()) {
                members.add("(type (;" + index + ";) " + TypePrinter.subType(type) + ")");
                index++;
            }
            line(members.size() == 1 ? members.getFirst() : "(rec " + String.join(" ", members) + ")");
        }
    }

    private void imports() {
        int[] next = new int[5];
        for (Module.Import imported : module.imports()) {
            line("(import " + Quoted.name(imported.module()) + " " + Quoted.name(imported.name()) + " "
                    + description(imported.type(), next) + ")");
        }
    }

    /** {@code next} counts the imports of each kind. */
    private String description(ExternType type, int[] next) {
        return switch (type) {
            case FuncTypeUse use ->
                "(func" + functions.definition(next[0]++) + " (type " + Integer.toUnsignedString(use.typeIndex())
                        + "))";
            case TableType table -> "(table (;" + next[1]++ + ";) " + TypePrinter.table(table) + ")";
            case MemoryType memory -> "(memory (;" + next[2]++ + ";) " + TypePrinter.memory(memory) + ")";
            case GlobalType global -> "(global (;" + next[3]++ + ";) " + TypePrinter.global(global) + ")";
            case TagType tag -> "(tag (;" + next[4]++ + ";) (type " + Integer.toUnsignedString(tag.typeIndex()) + "))";
        };
    }

    private void tables() {
        int index = module.spaces().tables().size() - module.tables().size();
        for (Module.Table table : module.tables()) {
            line("(table (;" + index++ + ";) " + TypePrinter.table(table.type())
                    + table.init().map(init -> " " + flat(init)).orElse("") + ")");
        }
    }

    private void memories() {
        int index = module.spaces().memories().size() - module.memories().size();
        for (MemoryType memory : module.memories()) {
            line("(memory (;" + index++ + ";) " + TypePrinter.memory(memory) + ")");
        }
    }

    private void tags() {
        int index = module.spaces().tags().size() - module.tags().size();
        for (TagType tag : module.tags()) {
            line("(tag (;" + index++ + ";) (type " + Integer.toUnsignedString(tag.typeIndex()) + "))");
        }
    }

    private void globals() {
        int index = module.spaces().globals().size() - module.globals().size();
        for (Module.Global global : module.globals()) {
            line("(global (;" + index++ + ";) " + TypePrinter.global(global.type()) + " " + flat(global.init()) + ")");
        }
    }

    private void exports() {
        for (Module.Export export : module.exports()) {
            String index = Integer.toUnsignedString(export.index());
            String what = switch (export.kind()) {
                case FUNCTION -> "func " + functions.use(export.index());
                case TABLE -> "table " + index;
                case MEMORY -> "memory " + index;
                case GLOBAL -> "global " + index;
                case TAG -> "tag " + index;
            };
            line("(export " + Quoted.name(export.name()) + " (" + what + "))");
        }
    }

    private void elements() {
        int index = 0;
        for (Module.ElementSegment segment : module.elements()) {
            line("(elem (;" + index++ + ";)" + mode("table", segment.mode()) + elements(segment) + ")");
        }
    }

    private String elements(Module.ElementSegment segment) {
        // without elements the type tells the form: only that of functions cannot be null
        boolean plain = segment.elements().isEmpty()
                ? !segment.type().nullable()
                : segment.elements().getFirst() instanceof Module.Element.Func;
        return segment.elements().stream()
                .map(element -> switch (element) {
                    case Module.Element.Func func -> " " + functions.use(func.index());
                    case Module.Element.Expression expression -> " (item " + flat(expression.expression()) + ")";
                })
                .collect(Collectors.joining(
                        "", plain ? " func" : " " + segment.type().text(), ""));
    }

    private void data() {
        int index = 0;
        for (Module.DataSegment segment : module.data()) {
            String content = Quoted.bytes(module.binary().bytes(), segment.start(), segment.end());
            line("(data (;" + index++ + ";)" + mode("memory", segment.mode()) + " " + content + ")");
        }
    }

    private String mode(String target, Module.Mode mode) {
        return switch (mode) {
            case Module.Mode.Passive _ -> "";
            case Module.Mode.Declarative _ -> " declare";
            case Module.Mode.Active active ->
                (active.target() == 0 ? "" : " (" + target + " " + Integer.toUnsignedString(active.target()) + ")")
                        + " (offset " + flat(active.offset()) + ")";
        };
    }

    private String flat(Module.ConstantExpression expression) {
        List<String> lines = constants.expression(InstructionReader.of(module, expression));
        return String.join(" ", lines);
    }
}

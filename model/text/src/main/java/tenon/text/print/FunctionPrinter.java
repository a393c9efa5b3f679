package tenon.text.print;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tenon.types.UnsupportedException;
import tenon.types.core.FuncType;
import tenon.types.core.ValType;
import tenon.wasm.InstructionReader;
import tenon.wasm.Module;
import tenon.wasm.Opcode;

/** A function with its body, one instruction a line. */
final class FunctionPrinter {
    /** Deeper blocks are not indented any more, so that the text grows with the binary only. */
    private static final int DEEPEST = 50;

    /**
     * Characters; a longer text is refused. A few bytes declare thousands of locals, each of which is a word of the text, so
     * that a small binary could ask for more than any memory holds.
     */
    private static final int LONGEST = 1 << 29;

    private final Module module;
    private final Identifiers functions;
    private final StringBuilder out;

    FunctionPrinter(Module module, Identifiers functions, StringBuilder out) {
        this.module = module;
        this.functions = functions;
        this.out = out;
    }

    /** The function number {@code defined} of those that the module defines. */
    void print(int defined) {
        int index = module.importedFunctions() + defined;
        if (out.length() > LONGEST) {
            throw new UnsupportedException(
                    module.code().get(defined).start(), "text of more than " + LONGEST + " characters");
        }
        int typeIndex = module.functions().get(defined);
        var locals = new Identifiers(module.names().locals().getOrDefault(index, Map.of()));
        out.append("  (func")
                .append(functions.definition(index))
                .append(" (type ")
                .append(typeIndex)
                .append(')');
        Optional<FuncType> type = functionType(typeIndex);
        int parameters = 0;
        if (type.isPresent()) {
            variables("param", type.get().params(), 0, locals);
            out.append(TypePrinter.group("result", type.get().results()));
            parameters = type.get().params().size();
        }
        Module.Code code = module.code().get(defined);
        out.append('\n');
        locals(code, parameters, locals);
        body(code, locals);
        out.append("  )\n");
    }

    private Optional<FuncType> functionType(int index) {
        var types = module.spaces().types();
        return index >= 0 && index < types.size() && types.get(index).composite() instanceof FuncType type
                ? Optional.of(type)
                : Optional.empty();
    }

    private void locals(Module.Code code, int parameters, Identifiers names) {
        if (code.locals().isEmpty()) {
            return;
        }
        out.append("   ");
        int first = parameters;
        for (Module.Locals run : code.locals()) {
            List<ValType> types = Collections.nCopies(run.count(), run.type());
            variables("local", types, first, names);
            first += run.count();
        }
        out.append('\n');
    }

    /** Named ones stand alone, the others together. */
    private void variables(String word, List<ValType> types, int first, Identifiers names) {
        int from = 0;
        for (int i = 0; i <= types.size(); i++) {
            boolean named = i < types.size() && names.has(first + i);
            if (named || i == types.size()) {
                out.append(TypePrinter.group(word, types.subList(from, i)));
                from = i + 1;
            }
            if (named) {
                String text = types.get(i).text();
                out.append(" (")
                        .append(word)
                        .append(' ')
                        .append(names.use(first + i))
                        .append(' ')
                        .append(text)
                        .append(')');
            }
        }
    }

    private void body(Module.Code code, Identifiers locals) {
        var printer = new InstructionPrinter(functions, locals);
        var in = InstructionReader.of(module, code);
        int depth = 0;
        while (in.hasNext()) {
            Opcode opcode = in.next();
            depth -= opcode == Opcode.END || opcode == Opcode.ELSE ? 1 : 0;
            if (depth < 0) {
                return;
            }
            out.append("  ".repeat(2 + Math.min(depth, DEEPEST))).append(printer.line(in, opcode));
            boolean opens = switch (opcode.immediate()) {
                case BLOCK, TRY_TABLE -> true;
                case NONE, LABEL, LABELS, FUNC, TYPE, TYPE_TABLE, TYPES, LOCAL, GLOBAL, TABLE, TAG -> false;
                case MEMARG, MEMORY, MEMORY_MEMORY, DATA_MEMORY, DATA, ELEM_TABLE, ELEM, TABLE_TABLE -> false;
                case I32, I64, F32, F64, HEAP -> false;
            };
            depth += opens || opcode == Opcode.ELSE ? 1 : 0;
            out.append('\n');
        }
    }
}

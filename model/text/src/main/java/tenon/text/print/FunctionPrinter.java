package tenon.text.print;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import tenon.types.core.FuncType;
import tenon.types.core.ValType;
import tenon.wasm.InstructionReader;
import tenon.wasm.Module;
import tenon.wasm.Names.Space;

/** A function with its body, one instruction a line. */
record FunctionPrinter(Module module, ModuleNames names, Optional<BranchHints> hints, Layout out) {

    /** The function number {@code defined} of those that the module defines. */
    void print(int defined) {
        Module.Code code = module.code().get(defined);
        out.requireRoom(code.start());
        int index = module.importedFunctions() + defined;
        int typeIndex = module.functions().get(defined);
        Identifiers locals = names.locals(index);
        out.line().open(names.definition(Space.FUNCTION, index));
        out.add(" (type " + names.use(Space.TYPE, typeIndex) + ")");
        int parameters = signature(typeIndex, locals);
        locals(code, parameters, locals);
        InstructionPrinter.ofFunction(module, names, index).body(InstructionReader.of(module, code), hints, out);
        out.close();
    }

    /** Parameters and results, and how many parameters there are. */
    private int signature(int typeIndex, Identifiers locals) {
        Optional<FuncType> type = InstructionPrinter.functionType(module, typeIndex);
        if (type.isEmpty()) {
            return 0;
        }
        List<ValType> parameters = type.get().params();
        var types = new TypePrinter(names.types()::use);
        out.add(variables("param", parameters, 0, locals));
        out.add(types.group("result", type.get().results()));
        return parameters.size();
    }

    private void locals(Module.Code code, int parameters, Identifiers locals) {
        var types = new ArrayList<ValType>();
        code.locals().forEach(run -> types.addAll(Collections.nCopies(run.count(), run.type())));
        if (!types.isEmpty()) {
            out.line().add(variables("local", types, parameters, locals).substring(1));
        }
    }

    /** Named ones stand alone, the others together. */
    private String variables(String word, List<ValType> types, int first, Identifiers locals) {
        var printer = new TypePrinter(names.types()::use);
        var text = new StringBuilder();
        int from = 0;
        for (int i = 0; i <= types.size(); i++) {
            boolean named = i < types.size() && locals.has(first + i);
            if (named || i == types.size()) {
                text.append(printer.group(word, types.subList(from, i)));
                from = i + 1;
            }
            if (named) {
                text.append(" (").append(word).append(' ').append(locals.named(first + i));
                text.append(' ').append(printer.value(types.get(i))).append(')');
            }
        }
        return text.toString();
    }
}

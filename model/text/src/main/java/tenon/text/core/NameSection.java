package tenon.text.core;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tenon.wasm.BinaryWriter;

/**
 * The identifiers of a module, kept for people: WebAssembly 3.0, appendix "Name Section", and the subsections 5 to 9 that
 * tools have agreed on.
 */
final class NameSection {
    static final String NAME = "name";

    private final Optional<String> module;
    private final Map<Integer, Map<Integer, String>> locals = new TreeMap<>();
    private final Map<Integer, Map<Integer, String>> labels = new TreeMap<>();

    NameSection(Optional<String> module) {
        this.module = module;
    }

    void locals(int function, Map<Integer, String> names) {
        if (!names.isEmpty()) {
            locals.put(function, names);
        }
    }

    void labels(int function, Map<Integer, String> names) {
        if (!names.isEmpty()) {
            labels.put(function, names);
        }
    }

    /** The section's content; empty where nothing has a name. */
    BinaryWriter content(Scope scope) {
        var out = new BinaryWriter();
        module.ifPresent(name -> out.writeSection(0, new BinaryWriter().writeName(name)));
        writeMap(out, 1, scope.functions());
        writeOfFunctions(out, 2, locals);
        writeOfFunctions(out, 3, labels);
        writeMap(out, 4, scope.types().indices());
        writeMap(out, 5, scope.tables());
        writeMap(out, 6, scope.memories());
        writeMap(out, 7, scope.globals());
        writeMap(out, 8, scope.elements());
        writeMap(out, 9, scope.data());
        writeMap(out, 11, scope.tags());
        return out;
    }

    private static void writeOfFunctions(BinaryWriter out, int subsection, Map<Integer, Map<Integer, String>> names) {
        if (!names.isEmpty()) {
            var content = new BinaryWriter().writeU32(names.size());
            names.forEach((function, own) -> writeNames(content.writeU32(function), own));
            out.writeSection(subsection, content);
        }
    }

    private static void writeMap(BinaryWriter out, int subsection, IndexSpace space) {
        if (!space.names().isEmpty()) {
            out.writeSection(subsection, writeNames(new BinaryWriter(), space.names()));
        }
    }

    private static BinaryWriter writeNames(BinaryWriter out, Map<Integer, String> names) {
        out.writeU32(names.size());
        names.forEach((index, name) -> out.writeU32(index).writeName(name));
        return out;
    }
}

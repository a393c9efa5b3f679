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

    NameSection(Optional<String> module) {
        this.module = module;
    }

    void locals(int function, Map<Integer, String> names) {
        if (!names.isEmpty()) {
            locals.put(function, names);
        }
    }

    /** The section's content; empty where nothing has a name. */
    BinaryWriter content(Scope scope) {
        var out = new BinaryWriter();
        module.ifPresent(name -> out.writeSection(0, new BinaryWriter().writeName(name)));
        writeMap(out, 1, scope.functions());
        if (!locals.isEmpty()) {
            var content = new BinaryWriter().writeU32(locals.size());
            locals.forEach((function, names) -> writeNames(content.writeU32(function), names));
            out.writeSection(2, content);
        }
        writeMap(out, 4, scope.types().indices());
        writeMap(out, 5, scope.tables());
        writeMap(out, 6, scope.memories());
        writeMap(out, 7, scope.globals());
        writeMap(out, 8, scope.elements());
        writeMap(out, 9, scope.data());
        writeMap(out, 11, scope.tags());
        return out;
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

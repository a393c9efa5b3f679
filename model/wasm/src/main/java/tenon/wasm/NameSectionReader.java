package tenon.wasm;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tenon.types.MalformedException;
import tenon.wasm.Names.Space;

/**
 * Reads the name section: WebAssembly 3.0, appendix "Custom Sections / Name Section". An error in it is no error of the
 * module: what was read before counts.
 */
final class NameSectionReader {
    private Optional<String> module = Optional.empty();
    private final Map<Space, Map<Integer, String>> items = new EnumMap<>(Space.class);
    private final Map<Integer, Map<Integer, String>> locals = new HashMap<>();
    private final Map<Integer, Map<Integer, String>> labels = new HashMap<>();

    private NameSectionReader() {}

    static Names read(BinaryReader in) {
        var reader = new NameSectionReader();
        try {
            while (!in.atEnd()) {
                int id = in.u8();
                reader.subsection(id, in.part(in.length()));
            }
        } catch (MalformedException _) {
            // names are for people, and no reason to refuse a module that is right
        }
        return new Names(reader.module, reader.items, reader.locals, reader.labels);
    }

    private void subsection(int id, BinaryReader in) {
        switch (id) {
            case 0 -> module = Optional.of(in.name());
            case 2 -> ofFunctions(in, locals);
            case 3 -> ofFunctions(in, labels);
            default -> {
                for (Space space : Space.values()) {
                    if (space.subsection() == id) {
                        nameMap(in, items.computeIfAbsent(space, _ -> new HashMap<>()));
                    }
                }
            }
        }
    }

    private static void ofFunctions(BinaryReader in, Map<Integer, Map<Integer, String>> names) {
        int count = in.length();
        for (int i = 0; i < count; i++) {
            int function = in.u32();
            nameMap(in, names.computeIfAbsent(function, _ -> new HashMap<>()));
        }
    }

    private static void nameMap(BinaryReader in, Map<Integer, String> names) {
        int count = in.length();
        for (int i = 0; i < count; i++) {
            int index = in.u32();
            names.put(index, in.name());
        }
    }
}

package tenon.make.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tenon.wasm.BinaryWriter;
import tenon.wasm.Module;
import tenon.wasm.ModuleDecoder;

/**
 * A module whose imports all have names of their own, which a component asks for and core WebAssembly does not: later ones get {@code [v2]}
 * and so on behind their names.
 *
 * @param originals by new pair of names: the name that stood there
 */
@SuppressWarnings("ArrayRecordComponent")
public record UniqueImports(byte[] module, Map<Pair, String> originals) {

    /** The two names of an import. */
    public record Pair(String module, String name) {}

    /** The name that an import had. */
    public String original(Module.Import imported) {
        return Optional.ofNullable(originals.get(new Pair(imported.module(), imported.name())))
                .orElse(imported.name());
    }

    /** The module as it is if nothing stands twice. */
    public static UniqueImports of(byte[] binary) {
        Module module = ModuleDecoder.decode(binary);
        var used = new HashSet<Pair>();
        var originals = new HashMap<Pair, String>();
        var names = new ArrayList<String>();
        for (Module.Import each : module.imports()) {
            String name = each.name();
            for (int i = 2; used.contains(new Pair(each.module(), name)); i++) {
                name = each.name() + " [v" + i + "]";
            }
            used.add(new Pair(each.module(), name));
            if (!name.equals(each.name())) {
                originals.put(new Pair(each.module(), name), each.name());
            }
            names.add(name);
        }
        return new UniqueImports(originals.isEmpty() ? binary : renamed(binary, module, names), originals);
    }

    private static byte[] renamed(byte[] binary, Module module, List<String> names) {
        var sections = new ArrayList<ModuleSections.Section>();
        for (ModuleSections.Section section : ModuleSections.read(binary).sections()) {
            if (section.id() == ModuleSections.IMPORTS) {
                var content = new BinaryWriter().writeU32(names.size());
                for (int i = 0; i < names.size(); i++) {
                    Module.Import each = module.imports().get(i);
                    content.writeName(each.module()).writeName(names.get(i));
                    Externs.write(content, each.type());
                }
                sections.add(new ModuleSections.Section(section.id(), section.name(), content.toByteArray()));
            } else {
                sections.add(section);
            }
        }
        return new ModuleSections(sections).toByteArray();
    }
}

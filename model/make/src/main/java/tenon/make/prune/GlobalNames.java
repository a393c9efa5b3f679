package tenon.make.prune;

import java.util.HashMap;
import java.util.Map;
import tenon.make.core.ModuleSections;
import tenon.types.TenonException;
import tenon.wasm.BinaryReader;

/** Names of globals, by which an adapter tells its stack pointer: tool conventions, subsection 7 of the name section. */
final class GlobalNames {
    private static final int GLOBALS = 7;

    private GlobalNames() {}

    /** By index; those that are malformed are left out. */
    static Map<Integer, String> of(byte[] module) {
        var names = new HashMap<Integer, String>();
        for (ModuleSections.Section section : ModuleSections.read(module).sections()) {
            if (section.isCustom("name")) {
                try {
                    read(new BinaryReader(section.content(), 0, section.content().length), names);
                } catch (TenonException _) {
                    // a name section is never a reason to refuse a module
                    return names;
                }
            }
        }
        return names;
    }

    private static void read(BinaryReader in, Map<Integer, String> names) {
        while (!in.atEnd()) {
            int id = in.u8();
            int length = in.length();
            int end = in.position() + length;
            if (id == GLOBALS) {
                for (int rest = in.length(); rest > 0; rest--) {
                    names.put(in.u32(), in.name());
                }
            }
            in.moveTo(end);
        }
    }
}

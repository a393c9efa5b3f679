package tenon.text.print;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tenon.types.MalformedException;
import tenon.wasm.BinaryReader;
import tenon.wasm.InstructionReader;
import tenon.wasm.Module;
import tenon.wasm.Opcode;

/**
 * Which way branches are expected to go, by the offset of the instruction in the binary: proposal "branch hinting". Immutable.
 */
record BranchHints(Map<Integer, Integer> values) {
    static final String SECTION = "metadata.code.branch_hint";

    private static final int PREAMBLE = 8;
    private static final int CODE = 10;

    /** Those of a module whose section can be shown as annotations of instructions; empty if there is none, or if it cannot. */
    static Optional<BranchHints> of(Module module) {
        List<Module.CustomSection> sections = module.customs().stream()
                .filter(custom -> custom.name().equals(SECTION))
                .toList();
        if (sections.size() != 1) {
            return Optional.empty();
        }
        Module.CustomSection section = sections.getFirst();
        try {
            return read(module, new BinaryReader(module.binary().bytes(), section.start(), section.end()));
        } catch (MalformedException _) {
            // custom sections are never wrong: this one is shown as it is
            return Optional.empty();
        }
    }

    private static Optional<BranchHints> read(Module module, BinaryReader in) {
        int[] bodies = bodies(module);
        var values = new HashMap<Integer, Integer>();
        int functions = in.length();
        int last = -1;
        for (int i = 0; i < functions; i++) {
            int defined = in.u32() - module.importedFunctions();
            int count = in.length();
            if (defined <= last || defined >= bodies.length || count == 0) {
                return Optional.empty();
            }
            last = defined;
            var branches = branches(module, defined);
            int before = -1;
            for (int j = 0; j < count; j++) {
                int offset = in.u32();
                boolean known = in.u32() == 1 && offset > before && branches.contains(bodies[defined] + offset);
                int value = in.u8();
                if (!known || value > 1) {
                    return Optional.empty();
                }
                before = offset;
                values.put(bodies[defined] + offset, value);
            }
        }
        return in.atEnd() ? Optional.of(new BranchHints(Map.copyOf(values))) : Optional.empty();
    }

    /** Where each body begins, locals included. */
    private static int[] bodies(Module module) {
        var in = new BinaryReader(module.binary());
        in.skip(PREAMBLE);
        while (!in.atEnd()) {
            int id = in.u8();
            BinaryReader section = in.part(in.length());
            if (id == CODE) {
                int[] bodies = new int[section.length()];
                for (int i = 0; i < bodies.length; i++) {
                    int size = section.length();
                    bodies[i] = section.position();
                    section.skip(size);
                }
                return bodies;
            }
        }
        return new int[0];
    }

    /** The offsets of the instructions that may have hints. */
    private static HashSet<Integer> branches(Module module, int defined) {
        var branches = new HashSet<Integer>();
        var in = InstructionReader.of(module, module.code().get(defined));
        while (in.hasNext()) {
            Opcode opcode = in.next();
            if (opcode == Opcode.IF || opcode == Opcode.BR_IF) {
                branches.add(in.offset());
            }
        }
        return branches;
    }

    /** The hint of the instruction at an offset. */
    Optional<Integer> at(int offset) {
        return Optional.ofNullable(values.get(offset));
    }
}

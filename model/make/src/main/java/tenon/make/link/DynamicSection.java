package tenon.make.link;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tenon.make.MakeException;
import tenon.make.core.ModuleSections;
import tenon.wasm.BinaryReader;

/**
 * The custom section {@code dylink.0}: what a library says about itself. Tool conventions, "The `dylink.0` Section". Sizes are in bytes and
 * table elements, alignments exponents of two.
 *
 * @param weakImports of {@code env} and others, by both names
 */
record DynamicSection(
        int memorySize,
        int memoryAlignment,
        int tableSize,
        int tableAlignment,
        List<String> needed,
        Set<WeakImport> weakImports) {
    private static final String NAME = "dylink.0";
    private static final int BINDING_WEAK = 0x1;

    record WeakImport(String module, String name) {}

    static DynamicSection of(byte[] module) {
        var section = new Reading();
        for (ModuleSections.Section each : ModuleSections.read(module).sections()) {
            if (each.isCustom(NAME)) {
                section.read(new BinaryReader(each.content(), 0, each.content().length));
            }
        }
        return new DynamicSection(
                section.memory[0],
                section.memory[1],
                section.memory[2],
                section.memory[3],
                section.needed,
                section.weak);
    }

    /** The section on its way. */
    private static final class Reading {
        /** A library that says nothing gets even addresses. */
        private final int[] memory = {0, 1, 0, 1};

        private final List<String> needed = new ArrayList<>();
        private final Set<WeakImport> weak = new HashSet<>();

        private void read(BinaryReader in) {
            while (!in.atEnd()) {
                int id = in.u8();
                int length = in.length();
                int end = in.position() + length;
                switch (id) {
                    case 1 -> {
                        for (int i = 0; i < memory.length; i++) {
                            memory[i] = in.u32();
                        }
                        checkAlignment(memory[1]);
                        checkAlignment(memory[3]);
                    }
                    case 2 -> {
                        for (int rest = in.length(); rest > 0; rest--) {
                            needed.add(in.name());
                        }
                    }
                    case 4 -> {
                        for (int rest = in.length(); rest > 0; rest--) {
                            var imported = new WeakImport(in.name(), in.name());
                            if ((in.u32() & BINDING_WEAK) != 0) {
                                weak.add(imported);
                            }
                        }
                    }
                    // what exports are, and where others may look for libraries, changes nothing here
                    case 3, 5 -> {}
                    default ->
                        throw new MakeException("section `" + NAME + "` has a subsection " + id + ", expected 1 to 5");
                }
                in.moveTo(end);
            }
        }

        private static void checkAlignment(int exponent) {
            if (exponent < 0 || exponent > 16) {
                throw new MakeException("section `" + NAME + "` asks for an alignment of 2^"
                        + Integer.toUnsignedString(exponent) + ", expected at most 2^16");
            }
        }
    }
}

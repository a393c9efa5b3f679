package tenon.make.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tenon.make.MakeException;
import tenon.make.Producers;
import tenon.wasm.BinaryReader;
import tenon.wasm.BinaryWriter;

/** A core module as its sections, none of them read: WebAssembly 3.0, "Modules" of chapter "Binary Format". Immutable. */
public record ModuleSections(List<Section> sections) {
    /** The id of custom sections. */
    public static final int CUSTOM = 0;

    /** The id of the import section. */
    public static final int IMPORTS = 2;

    private static final byte[] PREAMBLE = {0, 'a', 's', 'm', 1, 0, 0, 0};

    /**
     * A section.
     *
     * @param name of a custom section; empty for all others
     * @param content without id and size; a custom section's without its name
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Section(int id, Optional<String> name, byte[] content) {
        /** Whether it is a custom section of this name. */
        public boolean isCustom(String wanted) {
            return name.filter(wanted::equals).isPresent();
        }
    }

    public ModuleSections {
        sections = List.copyOf(sections);
    }

    /** Reads a module's frame. */
    public static ModuleSections read(byte[] module) {
        if (module.length < PREAMBLE.length
                || !Arrays.equals(module, 0, PREAMBLE.length, PREAMBLE, 0, PREAMBLE.length)) {
            throw new MakeException("the file is no core module, expected one");
        }
        var sections = new ArrayList<Section>();
        var in = new BinaryReader(module, PREAMBLE.length, module.length);
        while (!in.atEnd()) {
            int id = in.u8();
            int length = in.length();
            int end = in.position() + length;
            Optional<String> name = Optional.empty();
            if (id == CUSTOM) {
                name = Optional.of(in.part(length).name());
                in.moveTo(end);
                var inside = new BinaryReader(module, end - length, end);
                inside.name();
                sections.add(new Section(id, name, Arrays.copyOfRange(module, inside.position(), end)));
            } else {
                sections.add(new Section(id, name, Arrays.copyOfRange(module, in.position(), end)));
                in.moveTo(end);
            }
        }
        return new ModuleSections(sections);
    }

    /** A custom section. */
    public static Section custom(String name, byte[] content) {
        return new Section(CUSTOM, Optional.of(name), content);
    }

    /** The same with one more section, at the end. */
    public ModuleSections plus(Section section) {
        var more = new ArrayList<>(sections);
        more.add(section);
        return new ModuleSections(more);
    }

    /** The same with more in its section {@code producers}, which then stands at the end. */
    public ModuleSections plus(Producers producers) {
        Producers known = Producers.none();
        var others = new ArrayList<Section>();
        for (Section section : sections) {
            if (section.isCustom(Producers.SECTION)) {
                known = known.plus(Producers.read(section.content()));
            } else {
                others.add(section);
            }
        }
        others.add(custom(Producers.SECTION, producers.plus(known).toByteArray()));
        return new ModuleSections(others);
    }

    /** The module's binary. */
    public byte[] toByteArray() {
        var out = new BinaryWriter().write(PREAMBLE);
        for (Section section : sections) {
            var content = new BinaryWriter();
            section.name().ifPresent(content::writeName);
            out.writeSection(section.id(), content.write(section.content()));
        }
        return out.toByteArray();
    }
}

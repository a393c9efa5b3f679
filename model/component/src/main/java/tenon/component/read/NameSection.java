package tenon.component.read;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tenon.component.Component.CustomSection;
import tenon.component.ComponentFeatures;
import tenon.component.ComponentNames;
import tenon.component.Gates;
import tenon.component.Problems;
import tenon.component.Sort;
import tenon.types.MalformedException;
import tenon.wasm.Binary;

/** Reads the custom section {@code component-name}: Binary.md, "Name Section". */
final class NameSection {
    private final BinaryReader in;
    private Optional<String> component = Optional.empty();
    private final Map<Sort, Map<Integer, String>> names = new EnumMap<>(Sort.class);

    private NameSection(BinaryReader in) {
        this.in = in;
    }

    static ComponentNames read(Binary binary, List<CustomSection> customs) {
        for (CustomSection custom : customs) {
            if (custom.name().equals("component-name")) {
                var section = new NameSection(new BinaryReader(binary.bytes(), custom.start(), custom.end()));
                return section.read();
            }
        }
        return ComponentNames.NONE;
    }

    private ComponentNames read() {
        try {
            while (!in.atEnd()) {
                readSubsection();
            }
        } catch (MalformedException _) {
            // engines should not reject a component because of its names: what was read so far is kept
            return new ComponentNames(component, names);
        }
        return new ComponentNames(component, names);
    }

    private void readSubsection() {
        int id = in.readByte();
        int length = in.readLength("subsection");
        var subsection = new BinaryReader(in.bytes(), in.position(), in.position() + length);
        in.skip(length);
        if (id == 0) {
            component = Optional.of(subsection.readName());
        } else if (id == 1) {
            readSortNames(subsection);
        }
    }

    private void readSortNames(BinaryReader subsection) {
        Sort sort = new TypeDecoder(
                        subsection,
                        new CoreTypeDecoder(subsection),
                        new Gates(ComponentFeatures.ALL, Problems.strict()))
                .readSort("sort of names");
        Map<Integer, String> ofSort = names.computeIfAbsent(sort, _ -> new HashMap<>());
        subsection.readVector(() -> ofSort.put(subsection.readIndex(), subsection.readName()) == null);
    }
}

package tenon.conformance.make;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tenon.component.Component;
import tenon.component.ComponentFeatures;
import tenon.component.CoreModule;
import tenon.component.Definition;
import tenon.component.NestedComponent;
import tenon.component.read.ComponentDecoder;
import tenon.component.write.ComponentWriter;
import tenon.wasm.Binary;
import tenon.wasm.BinaryReader;
import tenon.wasm.BinaryWriter;

/** A component without what is for people only: its definitions one by one, custom sections of all levels taken out. */
final class ComponentForm {
    private static final int PREAMBLE = 8;
    private static final int CUSTOM = 0;

    private ComponentForm() {}

    /** A definition as bytes, and as a message shows it. */
    @SuppressWarnings("ArrayRecordComponent")
    record Item(byte[] bytes, String text) {}

    static List<Item> of(byte[] component) {
        return of(ComponentDecoder.decode(component, ComponentFeatures.ALL));
    }

    private static List<Item> of(Component component) {
        var items = new ArrayList<Item>();
        for (Definition definition : component.definitions()) {
            items.add(
                    switch (definition) {
                        case CoreModule module -> new Item(module(module.binary()), "module");
                        case NestedComponent nested -> nested(nested.component());
                        default -> {
                            var writer = new ComponentWriter();
                            writer.add(definition);
                            yield new Item(writer.toByteArray(), definition.toString());
                        }
                    });
        }
        return items;
    }

    private static Item nested(Component component) {
        var bytes = new BinaryWriter();
        var text = new StringBuilder("component");
        for (Item item : of(component)) {
            bytes.writeVector(item.bytes());
            text.append("\n    ").append(item.text());
        }
        return new Item(bytes.toByteArray(), text.toString());
    }

    /** The sections of a module, but for custom ones. */
    private static byte[] module(Binary binary) {
        var out = new BinaryWriter();
        var in = new BinaryReader(binary.bytes(), binary.start() + PREAMBLE, binary.end());
        while (!in.atEnd()) {
            int id = in.u8();
            int length = in.length();
            int start = in.position();
            in.skip(length);
            if (id != CUSTOM) {
                out.writeByte(id).writeU32(length).write(binary.bytes(), start, start + length);
            }
        }
        return out.toByteArray();
    }

    /** The first difference of two components; empty if there is none. */
    static Optional<String> difference(byte[] expected, byte[] made) {
        List<Item> wanted = of(expected);
        List<Item> found = of(made);
        for (int i = 0; i < Math.max(wanted.size(), found.size()); i++) {
            String one = i < wanted.size() ? wanted.get(i).text() : "nothing";
            String other = i < found.size() ? found.get(i).text() : "nothing";
            boolean same = i < wanted.size()
                    && i < found.size()
                    && Arrays.equals(wanted.get(i).bytes(), found.get(i).bytes());
            if (!same) {
                return Optional.of("definition " + i + " is\n  " + other + "\nexpected\n  " + one);
            }
        }
        return Optional.empty();
    }
}

package tenon.make.embed;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Optional;
import tenon.component.CanonicalOptions.StringEncoding;
import tenon.component.Component;
import tenon.component.Component.CustomSection;
import tenon.component.ComponentFeatures;
import tenon.component.Sort;
import tenon.component.SortIndex;
import tenon.component.read.ComponentDecoder;
import tenon.component.write.ComponentWriter;
import tenon.make.MakeException;
import tenon.make.Producers;
import tenon.wasm.BinaryReader;
import tenon.wasm.BinaryWriter;
import tenon.wit.PackageGraph;
import tenon.wit.WorldId;
import tenon.wit.binary.PackageBinary;
import tenon.wit.binary.PackageEncoder;

/**
 * What a custom section {@code component-type…} says: a world, how strings are encoded, and what made the bindings. The section holds a
 * component, in which a custom section of its own has the format's version and the encoding.
 *
 * @param graph the world's package, and what it uses
 */
public record TypeSection(PackageGraph graph, WorldId world, StringEncoding encoding, Producers producers) {
    /** Custom sections of modules whose names start like this are type sections. */
    public static final String NAME = "component-type";

    private static final String ENCODING = "wit-component-encoding";
    private static final int VERSION = 4;

    /** An older form: the encoding and the world's name, then a package. */
    private static final int OLDER_VERSION = 3;

    /** Reads a section's content. */
    static TypeSection read(byte[] content) {
        if (content.length > 0 && content[0] == OLDER_VERSION) {
            return readOlder(content);
        }
        Component component = ComponentDecoder.decode(content, ComponentFeatures.ALL);
        byte[] marks = component.customs().stream()
                .filter(custom -> custom.name().equals(ENCODING))
                .findFirst()
                .map(custom -> Arrays.copyOfRange(content, custom.start(), custom.end()))
                .orElseThrow(() -> new MakeException("custom section `" + ENCODING + "` is missing"));
        if (marks.length != 2 || marks[0] != VERSION) {
            throw new MakeException("custom section `" + ENCODING + "` is of an unknown format, expected " + VERSION);
        }
        PackageGraph graph = PackageBinary.of(component);
        WorldId world = graph.get(graph.main()).worlds().values().stream()
                .findFirst()
                .orElseThrow(() -> new MakeException("no world is there, expected one"));
        return new TypeSection(graph, world, encoding(marks[1]), producers(component, content));
    }

    private static TypeSection readOlder(byte[] content) {
        var in = new BinaryReader(content, 1, content.length);
        StringEncoding encoding = encoding(in.u8());
        String name = in.name();
        byte[] binary = Arrays.copyOfRange(content, in.position(), content.length);
        Component component = ComponentDecoder.decode(binary, ComponentFeatures.ALL);
        PackageGraph graph = PackageBinary.of(component);
        WorldId world =
                graph.world(name).orElseThrow(() -> new MakeException("no world called `" + name + "` is there"));
        return new TypeSection(graph, world, encoding, producers(component, binary));
    }

    private static Producers producers(Component component, byte[] content) {
        Producers known = Producers.none();
        for (CustomSection custom : component.customs()) {
            if (custom.name().equals(Producers.SECTION)) {
                known = known.plus(Producers.read(Arrays.copyOfRange(content, custom.start(), custom.end())));
            }
        }
        return known;
    }

    private static StringEncoding encoding(int code) {
        if (code < 0 || code >= StringEncoding.values().length) {
            throw new MakeException("string encoding " + code + " is unknown, expected 0 to 2");
        }
        return StringEncoding.values()[code];
    }

    /** The section's content. */
    public byte[] toByteArray() {
        var writer = new ComponentWriter();
        writer.custom(ENCODING, new byte[] {VERSION, (byte) encoding.ordinal()});
        BinaryWriter type = PackageEncoder.encodeWorld(graph, world);
        int index = writer.type(type);
        writer.export(graph.get(world).name(), new SortIndex(Sort.TYPE, index));
        writer.custom(Producers.SECTION, Producers.ours().plus(producers).toByteArray());
        return writer.toByteArray();
    }

    /** How an encoding is called in options of commands: {@code utf8}, {@code utf16}, {@code compact-utf16}. */
    public static Optional<StringEncoding> encodingNamed(String name) {
        var names = new LinkedHashMap<String, StringEncoding>();
        names.put("utf8", StringEncoding.UTF8);
        names.put("utf16", StringEncoding.UTF16);
        names.put("compact-utf16", StringEncoding.LATIN1_UTF16);
        return Optional.ofNullable(names.get(name));
    }
}

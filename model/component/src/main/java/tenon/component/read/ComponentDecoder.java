package tenon.component.read;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tenon.component.Component;
import tenon.component.Component.CustomSection;
import tenon.component.ComponentFeature;
import tenon.component.ComponentFeatures;
import tenon.component.ComponentInstance;
import tenon.component.CoreInstance;
import tenon.component.CoreModule;
import tenon.component.Definition;
import tenon.component.Export;
import tenon.component.ExternalName;
import tenon.component.Gates;
import tenon.component.NestedComponent;
import tenon.component.Problems;
import tenon.component.SortIndex;
import tenon.component.Start;
import tenon.component.TypeExpression;
import tenon.component.ValueDefinition;
import tenon.component.resolve.Resolution;
import tenon.types.InvalidException;
import tenon.types.MalformedException;
import tenon.wasm.Binary;
import tenon.wasm.ModuleDecoder;

/**
 * Reads a component: Binary.md of the Component Model, version {@code 0x0d}, layer 1. Input may be hostile: counts are not trusted,
 * nesting is limited, and whatever is wrong becomes a {@link MalformedException} or, where only a rule of validation is broken, an
 * {@link InvalidException}, with the offset in the outermost file. Indices are only read here; {@link Resolution} checks them.
 */
public final class ComponentDecoder {
    /** Deeper nested components are refused, so that hostile input cannot exhaust the stack. */
    static final int MAX_NESTING = 100;

    /** No function has so many; entries are made for each, so that a few bytes must not ask for billions. */
    private static final int MAX_START_RESULTS = 1000;

    private static final byte[] MAGIC = {0x00, 'a', 's', 'm'};
    private static final int PREAMBLE = 8;

    private final Binary binary;
    private final Gates gates;
    private final int nesting;
    private boolean incomplete;
    private final List<Definition> definitions = new ArrayList<>();
    private final List<CustomSection> customs = new ArrayList<>();

    private ComponentDecoder(Binary binary, Gates gates, int nesting) {
        this.binary = binary;
        this.gates = gates;
        this.nesting = nesting;
    }

    /** Whether {@code bytes} start like a component, and not like a core module. */
    public static boolean isComponent(byte[] bytes) {
        return bytes.length >= PREAMBLE && Arrays.equals(bytes, 0, 4, MAGIC, 0, 4) && bytes[6] == 1 && bytes[7] == 0;
    }

    /** Decodes {@code bytes}, which nobody may change afterwards. */
    public static Component decode(byte[] bytes) {
        return decode(bytes, ComponentFeatures.DEFAULT);
    }

    /** Decodes {@code bytes}, which nobody may change afterwards, with the features that they may use. */
    public static Component decode(byte[] bytes, ComponentFeatures features) {
        return decode(Binary.of(bytes), features);
    }

    /** Decodes a component that may be part of a bigger file, with its features chosen. */
    public static Component decode(Binary binary, ComponentFeatures features) {
        return new ComponentDecoder(binary, new Gates(features, Problems.strict()), 0).decode();
    }

    /** As {@link #decode(Binary, ComponentFeatures)}, but goes on behind problems; empty if not all definitions could be read. */
    public static Optional<Component> decode(Binary binary, ComponentFeatures features, Problems problems) {
        var decoder = new ComponentDecoder(binary, new Gates(features, problems), 0);
        Component component = decoder.decode();
        return decoder.incomplete ? Optional.empty() : Optional.of(component);
    }

    private Component decode() {
        var in = new BinaryReader(binary);
        checkPreamble();
        in.skip(PREAMBLE);
        while (!in.atEnd()) {
            int id = in.position();
            Binary section = readFrame(in);
            try {
                readSection(section, id);
            } catch (MalformedException | InvalidException problem) {
                // the next section can be read, but nothing is known any more about indices
                incomplete = true;
                gates.problems().add(problem);
            }
        }
        return new Component(binary, definitions, customs, gates.features(), NameSection.read(binary, customs));
    }

    private void checkPreamble() {
        byte[] bytes = binary.bytes();
        int start = binary.start();
        int length = binary.end() - start;
        if (length < 4) {
            throw new MalformedException(start + length, "unexpected end-of-file, expected magic `\\0asm`");
        }
        if (!Arrays.equals(bytes, start, start + 4, MAGIC, 0, 4)) {
            throw new MalformedException(start, "magic header not detected, expected `\\0asm`");
        }
        if (length < PREAMBLE) {
            throw new MalformedException(start + length, "unexpected end-of-file, expected version and layer");
        }
        int version = bytes[start + 4] & 0xff | (bytes[start + 5] & 0xff) << 8;
        int layer = bytes[start + 6] & 0xff | (bytes[start + 7] & 0xff) << 8;
        if (layer == 0 && version == 1) {
            throw new MalformedException(
                    start + 4, "expected a version header for a component, found that of a core module");
        }
        if (version != 0x0d || layer != 1) {
            throw new MalformedException(
                    start + 4,
                    "unknown binary version 0x" + Integer.toHexString(version) + " and layer " + layer
                            + ", expected a version header for a component: 0xd and layer 1");
        }
    }

    private Binary readFrame(BinaryReader in) {
        in.readByte();
        int length = in.readLength("section");
        var section = new Binary(binary.bytes(), in.position(), in.position() + length);
        in.skip(length);
        return section;
    }

    private void readSection(Binary section, int at) {
        int id = binary.bytes()[at] & 0xff;
        switch (id) {
            case 0 -> readCustom(section);
            case 1 -> definitions.add(readModule(section, at));
            case 4 -> definitions.add(readComponent(section, at));
            default -> readDefinitions(id, section, at);
        }
    }

    private void readCustom(Binary section) {
        var in = new BinaryReader(section);
        customs.add(new CustomSection(in.readName(), in.position(), section.end()));
    }

    private static CoreModule readModule(Binary section, int at) {
        return new CoreModule(ModuleDecoder.decode(section), at);
    }

    private NestedComponent readComponent(Binary section, int at) {
        if (nesting == MAX_NESTING) {
            throw new InvalidException(at, "components are nested more than " + MAX_NESTING + " deep");
        }
        var decoder = new ComponentDecoder(section, gates, nesting + 1);
        Component component = decoder.decode();
        incomplete |= decoder.incomplete;
        return new NestedComponent(component, at);
    }

    private void readDefinitions(int id, Binary section, int at) {
        var in = new BinaryReader(section);
        var coreTypes = new CoreTypeDecoder(in);
        var types = new TypeDecoder(in, coreTypes, gates);
        var canons = new CanonDecoder(in, types, coreTypes, gates);
        switch (id) {
            case 2 -> definitions.addAll(in.readVector(() -> readCoreInstance(in, types)));
            case 3 -> definitions.addAll(in.readVector(coreTypes::readType));
            case 5 -> definitions.addAll(in.readVector(() -> readInstance(in, types)));
            case 6 -> definitions.addAll(in.readVector(types::readAlias));
            case 7 -> definitions.addAll(in.readVector(types::readType));
            case 8 -> definitions.addAll(in.readVector(canons::readCanon));
            case 9 -> definitions.add(readStart(in));
            case 10 -> definitions.addAll(in.readVector(() -> types.readImport(in.position())));
            case 11 -> definitions.addAll(in.readVector(() -> readExport(in, types)));
            case 12 -> definitions.addAll(in.readVector(() -> readValue(in, types)));
            default -> throw new MalformedException(at, "malformed section id: " + id + ", expected 0 to 12");
        }
        if (!in.atEnd()) {
            throw new MalformedException(
                    in.position(), "section size mismatch: " + (in.end() - in.position()) + " bytes are left over");
        }
    }

    private static CoreInstance readCoreInstance(BinaryReader in, TypeDecoder types) {
        int at = in.position();
        int code = in.readByte();
        return switch (code) {
            case 0x00 -> new CoreInstance.Instantiate(in.readIndex(), in.readVector(() -> readCoreArgument(in)), at);
            case 0x01 ->
                new CoreInstance.FromExports(
                        in.readVector(() -> new CoreInstance.InlineExport(in.readName(), types.readCoreSortIndex())),
                        at);
            default -> throw BinaryReader.unexpected(at, code, "core instance", "0x0 or 0x1");
        };
    }

    private static CoreInstance.Argument readCoreArgument(BinaryReader in) {
        String name = in.readName();
        in.expect(0x12, "instantiation arg kind");
        return new CoreInstance.Argument(name, in.readIndex());
    }

    private static ComponentInstance readInstance(BinaryReader in, TypeDecoder types) {
        int at = in.position();
        int code = in.readByte();
        return switch (code) {
            case 0x00 ->
                new ComponentInstance.Instantiate(
                        in.readIndex(),
                        in.readVector(() -> new ComponentInstance.Argument(in.readName(), types.readSortIndex())),
                        at);
            case 0x01 ->
                new ComponentInstance.FromExports(
                        in.readVector(() ->
                                new ComponentInstance.InlineExport(types.readExternalName(), types.readSortIndex())),
                        at);
            default -> throw BinaryReader.unexpected(at, code, "instance", "0x0 or 0x1");
        };
    }

    private Start readStart(BinaryReader in) {
        int at = in.position();
        gates.require(ComponentFeature.VALUES, at, "a start function");
        if (definitions.stream().anyMatch(Start.class::isInstance)) {
            throw new MalformedException(at, "component cannot have more than one start function");
        }
        int function = in.readIndex();
        List<Integer> arguments = in.readVector(in::readIndex);
        int results = in.readIndex();
        if (results > MAX_START_RESULTS) {
            throw new InvalidException(
                    at, "start function has " + results + " results, expected at most " + MAX_START_RESULTS);
        }
        return new Start(function, arguments, results, at);
    }

    private static Export readExport(BinaryReader in, TypeDecoder types) {
        int at = in.position();
        ExternalName name = types.readExternalName();
        SortIndex item = types.readSortIndex();
        int flagAt = in.position();
        int flag = in.readByte();
        return switch (flag) {
            case 0x00 -> new Export(name, item, Optional.empty(), at);
            case 0x01 -> new Export(name, item, Optional.of(types.readExternDescription()), at);
            default -> throw BinaryReader.unexpected(flagAt, flag, "optional component export type", "0x0 or 0x1");
        };
    }

    private ValueDefinition readValue(BinaryReader in, TypeDecoder types) {
        int at = in.position();
        gates.require(ComponentFeature.VALUES, at, "a value");
        TypeExpression.ValueReference type = types.readValueReference();
        int length = in.readLength("value");
        int start = in.position();
        in.skip(length);
        return new ValueDefinition(type, start, start + length, at);
    }
}

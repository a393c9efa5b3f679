package tenon.component.write;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import tenon.component.Alias;
import tenon.component.Canon;
import tenon.component.Component;
import tenon.component.ComponentInstance;
import tenon.component.CoreInstance;
import tenon.component.CoreModule;
import tenon.component.CoreTypeDefinition;
import tenon.component.Definition;
import tenon.component.Export;
import tenon.component.ExternDescription;
import tenon.component.ExternalName;
import tenon.component.Import;
import tenon.component.NestedComponent;
import tenon.component.Sort;
import tenon.component.SortIndex;
import tenon.component.Start;
import tenon.component.TypeDefinition;
import tenon.component.TypeExpression;
import tenon.component.ValueDefinition;
import tenon.types.Place;
import tenon.types.component.ExternName;
import tenon.wasm.Binary;
import tenon.wasm.BinaryWriter;

/**
 * A component in the making: Binary.md, "Component Definitions". Definitions stand in the order in which they come; neighbours of one kind
 * share a section. Each method gives back the index that the definition got in the index space of its sort. Offsets of records are not
 * looked at. What is written is not validated. Confined to one thread.
 */
public final class ComponentWriter {
    private static final int CUSTOM_SECTION = 0;
    private static final int MODULE_SECTION = 1;
    private static final int CORE_INSTANCE_SECTION = 2;
    private static final int CORE_TYPE_SECTION = 3;
    private static final int COMPONENT_SECTION = 4;
    private static final int INSTANCE_SECTION = 5;
    private static final int ALIAS_SECTION = 6;
    private static final int TYPE_SECTION = 7;
    private static final int CANON_SECTION = 8;
    private static final int START_SECTION = 9;
    private static final int IMPORT_SECTION = 10;
    private static final int EXPORT_SECTION = 11;
    private static final int VALUE_SECTION = 12;
    private static final int NO_SECTION = -1;

    private final BinaryWriter out = new BinaryWriter();
    private final Map<Sort, Integer> counts = new EnumMap<>(Sort.class);
    private final SequencedMap<Integer, SequencedMap<Integer, String>> names = new TreeMap<>();
    private Optional<String> name = Optional.empty();

    private int openSection = NO_SECTION;
    private int openCount;
    private BinaryWriter open = new BinaryWriter();

    /** A component without definitions. */
    public ComponentWriter() {
        out.write(new byte[] {0, 'a', 's', 'm', 0x0d, 0, 1, 0});
    }

    /** How many entries an index space has. */
    public int count(Sort sort) {
        return counts.getOrDefault(sort, 0);
    }

    /** A core module: its binary. */
    public int coreModule(byte[] binary) {
        close();
        out.writeSection(MODULE_SECTION, new BinaryWriter().write(binary));
        return next(Sort.CORE_MODULE);
    }

    /** A component in this one: its binary. */
    public int component(byte[] binary) {
        close();
        out.writeSection(COMPONENT_SECTION, new BinaryWriter().write(binary));
        return next(Sort.COMPONENT);
    }

    /** An instance of a core module. */
    public int coreInstance(int module, List<CoreInstance.Argument> arguments) {
        return add(new CoreInstance.Instantiate(module, arguments, 0));
    }

    /** A core instance made of entries of index spaces. */
    public int coreInstance(List<CoreInstance.InlineExport> exports) {
        return add(new CoreInstance.FromExports(exports, 0));
    }

    /** An instance of a component. */
    public int instance(int component, List<ComponentInstance.Argument> arguments) {
        return add(new ComponentInstance.Instantiate(component, arguments, 0));
    }

    /** An instance made of entries of index spaces. */
    public int instance(List<ComponentInstance.InlineExport> exports) {
        return add(new ComponentInstance.FromExports(exports, 0));
    }

    /** An export of a core instance. */
    public int coreExport(Sort sort, int instance, String exported) {
        return add(new Alias.CoreInstanceExport(sort, instance, exported, 0));
    }

    /** An export of an instance. */
    public int instanceExport(Sort sort, int instance, String exported) {
        return add(new Alias.InstanceExport(sort, instance, exported, 0));
    }

    /** An entry of a component around this one, {@code count} levels outwards. */
    public int outer(Sort sort, int count, int index) {
        return add(new Alias.Outer(sort, count, index, 0));
    }

    /** A type. */
    public int type(TypeExpression type) {
        return add(new TypeDefinition(type, 0));
    }

    /** A type that is encoded already. */
    public int type(BinaryWriter encoded) {
        section(TYPE_SECTION).write(encoded);
        return next(Sort.TYPE);
    }

    /** An import under a name without attributes. */
    public int importItem(String imported, ExternDescription type) {
        return importItem(plain(imported), type);
    }

    /** An import; the result is an index of the sort that {@code type} says. */
    public int importItem(ExternalName imported, ExternDescription type) {
        return add(new Import(imported, type, 0));
    }

    /** An export under a name without attributes. */
    public int export(String exported, SortIndex item) {
        return export(plain(exported), item, Optional.empty());
    }

    /** An export; the result is an index of the item's sort. */
    public int export(ExternalName exported, SortIndex item, Optional<ExternDescription> ascription) {
        return add(new Export(exported, item, ascription, 0));
    }

    /** A canonical definition that writes the string encoding even if it is UTF-8; same bytes as {@link #add} without options. */
    public int canonWithEncoding(Canon canon) {
        new CanonEncoder(section(CANON_SECTION), true).write(canon);
        return next(canon instanceof Canon.Lift ? Sort.FUNC : Sort.CORE_FUNC);
    }

    /** A name without attributes. */
    public static ExternalName plain(String text) {
        return new ExternalName(text, ExternName.parse(text, Place.NOWHERE), ExternalName.Attributes.NONE);
    }

    /**
     * Any definition; the result is the index of the first entry that it makes. A module, component or value is copied from the binary
     * that it was decoded from.
     */
    public int add(Definition definition) {
        return switch (definition) {
            case CoreModule module -> coreModule(bytes(module.binary()));
            case NestedComponent nested -> component(bytes(nested.component().binary()));
            case CoreInstance instance -> {
                InstanceEncoder.write(section(CORE_INSTANCE_SECTION), instance);
                yield next(Sort.CORE_INSTANCE);
            }
            case CoreTypeDefinition type -> {
                CoreTypeEncoder.write(section(CORE_TYPE_SECTION), type);
                int first = count(Sort.CORE_TYPE);
                int added = type instanceof CoreTypeDefinition.Group group
                        ? group.group().types().size()
                        : 1;
                counts.put(Sort.CORE_TYPE, first + added);
                yield first;
            }
            case ComponentInstance instance -> {
                InstanceEncoder.write(section(INSTANCE_SECTION), instance);
                yield next(Sort.INSTANCE);
            }
            case Alias alias -> {
                TypeEncoder.writeAlias(section(ALIAS_SECTION), alias);
                yield next(alias.sort());
            }
            case TypeDefinition type -> {
                TypeEncoder.write(section(TYPE_SECTION), type.expression());
                yield next(Sort.TYPE);
            }
            case Canon canon -> {
                new CanonEncoder(section(CANON_SECTION), false).write(canon);
                yield next(canon instanceof Canon.Lift ? Sort.FUNC : Sort.CORE_FUNC);
            }
            case Start start -> start(start);
            case Import imported -> {
                BinaryWriter section = section(IMPORT_SECTION);
                TypeEncoder.writeName(section, imported.name());
                TypeEncoder.writeExtern(section, imported.type());
                yield next(imported.type().sort());
            }
            case Export export -> {
                writeExport(export);
                yield next(export.item().sort());
            }
            case ValueDefinition _ ->
                throw new AssertionError("a value is bytes of its file: `add(ValueDefinition, byte[])` takes them");
        };
    }

    /** A constant, with the bytes that it was decoded from. */
    public int add(ValueDefinition value, byte[] file) {
        BinaryWriter section = section(VALUE_SECTION);
        TypeEncoder.writeValue(section, value.type());
        section.writeU32(value.end() - value.start()).write(file, value.start(), value.end());
        return next(Sort.VALUE);
    }

    private void writeExport(Export export) {
        BinaryWriter section = section(EXPORT_SECTION);
        TypeEncoder.writeName(section, export.name());
        InstanceEncoder.write(section, export.item());
        section.writeByte(export.ascription().isPresent() ? 1 : 0);
        export.ascription().ifPresent(type -> TypeEncoder.writeExtern(section, type));
    }

    private int start(Start start) {
        close();
        var content = new BinaryWriter()
                .writeU32(start.function())
                .writeU32(start.arguments().size());
        start.arguments().forEach(content::writeU32);
        out.writeSection(START_SECTION, content.writeU32(start.results()));
        int first = count(Sort.VALUE);
        counts.put(Sort.VALUE, first + start.results());
        return first;
    }

    /** A custom section, here. */
    public void custom(String section, byte[] content) {
        close();
        out.writeSection(CUSTOM_SECTION, new BinaryWriter().writeName(section).write(content));
    }

    /** A custom section of a decoded component, here. */
    public void custom(Component.CustomSection custom, byte[] file) {
        close();
        out.writeSection(
                CUSTOM_SECTION, new BinaryWriter().writeName(custom.name()).write(file, custom.start(), custom.end()));
    }

    /** The component's own name, for the section {@code component-name}. */
    public void name(String component) {
        name = Optional.of(component);
    }

    /** The name of an entry of an index space, for the section {@code component-name}. */
    public void name(Sort sort, int index, String text) {
        names.computeIfAbsent(sort.ordinal(), _ -> new TreeMap<>()).put(index, text);
    }

    /** The names given so far as a custom section, here; nothing if there are none: Binary.md, "Name Section". */
    public void writeNames() {
        var content = new BinaryWriter();
        name.ifPresent(text -> content.writeSection(0, new BinaryWriter().writeName(text)));
        names.forEach((sort, ofSort) -> {
            var section = new BinaryWriter();
            InstanceEncoder.writeSort(section, Sort.values()[sort]);
            section.writeU32(ofSort.size());
            ofSort.forEach((index, text) -> section.writeU32(index).writeName(text));
            content.writeSection(1, section);
        });
        if (content.size() > 0) {
            custom("component-name", content.toByteArray());
        }
    }

    /** Has the next definition start a section of its own. */
    public void endSection() {
        close();
    }

    /** The component's binary up to here. */
    public byte[] toByteArray() {
        close();
        return out.toByteArray();
    }

    private static byte[] bytes(Binary binary) {
        return Arrays.copyOfRange(binary.bytes(), binary.start(), binary.end());
    }

    private int next(Sort sort) {
        return counts.merge(sort, 1, Integer::sum) - 1;
    }

    private BinaryWriter section(int id) {
        if (openSection != id) {
            close();
            openSection = id;
        }
        openCount++;
        return open;
    }

    private void close() {
        if (openSection != NO_SECTION) {
            out.writeSection(openSection, new BinaryWriter().writeU32(openCount).write(open));
        }
        openSection = NO_SECTION;
        openCount = 0;
        open = new BinaryWriter();
    }
}

package tenon.text.core;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import tenon.text.lex.Annotation;
import tenon.types.core.ExternType;
import tenon.types.core.FuncTypeUse;
import tenon.types.core.GlobalType;
import tenon.types.core.Limits.AddressType;
import tenon.types.core.MemoryType;
import tenon.types.core.TableType;
import tenon.types.core.TagType;
import tenon.wasm.BinaryWriter;
import tenon.wasm.Module.ExternKind;
import tenon.wasm.Opcode;

/** The sections of one module while its fields write them. Confined to one thread. */
final class Assembler {
    private static final int CUSTOM_ID = 0;
    private static final byte[] PREAMBLE = {0, 'a', 's', 'm', 1, 0, 0, 0};

    private final Scope scope;
    private final NameSection names;
    private final Map<SectionKind, Section> sections = new EnumMap<>(SectionKind.class);
    private final List<CustomSection> customs = new ArrayList<>();
    private final Section hints = new Section();
    private OptionalInt start = OptionalInt.empty();
    private boolean dataCountNeeded;
    private final Set<Annotation> consumed = Collections.newSetFromMap(new IdentityHashMap<>());

    Assembler(Scope scope, Optional<String> name) {
        this.scope = scope;
        this.names = new NameSection(name);
        for (SectionKind kind : SectionKind.values()) {
            sections.put(kind, new Section());
        }
    }

    Scope scope() {
        return scope;
    }

    Section tables() {
        return section(SectionKind.TABLE);
    }

    Section memories() {
        return section(SectionKind.MEMORY);
    }

    Section tags() {
        return section(SectionKind.TAG);
    }

    Section globals() {
        return section(SectionKind.GLOBAL);
    }

    Section elements() {
        return section(SectionKind.ELEMENT);
    }

    Section data() {
        return section(SectionKind.DATA);
    }

    private Section section(SectionKind kind) {
        return Objects.requireNonNull(sections.get(kind));
    }

    /** The annotation stands where it means something. */
    void consume(Annotation annotation) {
        consumed.add(annotation);
    }

    boolean isConsumed(Annotation annotation) {
        return consumed.contains(annotation);
    }

    void custom(CustomSection custom) {
        customs.add(custom);
    }

    void start(int function) {
        start = OptionalInt.of(function);
    }

    /** Code refers to data segments, so that their number has to be known before it. */
    void needDataCount() {
        dataCountNeeded = true;
    }

    void importing(Header.ImportName name, ExternType type) {
        BinaryWriter out = section(SectionKind.IMPORT).next();
        out.writeName(name.module()).writeName(name.name());
        switch (type) {
            case FuncTypeUse use -> out.writeByte(0x00).writeU32(use.typeIndex());
            case TableType table -> out.writeByte(0x01).writeTableType(table);
            case MemoryType memory -> out.writeByte(0x02).writeMemoryType(memory);
            case GlobalType global -> out.writeByte(0x03).writeGlobalType(global);
            case TagType tag -> out.writeByte(0x04).writeByte(0x00).writeU32(tag.typeIndex());
        }
    }

    void export(String name, ExternKind kind, int index) {
        section(SectionKind.EXPORT)
                .next()
                .writeName(name)
                .writeByte(kind.ordinal())
                .writeU32(index);
    }

    void function(int index, int type, BinaryWriter body, List<BranchHint> bodyHints) {
        section(SectionKind.FUNCTION).next().writeU32(type);
        section(SectionKind.CODE).next().writeSized(body);
        if (!bodyHints.isEmpty()) {
            BranchHint.write(hints.next(), index, bodyHints);
        }
    }

    /** The names of a function's locals and labels. */
    void names(int function, Map<Integer, String> locals, Map<Integer, String> labels) {
        names.locals(function, locals);
        names.labels(function, labels);
    }

    /** The constant expression 0. */
    static BinaryWriter zero(AddressType address) {
        return new BinaryWriter()
                .writeOpcode(address == AddressType.I64 ? Opcode.I64_CONST : Opcode.I32_CONST)
                .writeSigned(0)
                .writeOpcode(Opcode.END);
    }

    /** The whole module. */
    byte[] binary() {
        scope.types().groups().forEach(group -> section(SectionKind.TYPE).next().writeRecGroup(group));
        var out = new BinaryWriter().write(PREAMBLE);
        writeCustoms(out, true, Optional.empty());
        for (SectionKind kind : SectionKind.values()) {
            writeCustoms(out, true, Optional.of(kind));
            if (kind == SectionKind.CODE && hints.count() > 0) {
                writeCustom(out, Annotation.BRANCH_HINT, hints.content().toByteArray());
            }
            BinaryWriter content = content(kind);
            if (content.size() > 0) {
                out.writeSection(kind.id(), content);
            }
            writeCustoms(out, false, Optional.of(kind));
        }
        writeCustoms(out, false, Optional.empty());
        BinaryWriter nameContent = names.content(scope);
        if (nameContent.size() > 0
                && customs.stream().noneMatch(custom -> custom.name().equals(NameSection.NAME))) {
            writeCustom(out, NameSection.NAME, nameContent.toByteArray());
        }
        return out.toByteArray();
    }

    private BinaryWriter content(SectionKind kind) {
        return switch (kind) {
            case START -> {
                var content = new BinaryWriter();
                start.ifPresent(content::writeU32);
                yield content;
            }
            case DATA_COUNT -> dataCountNeeded ? new BinaryWriter().writeU32(data().count()) : new BinaryWriter();
            case TYPE, IMPORT, FUNCTION, TABLE, MEMORY, TAG, GLOBAL, EXPORT, ELEMENT, CODE, DATA ->
                section(kind).content();
        };
    }

    private void writeCustoms(BinaryWriter out, boolean before, Optional<SectionKind> anchor) {
        for (CustomSection custom : customs) {
            if (custom.before() == before && custom.anchor().equals(anchor)) {
                writeCustom(out, custom.name(), custom.content());
            }
        }
    }

    private static void writeCustom(BinaryWriter out, String name, byte[] content) {
        out.writeSection(CUSTOM_ID, new BinaryWriter().writeName(name).write(content));
    }
}

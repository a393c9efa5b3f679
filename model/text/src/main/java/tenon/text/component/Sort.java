package tenon.text.component;

import tenon.text.lex.Cursor;
import tenon.wasm.BinaryWriter;

/** What an index counts: {@code sort} of Binary.md, "Instance Definitions". */
enum Sort {
    CORE_FUNC("func", 0x00),
    CORE_TABLE("table", 0x01),
    CORE_MEMORY("memory", 0x02),
    CORE_GLOBAL("global", 0x03),
    CORE_TAG("tag", 0x04),
    CORE_TYPE("type", 0x10),
    CORE_MODULE("module", 0x11),
    CORE_INSTANCE("instance", 0x12),
    FUNC("func", 0x01),
    VALUE("value", 0x02),
    TYPE("type", 0x03),
    COMPONENT("component", 0x04),
    INSTANCE("instance", 0x05);

    private final String word;
    private final int code;

    Sort(String word, int code) {
        this.word = word;
        this.code = code;
    }

    /** The keyword, behind {@code core} if it is a core sort. */
    String word() {
        return word;
    }

    boolean isCore() {
        return ordinal() <= CORE_INSTANCE.ordinal();
    }

    /** Whether instances of components export it. */
    boolean isExternal() {
        return !isCore() || this == CORE_MODULE;
    }

    /** Whether {@code alias outer} may name it: {@code outeraliassort} of Explainer.md. */
    boolean isOuter() {
        return this == CORE_MODULE || this == CORE_TYPE || this == TYPE || this == COMPONENT;
    }

    /** Steps over a sort. */
    static Sort read(Cursor at) {
        return at.take("core") ? readCore(at) : read(at, false);
    }

    /** Steps over a core sort, behind {@code core}. */
    static Sort readCore(Cursor at) {
        return read(at, true);
    }

    private static Sort read(Cursor at, boolean core) {
        for (Sort sort : values()) {
            if (sort.isCore() == core && at.take(sort.word)) {
                return sort;
            }
        }
        throw at.unexpected(
                core
                        ? "`func`, `table`, `memory`, `global`, `tag`, `type`, `module` or `instance`"
                        : "`core`, `func`, `value`, `type`, `component` or `instance`");
    }

    /** {@code sort}. */
    BinaryWriter write(BinaryWriter out) {
        return isCore() ? writeCore(out.writeByte(0x00)) : out.writeByte(code);
    }

    /** {@code core:sort}. */
    BinaryWriter writeCore(BinaryWriter out) {
        return out.writeByte(code);
    }

    @Override
    public String toString() {
        return isCore() ? "core " + word : word;
    }
}

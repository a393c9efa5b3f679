package tenon.text.component;

import tenon.text.core.IndexSpace;
import tenon.text.lex.Cursor;
import tenon.text.lex.Token;
import tenon.wasm.BinaryWriter;

/** Indices in all forms: Explainer.md, "Index Spaces" and the sugar of "Alias Definitions". */
record References(Cursor at, Scope scope) {

    /** What {@code (sort idx name*)} means. */
    record SortIndex(Sort sort, int index) {
        BinaryWriter write(BinaryWriter out) {
            return sort.write(out).writeU32(index);
        }
    }

    /** {@code idx}, or {@code (sort idx name*)} with this sort, whose {@code core} may be missing. */
    int read(Sort sort) {
        if (!at.at(Token.OPEN)) {
            return scope.resolve(at, sort);
        }
        at.expectOpen();
        if (sort.isCore()) {
            at.take("core");
        }
        at.expectKeyword(sort.word());
        int index = content(sort);
        at.expectClose();
        return index;
    }

    /** {@code (sort idx name*)} of any sort. */
    SortIndex any() {
        at.expectOpen();
        Sort sort = Sort.read(at);
        var found = new SortIndex(sort, content(sort));
        at.expectClose();
        return found;
    }

    /** {@code (sort idx name?)} of a core sort, whose {@code core} may be missing. */
    SortIndex anyCore() {
        at.expectOpen();
        at.take("core");
        Sort sort = Sort.readCore(at);
        var found = new SortIndex(sort, content(sort));
        at.expectClose();
        return found;
    }

    /** {@code idx name*}: with names, what an instance exports, for which an alias is added. */
    int content(Sort sort) {
        if (!IndexSpace.atIndex(at) || at.tokens().kind(at.index() + 1) != Token.STRING) {
            return scope.resolve(at, sort);
        }
        if (!sort.isExternal()) {
            return coreExport(sort);
        }
        int index = scope.resolve(at, Sort.INSTANCE);
        while (at.at(Token.STRING)) {
            String name = at.expectName();
            Sort of = at.at(Token.STRING) ? Sort.INSTANCE : sort;
            index = scope.addAlias(of, exportAlias(of, index, name));
        }
        return index;
    }

    private int coreExport(Sort sort) {
        if (sort == Sort.CORE_TYPE || sort == Sort.CORE_INSTANCE) {
            throw at.malformed(at.index() + 1, "core instances cannot export a " + sort + ", expected `)`");
        }
        int instance = scope.resolve(at, Sort.CORE_INSTANCE);
        return scope.addAlias(sort, coreExportAlias(sort, instance, at.expectName()));
    }

    /** An alias of what an instance exports. */
    static BinaryWriter exportAlias(Sort sort, int instance, String name) {
        return sort.write(new BinaryWriter()).writeByte(0x00).writeU32(instance).writeName(name);
    }

    /** An alias of what a core instance exports. */
    static BinaryWriter coreExportAlias(Sort sort, int instance, String name) {
        return sort.write(new BinaryWriter()).writeByte(0x01).writeU32(instance).writeName(name);
    }

    /** Whether {@code (type idx)} follows, or {@code (type idx name*)}, and not a declaration of a type. */
    boolean atTypeUse() {
        var ahead = at.fork();
        if (!ahead.takeOpen("type") || !IndexSpace.atIndex(ahead)) {
            return false;
        }
        ahead.skip();
        return ahead.at(Token.CLOSE) || ahead.at(Token.STRING);
    }
}

package tenon.text.component;

import tenon.text.lex.Cursor;
import tenon.wasm.BinaryWriter;

/** {@code (alias …)}: Explainer.md, "Alias Definitions". */
record Aliases(Cursor at, Scope scope) {

    /** A definition or declaration, from behind {@code alias}. */
    void read() {
        if (at.take("outer")) {
            outer();
            return;
        }
        boolean core = at.take("core");
        at.expectKeyword("export");
        int instance = scope.resolve(at, core ? Sort.CORE_INSTANCE : Sort.INSTANCE);
        String name = at.expectName();
        at.expectOpen();
        Sort sort;
        if (core) {
            at.take("core");
            sort = Sort.readCore(at);
        } else {
            sort = Sort.read(at);
        }
        add(
                sort,
                core ? References.coreExportAlias(sort, instance, name) : References.exportAlias(sort, instance, name));
    }

    /** The index depends on the sort, which stands behind it. */
    private void outer() {
        var ahead = at.fork();
        ahead.skip();
        ahead.skip();
        ahead.expectOpen();
        Sort sort = sortOfOuter(ahead);
        BinaryWriter content = scope.outerAlias(at, at.fork(), sort);
        at.moveTo(ahead.index());
        add(sort, content);
    }

    private Sort sortOfOuter(Cursor ahead) {
        int token = ahead.index();
        Sort sort = scope.isModuleType() ? Sort.readCore(ahead) : Sort.read(ahead);
        if (scope.isModuleType() && sort != Sort.CORE_TYPE) {
            throw ahead.malformed(token, "unexpected token `" + sort.word() + "`, expected `type`");
        }
        return sort;
    }

    /** From the identifier behind the sort. */
    private void add(Sort sort, BinaryWriter content) {
        scope.add(Part.ALIAS, content);
        scope.define(sort, at);
        at.expectClose();
    }

    /** {@code (alias export …)} in the place of a definition. */
    void inline(Sort sort, Cursor id) {
        at.expectOpen();
        at.expectKeyword("alias");
        if (sort.isExternal()) {
            at.expectKeyword("export");
            int instance = scope.resolve(at, Sort.INSTANCE);
            scope.add(Part.ALIAS, References.exportAlias(sort, instance, at.expectName()));
        } else {
            at.expectKeyword("core");
            at.expectKeyword("export");
            int instance = scope.resolve(at, Sort.CORE_INSTANCE);
            scope.add(Part.ALIAS, References.coreExportAlias(sort, instance, at.expectName()));
        }
        at.expectClose();
        scope.define(sort, id);
    }
}

package tenon.text.component;

import java.util.Optional;
import tenon.text.core.TypeReader;
import tenon.text.lex.Cursor;
import tenon.text.lex.Token;
import tenon.wasm.BinaryWriter;

/** Types of all kinds: Explainer.md, "Type Definitions". */
record Types(Cursor at, Scope scope) {

    /** What an inline type use may be. */
    enum Use {
        FUNC,
        COMPONENT,
        INSTANCE
    }

    /** A {@code deftype}; {@code name} is the identifier by which those inside may call it. */
    BinaryWriter definition(Optional<String> name) {
        if (!at.at(Token.OPEN)) {
            return new BinaryWriter().writeByte(new ValueTypes(at, scope).primitive());
        }
        at.expectOpen();
        BinaryWriter content;
        if (at.take("func")) {
            content = function();
        } else if (at.take("component")) {
            content = component(name);
        } else if (at.take("instance")) {
            content = instance(name);
        } else if (at.take("resource")) {
            content = resource();
        } else {
            content = new ValueTypes(at, scope).defined();
        }
        at.expectClose();
        return content;
    }

    /** {@code (type idx)}, or a type written out in parts, which gets an index. */
    int use(Use use) {
        var references = new References(at, scope);
        if (references.atTypeUse()) {
            return references.read(Sort.TYPE);
        }
        return scope.addType(
                switch (use) {
                    case FUNC -> function();
                    case COMPONENT -> component(Optional.empty());
                    case INSTANCE -> instance(Optional.empty());
                });
    }

    /** A {@code functype} behind {@code func}. */
    BinaryWriter function() {
        var types = new ValueTypes(at, scope);
        var out = new BinaryWriter().writeByte(at.take("async") ? 0x43 : 0x40);
        types.labelled(out, "param");
        return out.write(types.resultList());
    }

    private BinaryWriter resource() {
        if (!at.takeOpen("rep")) {
            throw at.unexpected("`(rep`");
        }
        var out = new BinaryWriter().writeByte(0x3f);
        out.writeValType(new TypeReader(scope.space(Sort.CORE_TYPE)).valType(at));
        at.expectClose();
        if (!at.takeOpen("dtor")) {
            return out.writeByte(0x00);
        }
        out.writeByte(0x01).writeU32(new References(at, scope).read(Sort.CORE_FUNC));
        at.expectClose();
        return out;
    }

    private BinaryWriter component(Optional<String> name) {
        return new BinaryWriter().writeByte(0x41).write(declarations(Scope.Kind.COMPONENT_TYPE, name));
    }

    private BinaryWriter instance(Optional<String> name) {
        return new BinaryWriter().writeByte(0x42).write(declarations(Scope.Kind.INSTANCE_TYPE, name));
    }

    private BinaryWriter declarations(Scope.Kind kind, Optional<String> name) {
        var inner = new Scope(kind, scope, name);
        inner.enter(at);
        while (!at.at(Token.CLOSE)) {
            at.expectOpen();
            if (at.take("core")) {
                new CoreTypes(at, inner).read();
            } else if (at.take("type")) {
                new Types(at, inner).define();
            } else if (at.take("alias")) {
                new Aliases(at, inner).read();
            } else if (kind == Scope.Kind.COMPONENT_TYPE && at.take("import")) {
                new Externs(at, inner).declare(Part.IMPORT);
            } else if (at.take("export")) {
                new Externs(at, inner).declare(Part.EXPORT);
            } else {
                throw at.unexpected(
                        kind == Scope.Kind.COMPONENT_TYPE
                                ? "`core type`, `type`, `alias`, `import` or `export`"
                                : "`core type`, `type`, `alias` or `export`");
            }
            at.expectClose();
        }
        inner.leave();
        return inner.declarations();
    }

    /** A declaration of a type, from behind {@code type}. */
    private void define() {
        Cursor id = at.fork();
        scope.add(Part.TYPE, definition(at.takeIdentifier()));
        scope.define(Sort.TYPE, id);
    }
}

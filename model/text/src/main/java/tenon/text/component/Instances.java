package tenon.text.component;

import tenon.text.core.IndexSpace;
import tenon.text.lex.Cursor;
import tenon.text.lex.Token;
import tenon.wasm.BinaryWriter;

/** Instances of core modules and of components: Explainer.md, "Instance Definitions". */
record Instances(Cursor at, Scope scope) {

    /** {@code core:instanceexpr}. */
    BinaryWriter core() {
        if (!at.takeOpen("instantiate")) {
            return coreExports();
        }
        int module = new References(at, scope).read(Sort.CORE_MODULE);
        var arguments = new BinaryWriter();
        int count = 0;
        while (at.takeOpen("with")) {
            String name = at.expectName();
            arguments.writeName(name).writeByte(0x12).writeU32(coreArgument());
            at.expectClose();
            count++;
        }
        at.expectClose();
        return new BinaryWriter()
                .writeByte(0x00)
                .writeU32(module)
                .writeU32(count)
                .write(arguments);
    }

    /** {@code (instance idx)}, or {@code (instance (export …)*)}, which becomes an instance of its own. */
    private int coreArgument() {
        at.expectOpen();
        at.take("core");
        at.expectKeyword("instance");
        int index;
        if (IndexSpace.atIndex(at)) {
            index = new References(at, scope).content(Sort.CORE_INSTANCE);
        } else {
            scope.add(Part.CORE_INSTANCE, coreExports());
            index = scope.space(Sort.CORE_INSTANCE).declare();
        }
        at.expectClose();
        return index;
    }

    private BinaryWriter coreExports() {
        var exports = new BinaryWriter();
        int count = 0;
        while (at.takeOpen("export")) {
            String name = at.expectName();
            References.SortIndex item = new References(at, scope).anyCore();
            at.expectClose();
            item.sort().writeCore(exports.writeName(name)).writeU32(item.index());
            count++;
        }
        return new BinaryWriter().writeByte(0x01).writeU32(count).write(exports);
    }

    /** {@code instanceexpr}. */
    BinaryWriter component() {
        if (!at.takeOpen("instantiate")) {
            return exports();
        }
        int component = new References(at, scope).read(Sort.COMPONENT);
        var arguments = new BinaryWriter();
        int count = 0;
        while (at.takeOpen("with")) {
            String name = at.expectName();
            References.SortIndex item = argument();
            at.expectClose();
            item.write(arguments.writeName(name));
            count++;
        }
        at.expectClose();
        return new BinaryWriter()
                .writeByte(0x00)
                .writeU32(component)
                .writeU32(count)
                .write(arguments);
    }

    private References.SortIndex argument() {
        var ahead = at.fork();
        if (!ahead.takeOpen("instance") || !(ahead.at(Token.OPEN) || ahead.at(Token.CLOSE))) {
            return new References(at, scope).any();
        }
        at.moveTo(ahead.index());
        scope.add(Part.INSTANCE, exports());
        int index = scope.space(Sort.INSTANCE).declare();
        at.expectClose();
        return new References.SortIndex(Sort.INSTANCE, index);
    }

    private BinaryWriter exports() {
        var exports = new BinaryWriter();
        int count = 0;
        while (at.takeOpen("export")) {
            BinaryWriter name = new Externs(at, scope).name();
            References.SortIndex item = new References(at, scope).any();
            at.expectClose();
            item.write(exports.write(name));
            count++;
        }
        return new BinaryWriter().writeByte(0x01).writeU32(count).write(exports);
    }
}

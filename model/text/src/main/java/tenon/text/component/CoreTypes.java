package tenon.text.component;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tenon.text.core.Signature;
import tenon.text.core.TypeField;
import tenon.text.core.TypeReader;
import tenon.text.lex.Cursor;
import tenon.text.lex.Token;
import tenon.types.core.FuncType;
import tenon.types.core.RecGroup;
import tenon.types.core.SubType;
import tenon.wasm.BinaryWriter;

/** Core types: {@code core:type} of Explainer.md, "Type Definitions". */
record CoreTypes(Cursor at, Scope scope) {
    /** The first byte of a type that is not final, and of a module's type. */
    private static final int SUB = 0x50;

    /** A definition, from behind {@code core}. */
    void read() {
        if (at.atKeyword("rec")) {
            rec();
            return;
        }
        at.expectKeyword("type");
        Cursor id = at.fork();
        Optional<String> name = at.takeIdentifier();
        if (!at.atOpen("module")) {
            scope.define(Sort.CORE_TYPE, id);
            add(new RecGroup(List.of(TypeField.definition(at, reader()))));
            return;
        }
        at.takeOpen("module");
        BinaryWriter content = module(name);
        at.expectClose();
        scope.add(Part.CORE_TYPE, content);
        scope.define(Sort.CORE_TYPE, id);
    }

    private TypeReader reader() {
        return new TypeReader(scope.space(Sort.CORE_TYPE));
    }

    /** A core type may name itself and those of its group: all have their indices first. */
    private void rec() {
        at.expectKeyword("rec");
        var ahead = at.fork();
        while (ahead.atOpen("type")) {
            var id = ahead.fork();
            id.takeOpen("type");
            scope.define(Sort.CORE_TYPE, id);
            ahead.skipGroup();
        }
        var types = new ArrayList<SubType>();
        while (at.takeOpen("type")) {
            at.takeIdentifier();
            types.add(TypeField.definition(at, reader()));
            at.expectClose();
        }
        add(new RecGroup(types));
    }

    /** Binary.md: outside of module types {@code 0x50} is a module's type, so that a {@code sub} has a prefix. */
    private void add(RecGroup group) {
        var content = new BinaryWriter().writeRecGroup(group);
        boolean ambiguous = !scope.isModuleType() && content.toByteArray()[0] == SUB;
        scope.add(Part.CORE_TYPE, ambiguous ? new BinaryWriter().writeByte(0x00).write(content) : content);
    }

    /** {@code (type idx)}, or the declarations of a module's type, which gets an index. */
    int useModule() {
        var references = new References(at, scope);
        if (references.atTypeUse()) {
            return references.read(Sort.CORE_TYPE);
        }
        scope.add(Part.CORE_TYPE, module(Optional.empty()));
        return scope.space(Sort.CORE_TYPE).declare();
    }

    /** The declarations of a module's type. */
    private BinaryWriter module(Optional<String> name) {
        var inner = new Scope(Scope.Kind.MODULE_TYPE, scope, name);
        inner.enter(at);
        var types = new CoreTypes(at, inner);
        var known = new HashMap<FuncType, Integer>();
        while (!at.at(Token.CLOSE)) {
            at.expectOpen();
            types.declaration(known);
            at.expectClose();
        }
        inner.leave();
        return new BinaryWriter().writeByte(SUB).write(inner.declarations());
    }

    private void declaration(Map<FuncType, Integer> known) {
        switch (at.at(Token.KEYWORD) ? at.text() : "") {
            case "type" -> type(known);
            case "rec" -> rec();
            case "alias" -> {
                at.skip();
                new Aliases(at, scope).read();
            }
            case "import" -> {
                at.skip();
                var names = new BinaryWriter().writeName(at.expectName()).writeName(at.expectName());
                scope.add(Part.IMPORT, names.write(extern(known)));
            }
            case "export" -> {
                at.skip();
                var name = new BinaryWriter().writeName(at.expectName());
                scope.add(Part.EXPORT, name.write(extern(known)));
            }
            default -> throw at.unexpected("`type`, `rec`, `alias`, `import` or `export`");
        }
    }

    private void type(Map<FuncType, Integer> known) {
        at.skip();
        int index = scope.define(Sort.CORE_TYPE, at.fork());
        at.takeIdentifier();
        SubType type = TypeField.definition(at, reader());
        if (type.isFinal() && type.supers().isEmpty() && type.composite() instanceof FuncType func) {
            known.putIfAbsent(func, index);
        }
        add(new RecGroup(List.of(type)));
    }

    /** {@code core:externtype}, in parentheses. */
    private BinaryWriter extern(Map<FuncType, Integer> known) {
        at.expectOpen();
        var out = new BinaryWriter();
        String word = at.at(Token.KEYWORD) ? at.text() : "";
        at.skip();
        at.takeIdentifier();
        switch (word) {
            case "func" -> out.writeByte(0x00).writeU32(function(known));
            case "table" -> out.writeByte(0x01).writeTableType(reader().tableType(at));
            case "memory" -> out.writeByte(0x02).writeMemoryType(reader().memoryType(at));
            case "global" -> out.writeByte(0x03).writeGlobalType(reader().globalType(at));
            case "tag" -> out.writeByte(0x04).writeByte(0x00).writeU32(function(known));
            default -> {
                at.moveTo(at.index() - 1);
                throw at.unexpected("`func`, `table`, `memory`, `global` or `tag`");
            }
        }
        at.expectClose();
        return out;
    }

    /** A core type use: its index, for which a type is declared if it is written out anew. */
    private int function(Map<FuncType, Integer> known) {
        if (at.takeOpen("type")) {
            int index = scope.resolve(at, Sort.CORE_TYPE);
            at.expectClose();
            // what is written beside it is for people
            Signature.read(at, reader());
            return index;
        }
        FuncType type = Signature.read(at, reader()).type();
        Integer index = known.get(type);
        if (index == null) {
            add(new RecGroup(List.of(SubType.of(type))));
            index = scope.space(Sort.CORE_TYPE).declare();
            known.put(type, index);
        }
        return index;
    }
}
